import type { ColumnType, FqlColumn } from './columns.js';
import { own, type Row } from './row-value.js';

/** Why a row cannot be evaluated. */
export interface RowProblem {
  readonly column: string;
  /** A whole sentence; it does not repeat the value. */
  readonly message: string;
}

/**
 * What is wrong with a row, for the columns given: those that the definition reads. Other keys are left alone, a missing key and null
 * are always fine, and so is any timestamp or vector, as a definition only asks whether there is one.
 */
export function checkRow(row: Row, columns: Iterable<FqlColumn>): RowProblem[] {
  const problems: RowProblem[] = [];
  for (const { name, type } of columns) {
    const value = own(row, name) ?? null;
    const rule = rules[type];
    if (value === null || rule === undefined || rule.holds(value)) continue;
    problems.push({
      column: name,
      message: `The column ${JSON.stringify(name)} has the type ${type} and takes ${rule.wanted} or null, not ${describe(value)}.`,
    });
  }
  return problems;
}

interface Rule {
  readonly wanted: string;
  readonly holds: (value: unknown) => boolean;
}

const text: Rule = { wanted: 'a text', holds: (value) => typeof value === 'string' };

const rules: Readonly<Record<ColumnType, Rule | undefined>> = {
  int: { wanted: 'a whole number', holds: Number.isInteger },
  float: { wanted: 'a number', holds: Number.isFinite },
  bool: { wanted: 'true, false', holds: (value) => typeof value === 'boolean' },
  str: text,
  category: text,
  timestamp: undefined,
  vector: undefined,
};

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'number') return numberWords(value);
  return { string: 'a text', boolean: 'a truth value', object: 'an object' }[typeof value as string] ?? 'a value of another type';
}

function numberWords(value: number): string {
  if (Number.isInteger(value)) return 'a number';
  return Number.isFinite(value) ? 'a fraction' : 'a number beyond the range of a double';
}
