import type { BinaryOperator, UnaryOperator } from './ast.js';
import type { FqlType } from './types.js';

/** An infix operator: how tightly it binds, how it groups, what it takes (`fql.md` section 3). */
export interface InfixOperator {
  /** A higher number binds tighter. */
  readonly precedence: number;
  /** `none`: it does not chain. */
  readonly grouping: 'left' | 'right' | 'none';
  /** The type of both operands; `same`: any one type, the same on both sides. */
  readonly operands: FqlType | 'same';
  readonly result: FqlType;
}

export interface PrefixOperator {
  /** The least precedence of an operator inside its operand. */
  readonly precedence: number;
  readonly operand: FqlType;
}

const or: InfixOperator = { precedence: 1, grouping: 'left', operands: 'Boolean', result: 'Boolean' };
const and: InfixOperator = { ...or, precedence: 2 };
const equality: InfixOperator = { precedence: 4, grouping: 'none', operands: 'same', result: 'Boolean' };
const order: InfixOperator = { ...equality, operands: 'Number' };
const sum: InfixOperator = { precedence: 5, grouping: 'left', operands: 'Number', result: 'Number' };
const product: InfixOperator = { ...sum, precedence: 6 };
const power: InfixOperator = { ...sum, precedence: 8, grouping: 'right' };

/** The one precedence table. Prefix operators have levels of their own: `not` is 3, `-` is 7. */
export const infixOperators: Readonly<Record<BinaryOperator, InfixOperator>> = {
  or,
  and,
  '==': equality,
  '!=': equality,
  '<': order,
  '<=': order,
  '>': order,
  '>=': order,
  '+': sum,
  '-': sum,
  '*': product,
  '/': product,
  '%': product,
  '^': power,
};

export const prefixOperators: Readonly<Record<UnaryOperator, PrefixOperator>> = {
  not: { precedence: 3, operand: 'Boolean' },
  '-': { precedence: 7, operand: 'Number' },
};

/** The level of comparisons, at which operators of other languages such as `in` are read. */
export const comparisonPrecedence = equality.precedence;

/** Looser than every operator: what a whole expression, a parenthesis and an argument are read with. */
export const loosest = or.precedence;
