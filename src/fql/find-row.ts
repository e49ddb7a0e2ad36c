import type { Node } from './ast.js';
import type { Columns } from './columns.js';
import { columnsUsed } from './columns-used.js';
import { isChain, type Condition } from './condition.js';
import { ConditionBuilder } from './condition-builder.js';
import { compile } from './evaluator.js';
import type { FqlHost } from './host.js';
import { unite, type Box, type Region } from './region.js';
import { isUnion, Regions, type Wanted } from './regions.js';
import type { Row } from './row-value.js';
import { sampleRows } from './sample-rows.js';
import { postorder } from './tree-walk.js';
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

/** Rows evaluated for the regions found: one of the first most often passes. Fewer of large definitions, in nodes evaluated. */
const maximumTries = 32;
const allowance = 40_000;

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
  const [some, others] = first.length * second.length > maximumPairs ? [[unite(first)], [unite(second)]] : [first, second];
  const nodes = postorder(one.tree).length + postorder(other.tree).length;
  const tries = Math.min(maximumTries, Math.ceil(allowance / nodes));
  const boxes = firstOf(tries, met(some, others, regions));
  if (boxes.length === 0) return { kind: 'none' };
  // A region may hold more than was meant, so only a row that passes is one.
  const row = boxes.map((box) => used(rowOf(box))).find(passes);
  if (row) return { kind: 'row', row };
  for (const row of sampleRows([one.tree, other.tree], columns)) if (passes(row)) return { kind: 'row', row };
  return { kind: 'unknown' };
}

/** What some regions have in common with others; nothing more is worked out than is asked for. */
function* met(some: readonly Region[], others: readonly Region[], regions: Regions): Generator<Box> {
  for (const left of some) for (const right of others) yield* regions.all([left, right]);
}

function firstOf<T>(count: number, found: Iterable<T>): T[] {
  const first: T[] = [];
  for (const one of found) if (first.push(one) === count) break;
  return first;
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
