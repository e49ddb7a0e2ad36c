import type { Node } from './ast.js';
import type { Columns } from './columns.js';
import { columnsUsed } from './columns-used.js';
import { isChain, type Condition } from './condition.js';
import { ConditionBuilder } from './condition-builder.js';
import { compile } from './evaluator.js';
import type { FqlHost } from './host.js';
import type { Box, Region } from './region.js';
import { isUnion, Regions, type Wanted } from './regions.js';
import type { Row } from './row-value.js';
import { sampleRows } from './sample-rows.js';
import { someValue } from './value-set.js';

/** A segment, and whether the row sought is to be in it. */
export interface Membership {
  readonly tree: Node;
  readonly isIn: boolean;
}

/** `none` is certain, and so is a row that is given; otherwise nothing is known. */
export type FoundRow = { readonly kind: 'none' } | { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'unknown' };

/** Alternatives of two segments that are looked at one with one; beyond it they are taken as wholes. */
const maximumPairs = 1_000;

/**
 * A row that is in one segment of a model and in another, or not in the other: two segments overlap when there is one in both, and
 * one contains the other when there is none in the second alone. Time is bounded by the input alone.
 */
export function findRow(one: Membership, other: Membership, columns: Columns, host: FqlHost): FoundRow {
  const regions = new Regions();
  const tests = [one, other].map(({ tree, isIn }) => ({ run: compile(tree, columns, host), isIn }));
  const passes = (row: Row): boolean => tests.every(({ run, isIn }) => (run(row) === true) === isIn);
  const names = [...new Set([one, other].flatMap(({ tree }) => columnsUsed(tree)))];
  const used = (row: Row): Row => Object.fromEntries(names.map((name) => [name, Object.hasOwn(row, name) ? row[name] : null]));

  const [first, second] = [one, other].map((membership) => alternatives(membership, regions, columns, host)) as [Region[], Region[]];
  const [some, others] = first.length * second.length > maximumPairs ? [[regions.any(first)], [regions.any(second)]] : [first, second];
  let isEmpty = true;
  for (const left of some) {
    for (const right of others) {
      // A region may hold more than was meant, so only a row that passes is one.
      for (const box of regions.all([left, right])) {
        isEmpty = false;
        const row = used(rowOf(box));
        if (passes(row)) return { kind: 'row', row };
      }
    }
  }
  if (isEmpty) return { kind: 'none' };
  for (const row of sampleRows([one.tree, other.tree], columns)) if (passes(row)) return { kind: 'row', row };
  return { kind: 'unknown' };
}

/** Regions that make up a segment's rows, or the rows outside it: a long `or` is no one region, as it would be too large. */
function alternatives({ tree, isIn }: Membership, regions: Regions, columns: Columns, host: FqlHost): Region[] {
  const wanted: Wanted = isIn ? 'true' : 'not true';
  const whole: Condition = new ConditionBuilder(tree, columns, host).of(tree);
  const parts = isChain(whole) && isUnion(whole, wanted) ? whole.parts : [whole];
  return parts.map((part) => regions.of(part, wanted));
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
