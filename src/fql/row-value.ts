import type { FqlColumn } from './columns.js';
import type { Value } from './row-functions.js';
import { columnTypes, type FqlType } from './types.js';

/** A row as it comes: values by column name. A missing key is null. */
export type Row = Readonly<Record<string, unknown>>;

/** What a row says itself; `constructor` and `__proto__` are keys like any other. */
export function own(row: Row, name: string): unknown {
  return Object.hasOwn(row, name) ? row[name] : null;
}

/**
 * Reads a column. Null when the row has no value of the column's type: a missing key, null, NaN, and what `checkRow` refuses. A
 * timestamp or vector is only ever asked whether it is there, so it may be any value.
 */
export function columnReader(column: FqlColumn): (row: Row) => Value {
  const { name } = column;
  const type = columnTypes[column.type];
  if (type === 'Number') {
    return (row) => {
      const value = own(row, name);
      return typeof value === 'number' && Number.isFinite(value) ? value : null;
    };
  }
  if (type === undefined) return (row) => (own(row, name) as Value | undefined) ?? null;
  const wanted = javaScriptTypes[type];
  return (row) => {
    const value = own(row, name);
    return typeof value === wanted ? (value as Value) : null;
  };
}

const javaScriptTypes: Readonly<Record<FqlType, string>> = { Number: 'number', Boolean: 'boolean', String: 'string' };
