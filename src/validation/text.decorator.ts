import { Transform } from 'class-transformer';
import { registerDecorator } from 'class-validator';

export interface TextRules {
  /** Code points after trimming. */
  readonly min?: number;
  readonly max: number;
  /** Tab and line breaks are let through. */
  readonly multiline?: boolean;
}

/** As the inside of a character class. */
const control = '\\u0000-\\u001f\\u007f-\\u009f';
const controlButLineBreaks = '\\u0000-\\u0008\\u000b\\u000c\\u000e-\\u001f\\u007f-\\u009f';
const anyControl = new RegExp(`[${control}]`);
const anyControlButLineBreaks = new RegExp(`[${controlButLineBreaks}]`);

/** Why the text is not acceptable, as the end of a sentence that begins with its name; undefined when it is. */
export function textTrouble(value: unknown, { min = 0, max, multiline = false }: TextRules): string | undefined {
  if (value === undefined || value === null) return min > 0 ? 'is missing' : undefined;
  if (typeof value !== 'string') return 'must be a text';
  if (!value.isWellFormed()) return 'holds half of a surrogate pair';
  if ((multiline ? anyControlButLineBreaks : anyControl).test(value)) return 'must not hold control characters';
  const length = [...value].length;
  if (length < min) return 'must not be empty';
  return length > max ? `must have at most ${max} characters, not ${length}` : undefined;
}

/** The rules as members of an OpenAPI schema. Blanks at the ends count there, and are dropped here before the check. */
export function textSchema({ min = 0, max, multiline = false }: TextRules) {
  const refused = multiline ? controlButLineBreaks : control;
  const pattern = min > 0 ? `^[^${refused}]*[^\\s${refused}][^${refused}]*$` : `^[^${refused}]*$`;
  return { ...(min > 0 ? { minLength: min } : {}), maxLength: max, pattern };
}

/** A text that people write: outer blanks are dropped, then length and characters are checked. */
export function Text(rules: TextRules): PropertyDecorator {
  const trim = Transform(({ value }: { value: unknown }) => (typeof value === 'string' ? value.trim() : value));
  return (target, property) => {
    trim(target, property);
    registerDecorator({
      name: 'text',
      target: target.constructor,
      propertyName: String(property),
      validator: {
        validate: (value: unknown) => textTrouble(value, rules) === undefined,
        defaultMessage: (args) => `${String(property)} ${textTrouble(args?.value, rules) ?? 'is not acceptable'}.`,
      },
    });
  };
}
