import { call, chain, infix, Sql } from './sql.js';

/**
 * A number in SQL: a double, as the language computes with them.
 *
 * `text` alone may raise an error or give what is not finite. `nullWhen` are the conditions, in the order in which they must be asked,
 * under which the value is null; each only reads what those before it have let through. They are kept beside the text until something
 * has to look at the value, because a guard round each operator would double the text with each one.
 */
export interface NumberSql {
  readonly text: Sql;
  readonly nullWhen: readonly Sql[];
  /** No value is further from 0. Infinity or NaN: it may also be not finite. */
  readonly bound: number;
  /** Of a literal. */
  readonly constant?: number;
  /** The same number in the database's whole numbers, where it is one. */
  readonly whole?: Sql;
}

/** What an operator of a dialect makes of the texts of its operands. */
export interface Computed {
  readonly text: Sql;
  readonly nullWhen?: readonly Sql[];
  readonly whole?: Sql;
}

export const isFinite = ({ bound }: NumberSql): boolean => Number.isFinite(bound);

/** A value that may be looked at: a finite number or null. */
export function closed({ text, nullWhen, bound }: NumberSql, notFinite?: (x: Sql) => Sql): Sql {
  const all = notFinite === undefined || Number.isFinite(bound) ? nullWhen : [...nullWhen, notFinite(text)];
  if (all.length === 0) return text;
  return call`CASE${Sql.join(
    all.map((one) => call` WHEN ${one} THEN NULL`),
    true,
  )} ELSE ${text} END`;
}

/** The condition that a divisor is zero; none for a literal, which the language has checked. */
export const isZero = ({ text, constant }: NumberSql): Sql[] => (constant ? [] : [infix`${text} = 0`]);

/** `CASE WHEN …` of conditions any of which makes a value null. */
export const nullIfAny = (conditions: readonly Sql[], value: Sql): Sql =>
  conditions.length === 0 ? value : call`CASE WHEN ${chain('OR', conditions)} THEN NULL ELSE ${value} END`;
