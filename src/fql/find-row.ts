import type { Node } from './ast.js';
import type { Columns } from './columns.js';
import { ConditionBuilder } from './condition-builder.js';
import { compile } from './evaluator.js';
import type { FqlHost } from './host.js';
import type { Box } from './region.js';
import { Regions } from './regions.js';
import type { Row } from './row-value.js';
import { someValue } from './value-set.js';

/** A segment, and whether the row sought is to be in it. */
export interface Membership {
  readonly tree: Node;
  readonly isIn: boolean;
}

/** `none` is certain, and so is a row that is given; otherwise nothing is known. */
export type FoundRow = { readonly kind: 'none' } | { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'unknown' };

/**
 * A row that is in some segments of one model and not in others: two segments overlap when there is one in both, and one contains the
 * other when there is none in the second alone.
 */
export function findRow(wanted: readonly Membership[], columns: Columns, host: FqlHost): FoundRow {
  const regions = new Regions();
  const parts = wanted.map(({ tree, isIn }) => regions.of(new ConditionBuilder(tree, columns, host).of(tree), isIn ? 'true' : 'not true'));
  const met = regions.all(parts);
  if (met.length === 0) return { kind: 'none' };
  const tests = wanted.map(({ tree, isIn }) => ({ run: compile(tree, columns, host), isIn }));
  // A region may hold more than was meant, so only a row that passes is one.
  const row = met.map(rowOf).find((one) => tests.every(({ run, isIn }) => (run(one) === true) === isIn));
  return row ? { kind: 'row', row } : { kind: 'unknown' };
}

/** Values for the columns that a box speaks of; what it says of other expressions is left to chance. */
function rowOf(box: Box): Row {
  const entries = [...box.values()].flatMap(({ variable: { column, domain }, values }) => {
    if (!column) return [];
    const value = someValue(values, domain);
    return [[column.name, column.type === 'bool' && value !== undefined ? value === 1 : (value ?? null)] as const];
  });
  return Object.fromEntries(entries);
}
