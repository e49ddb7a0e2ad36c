import type { ArithmeticOperator } from '../fql/arithmetic.js';
import type { Computed, NumberSql } from './number-sql.js';
import type { Bound, Sql } from './sql.js';

export type NumberFunction = 'abs' | 'exp' | 'log' | 'log2' | 'log10' | 'sqrt';

/**
 * How one database says what the language says: a table over its operators and functions. An entry that cannot be faithful throws
 * `Unfaithful` with the reason (`refuse`). Every `Sql` that comes in is a value of the type that its name says.
 */
export interface Dialect {
  /** For messages. */
  readonly title: string;
  /** A name in the quotes of the dialect. */
  quote(name: string): string;
  /** Where a value goes. `index` counts from 1. */
  placeholder(index: number, type: Bound['type']): string;
  /** Placeholders have no numbers, so a value is handed over once for each place where it stands. */
  readonly isPositional: boolean;
  readonly literals: Readonly<Record<Bound['type'], (value: Sql) => Sql>>;

  /** A whole number, or a column of doubles, as a double. */
  toDouble(x: Sql): Sql;
  /** The greatest distance from 0 of a column of doubles; Infinity where it may hold what is not finite. */
  readonly columnBound: number;
  /** Reads a column of doubles, where that is more than `toDouble`. */
  floatColumn?(column: Sql): Sql;
  /** The greatest distance from 0 of a result: Infinity where arithmetic is that of IEEE and goes on with what is not finite. */
  readonly resultBound: number;
  /** That a double is not finite; missing where none can be. */
  notFinite?(x: Sql): Sql;
  readonly arithmetic: Readonly<Record<ArithmeticOperator, (a: NumberSql, b: NumberSql) => Computed>>;
  readonly functions: Readonly<Record<NumberFunction, (x: NumberSql) => Computed>>;

  /** Reads a column of texts. */
  textColumn(column: Sql, type: 'str' | 'category'): Sql;
  /** A text that SQL itself makes. */
  madeText(x: Sql): Sql;
  equalTexts(a: Sql, b: Sql): Sql;
  /** Code points, as a whole number. */
  length(text: Sql): Sql;
  startsWith(text: Sql, prefix: Sql): Sql;
  /** The numbers are whole, from 1 and from 0, and small. */
  substring(text: Sql, offset: Sql, count: Sql): Sql;
  match(text: Sql, pattern: string): Sql;
  wholeToText(whole: Sql): Sql;
  /** A whole double in the type that `substring` takes. */
  toWhole(x: Sql): Sql;
  /** Whether a column of vectors is null. */
  isNullVector(column: Sql): Sql;
}
