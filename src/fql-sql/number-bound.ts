import type { ArithmeticOperator } from '../fql/arithmetic.js';
import type { NumberFunction } from './dialect.js';
import { isFinite, type NumberSql } from './number-sql.js';

/**
 * How far from 0 a result can be; infinite or NaN where nothing can be promised. Rounding is monotonic: when the operation on the bounds
 * does not overflow, none on what lies within them does.
 */
export const bounds: Readonly<Record<ArithmeticOperator, (a: NumberSql, b: NumberSql) => number>> = {
  '+': (a, b) => a.bound + b.bound,
  '-': (a, b) => a.bound + b.bound,
  '*': (a, b) => a.bound * b.bound,
  '/': (a, b) => (b.constant ? a.bound / Math.abs(b.constant) : Infinity),
  '%': (a) => a.bound,
  '^': (a, { constant }) =>
    constant !== undefined && Number.isInteger(constant) && constant >= 0 ? Math.max(1, a.bound) ** constant : Infinity,
};

/** No logarithm of a double is further from 0 than that of the smallest to base 2. */
const logarithm = (x: NumberSql): number => (isFinite(x) ? 1_075 : Infinity);

export const functionBounds: Readonly<Record<NumberFunction, (x: NumberSql) => number>> = {
  abs: (x) => x.bound,
  exp: (x) => Math.exp(x.bound),
  log: logarithm,
  log2: logarithm,
  log10: logarithm,
  sqrt: (x) => Math.max(1, x.bound),
};
