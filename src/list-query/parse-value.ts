import type { Field } from './field-map.js';
import { nearest } from './nearest.js';
import { parseTime } from './parse-time.js';
import { meant, quote } from './quote.js';
import { canonicalUuid } from './uuid.js';

/** Why a value does not fit its field: the end of a sentence that begins with the value's name, and what to write instead. */
export interface Misfit {
  readonly message: string;
  readonly help: string;
}

/** Half of a pair: no text has it, and no database can take it. */
export const LONE_SURROGATE = /\p{Surrogate}/u;

const KINDS = {
  text: 'text',
  set: 'text',
  uuid: 'an id',
  time: 'a timestamp',
  number: 'a whole number',
  enum: 'text',
} as const satisfies Record<Field['type'], string>;

/** How a message calls what a field holds. */
export const kindOf = (field: Field): string =>
  field.type === 'set' ? 'a set of texts' : field.type === 'enum' ? 'one of a few words' : KINDS[field.type];

/** A value from the request → its stored form, or why not. But for numbers only strings pass: everything else that we store is text. */
export function parseValue(field: Field, value: unknown): string | Misfit {
  if (field.type === 'number') return parseNumber(field, value);
  if (typeof value !== 'string')
    return { message: `must be ${KINDS[field.type]} in quotes, not ${describe(value)}`, help: helpFor(field, value) };
  if (LONE_SURROGATE.test(value)) return { message: 'holds half of a surrogate pair', help: 'Send well-formed Unicode.' };
  switch (field.type) {
    case 'uuid':
      return canonicalUuid(value) ?? { message: 'is not an id', help: 'An id looks like "123e4567-e89b-12d3-a456-426614174000".' };
    case 'time':
      return parseTime(value);
    case 'enum':
      return field.values.includes(value)
        ? value
        : {
            message: `${quote(value)} is not known here`,
            help: `${meant(nearest(value, field.values))}The values are: ${field.values.join(', ')}.`,
          };
    default:
      return value;
  }
}

function parseNumber(field: Field, value: unknown): string | Misfit {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return String(value);
  const given = typeof value === 'number' ? String(value) : describe(value);
  return {
    message: `must be a whole number from 0, not ${given}`,
    help: typeof value === 'string' ? 'Write it without quotes, as in 42.' : helpFor(field, value),
  };
}

const describe = (value: unknown): string =>
  value === undefined
    ? 'missing'
    : value === null
      ? 'null'
      : Array.isArray(value)
        ? 'an array'
        : typeof value === 'object'
          ? 'an object'
          : `a ${typeof value}`;

function helpFor(field: Field, value: unknown): string {
  if (value === null) return 'To find missing values use the operator "is_null".';
  if (Array.isArray(value)) return 'For several values use the operator "in".';
  return field.type === 'time' ? 'Write it as in "2025-08-13T01:56:31.447Z".' : '';
}
