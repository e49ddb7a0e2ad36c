import type { BinaryOperator } from './ast.js';

export type ArithmeticOperator = Extract<BinaryOperator, '^' | '*' | '/' | '%' | '+' | '-'>;

/** IEEE doubles; `%` takes the sign of the dividend (`fql.md` section 6). A result that is not finite stands for null. */
export const arithmetic: Readonly<Record<ArithmeticOperator, (a: number, b: number) => number>> = {
  '^': (a, b) => a ** b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
};

export function isArithmetic(operator: BinaryOperator): operator is ArithmeticOperator {
  return Object.hasOwn(arithmetic, operator);
}
