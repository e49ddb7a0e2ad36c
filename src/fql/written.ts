import type { BinaryOperator, UnaryOperator } from './ast.js';
import { infixOperators, prefixOperators } from './operators.js';

/** A piece of a definition being written, with what decides where it takes parentheses. */
export interface Written {
  readonly text: string;
  /** Of its outermost operator. */
  readonly precedence: number;
}

/** Binds tighter than every operator: literals, columns, calls. */
const primary = infixOperators['^'].precedence + 1;

export function whole(text: string): Written {
  return { text, precedence: primary };
}

export function call(name: string, given: readonly Written[]): Written {
  return whole(`${name}(${given.map(({ text }) => text).join(', ')})`);
}

export function prefixed(operator: UnaryOperator, operand: Written): Written {
  const { precedence } = prefixOperators[operator];
  if (operator === 'not') return { text: `not ${wrapped(operand, precedence)}`, precedence };
  // Two signs in a row would begin a comment in SQL and are refused here.
  const text = wrapped(operand, precedence);
  return { text: text.startsWith('-') ? `-(${text})` : `-${text}`, precedence };
}

export function joined(operator: BinaryOperator, left: Written, right: Written): Written {
  const { precedence } = infixOperators[operator];
  const least = leastPrecedence(operator);
  return { text: `${wrapped(left, least.left)} ${operator} ${wrapped(right, least.right)}`, precedence };
}

/** How tight an operand must be to stand without parentheses, on either side. The exponent may begin with a minus sign. */
export function leastPrecedence(operator: BinaryOperator): { readonly left: number; readonly right: number } {
  const { precedence, grouping } = infixOperators[operator];
  if (grouping === 'right') return { left: precedence + 1, right: prefixOperators['-'].precedence };
  return { left: grouping === 'left' ? precedence : precedence + 1, right: precedence + 1 };
}

export function wrapped(written: Written, least: number): string {
  return written.precedence < least ? `(${written.text})` : written.text;
}
