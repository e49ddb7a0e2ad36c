import { comparisonPrecedence, infixOperators, loosest } from './operators.js';

/** Operators of other languages that FQL lacks (`fql.md` section 2), with what to write instead. */
export interface ForeignOperator {
  /** How tightly it binds: how much of what stands before it is its left operand. */
  readonly precedence: number;
  /** The general form, in a sentence. */
  readonly help: string;
  /** What does the same in the very place of the operator. */
  readonly instead?: string;
}

const at =
  (precedence: number) =>
  (instead: string, help?: string): ForeignOperator => ({ precedence, instead, help: help ?? `Write ${instead}.` });
const comparison = at(comparisonPrecedence);
const product = at(infixOperators['*'].precedence);
const form = (help: string): ForeignOperator => ({ precedence: comparisonPrecedence, help });

const either = "Compare with each value: x == 'a' or x == 'b'.";
const choice: ForeignOperator = { precedence: loosest, help: 'Write if(condition, value, other value).' };
const like = form("Write startswith(x, 'text') for a beginning, match(x, 'pattern') for anything else.");
const search = form("Write match(x, 'pattern').");
const prefixNot: ForeignOperator = { precedence: comparisonPrecedence, instead: 'not', help: 'Write not.' };

export const foreignOperators: ReadonlyMap<string, ForeignOperator> = new Map<string, ForeignOperator>([
  ['&&', at(infixOperators.and.precedence)('and')],
  ['&', at(infixOperators.and.precedence)('and')],
  ['||', at(infixOperators.or.precedence)('or', 'Write or. FQL does not join texts.')],
  ['|', at(infixOperators.or.precedence)('or')],
  ['!', prefixNot],
  ['~', { ...prefixNot, help: "Write not before a condition, and match(x, 'pattern') to search a text." }],
  ['?', choice],
  ['<>', comparison('!=')],
  ['=>', comparison('>=')],
  ['=<', comparison('<=')],
  ['===', comparison('==')],
  ['!==', comparison('!=')],
  [':=', comparison('==')],
  ['**', { ...comparison('^'), precedence: infixOperators['^'].precedence }],
  ['<<', form('Write x * 2 ^ n.')],
  ['>>', form('Write x / 2 ^ n.')],
  ['in', form(either)],
  ['between', form('Write x >= low and x <= high.')],
  ['is', form('Write is_null(x) or is_not_null(x), and == or != for other values.')],
  ['like', like],
  ['ilike', form("Write match(x, '(?i)pattern').")],
  ['rlike', search],
  ['regexp', search],
  ['matches', search],
  ['contains', form("Write match(x, 'text').")],
  ['xor', form('Write (a) != (b) for two conditions of which just one holds.')],
  ['div', product('/', 'Write /. The result is not rounded.')],
  ['mod', product('%')],
  ['when', choice],
]);

/** `not` before one of these is part of the operator: `x not in (…)`. */
export function isForeignWord(word: string): boolean {
  const lower = word.toLowerCase();
  return lower >= 'a' && foreignOperators.has(lower);
}
