import { expect } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../src/fql/evaluator.js';
import { checkDefinition } from '../../src/fql/fql.js';
import { parse } from '../../src/fql/parser.js';
import type { DialectName } from '../../src/fql-sql/dialects.js';
import { toSql, type Predicate } from '../../src/fql-sql/to-sql.js';
import { fqlHost } from '../fql/host.js';
import { randomDefinition } from '../fql/random-tree.js';
import { engineColumns, engineRows } from './engine-columns.js';

/** A real database with the rows in it, in their order: what a predicate is of each. */
export interface Engine {
  readonly dialect: DialectName;
  results(predicate: Predicate): Promise<(boolean | null)[]>;
}

const isValid = (text: string): boolean => checkDefinition(text, engineColumns, fqlHost).valid;

export const translate = (text: string, dialect: DialectName) => toSql(parse(text), engineColumns, dialect);

/** Rows on which the database and the evaluator differ; undefined when the dialect refuses the definition. */
export async function differences({ dialect, results }: Engine, text: string) {
  const result = translate(text, dialect);
  if (!('predicate' in result)) return undefined;
  const expected = engineRows.map(compile(parse(text), engineColumns, fqlHost));
  const actual = await results(result.predicate);
  expect(actual.length).toBe(expected.length);
  return engineRows.flatMap((row, index) =>
    actual[index] === expected[index] ? [] : [{ row, expected: expected[index], actual: actual[index] }],
  );
}

/** Holds the database against the evaluator, on `wanted` random definitions that its dialect takes. */
export async function expectAgreement(engine: Engine, wanted: number, seed?: number): Promise<void> {
  let taken = 0;
  const definition = randomDefinition.filter((text) => isValid(text) && 'predicate' in translate(text, engine.dialect));
  await fc.assert(
    fc.asyncProperty(definition, async (text) => {
      expect({ text, differences: await differences(engine, text) }).toEqual({ text, differences: [] });
      taken += 1;
    }),
    { numRuns: wanted, ...(seed === undefined ? {} : { seed }) },
  );
  expect(taken).toBeGreaterThanOrEqual(wanted);
}

/** Each pitfall as a definition of its own (`fql.md` section 13). */
export const pitfalls: readonly (readonly [pitfall: string, definition: string])[] = [
  ['== is one sign', 'i == 1'],
  ['== of texts looks at case', "s == 'A'"],
  ['== of texts looks at accents', "s == 'e'"],
  ['== of texts looks at how they are composed', "s == 'é'"],
  ['== of texts looks at blanks at the end', "s == 'a'"],
  ['a blank is no empty text', "s == ''"],
  ['!= of texts', "s != 'a'"],
  ['== of truth values', '(i > 1) == b'],
  ['a quote in a text', "s == 'it''s'"],
  ['a backslash in a text', "s == '\\'"],
  ['signs of LIKE in a text', "startswith(s, '%')"],
  ['^ is a power', 'x ^ 2 == 4'],
  ['^ of a negative number to a fraction is null', 'is_null(x ^ 0.5)'],
  ['^ of zero to a negative number is null', 'is_null(x ^ -1)'],
  ['^ that overflows is null', 'is_null(x ^ y)'],
  ['division by zero is null', 'is_null(x / y)'],
  ['division of whole numbers has a fraction', 'i / 2 == 1.5'],
  ['division that overflows is null', 'is_null(1 / x)'],
  ['a division beside it', 'x / y > 1'],
  ['the remainder has the sign of the dividend', 'x % 2 == -1.5'],
  ['the remainder by zero is null', 'is_null(x % y)'],
  ['a sum that overflows is null', 'is_null(x + y)'],
  ['a difference that overflows is null', 'is_null(x - y)'],
  ['a product that overflows is null', 'is_null(x * y)'],
  ['a product that does not', 'x * y >= 1e300'],
  ['what overflowed in between is null at the end', 'is_null(1 / (x * y))'],
  ['and under a power', 'is_null(0.5 ^ (x * y))'],
  ['and as a remainder', 'is_null(3 % (x * y))'],
  ['and in exp', 'is_null(exp(-(x * x)))'],
  ['no other is', 'x + y - y == x'],
  ['log is natural', 'log(x) > 6.3 and log(x) < 6.9'],
  ['log of what is not positive is null', 'is_null(log(x))'],
  ['log10', 'is_null(log10(x)) or log10(x) < 200.5'],
  ['log2 of a power of 2 is whole', 'log2(x) == y'],
  ['sqrt of a negative number is null', 'is_null(sqrt(x))'],
  ['exp that overflows is null', 'is_null(exp(x))'],
  ['abs', 'abs(x) == 5.5'],
  ['length in code points', 'length(s) == 1'],
  ['length in a calculation', 'length(s) / 2 == 0.5'],
  ['substring in code points', "substring(s, 1, 1) == '😀'"],
  ['substring past the end', "substring(s, 2, 5) == 'yz'"],
  ['substring from beyond', "substring(s, 7, 2) == ''"],
  ['substring of nothing', "substring(s, 1, 0) == ''"],
  ['substring with whole numbers of a row', "substring(s, i, k) == 'z'"],
  ['substring with numbers of a row that may be no place', 'is_null(substring(s, x, y))'],
  ['startswith looks at case', "startswith(s, 'a')"],
  ['startswith of anything', "startswith(s, '')"],
  ['match searches', "match(s, 'y')"],
  ['match: a dot takes no line break', "match(s, 'x.y')"],
  ['match looks at case', "match(s, '^A$')"],
  ['is_null of empty text', 'is_null(s)'],
  ['is_not_null of a blank', 'is_not_null(s)'],
  ['is_null of a timestamp', 'is_null(t)'],
  ['is_null of a condition', 'is_null(b and i > 1)'],
  ['is_null of null', 'is_null(null)'],
  ['if with an unknown test takes the second', 'if(b, i > 1, i < 1)'],
  ['if with null', 'is_null(if(b, 1, null))'],
  ['if of numbers that overflow', 'is_null(if(b, x * x, y + y))'],
  ['to_string of a whole number', "to_string(i) == '3'"],
  ['to_string of a literal', "to_string(1.50) == '1.5'"],
  ['to_string of a truth value', "to_string(b) == 'true'"],
  ['two signs are no comment', '- -x == x and -(-1) == 1'],
  ['minus of a negative literal', 'x - -1 > 0'],
  ['three values: and', 'b and "and"'],
  ['three values: or', 'b or "and"'],
  ['three values: not', 'not (b and "and")'],
  ['a name with quotes of every kind', '"we""ird `n\\ame" == 1'],
  ['a name that is a keyword', '"and" == true'],
  ['a whole number past 2^53', 'k < 9007199254740993'],
  ['a whole number of many digits', 'k < 99999999999999999999999999'],
  ['a whole number against a fraction', 'i > 2.5'],
  ['a constant condition', '10 < 20'],
];
