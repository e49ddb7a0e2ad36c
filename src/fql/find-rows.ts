import type { Node } from './ast.js';
import { boundedHost, inSteps } from './bounded-host.js';
import { columnsUsed } from './columns-used.js';
import type { Columns } from './columns.js';
import { ConditionBuilder } from './condition-builder.js';
import { isChain, type Condition } from './condition.js';
import type { FqlHost } from './host.js';
import { everything, Fuel, unite, type Box, type Region } from './region.js';
import { isUnion, Regions, type Wanted } from './regions.js';
import { RowTrial, type Membership } from './row-trial.js';
import type { Row } from './row-value.js';
import { sampleRows } from './sample-rows.js';
import { someValue } from './value-set.js';

/** `none` is certain, and so is a row that is given; otherwise nothing is known. */
export type FoundRow = { readonly kind: 'none' } | { readonly kind: 'row'; readonly row: Row } | { readonly kind: 'unknown' };

type Trees = readonly [Node, Node];

/** Instructions of patterns that are compiled, some 2 µs each. */
const patternAllowance = 6_000;

/** Alternatives of two segments that are looked at one with one; beyond it they are taken as wholes. */
const maximumPairs = 1_000;

/** Work of reasoning (`Regions`) in all, and variables of the boxes that are looked at pair by pair for one membership: some 10 ms. */
const regionAllowance = 20_000;
const pairAllowance = 10_000;

/** Rows evaluated for the regions found: one of the first most often passes. */
const maximumTries = 32;

/**
 * For each membership a row that has it, or that no row can: two segments overlap when a row is in both, and one contains the other
 * when none is in the second alone. Steps are counted, so that time is bounded whatever is asked; when they end, nothing is known.
 */
export function findRows(trees: Trees, wanted: readonly Membership[], columns: Columns, host: FqlHost): FoundRow[] {
  const bounded = boundedHost(host, patternAllowance);
  const unknown: FoundRow = { kind: 'unknown' };
  const boxes = inSteps(
    () => boxesFor(trees, wanted, columns, bounded),
    wanted.map(() => [new Map()]),
  );
  const found = boxes.map((some): FoundRow => (some.length === 0 ? { kind: 'none' } : unknown));
  inSteps(() => tryRows(trees, wanted, boxes, columns, new RowTrial(trees, columns, bounded), found), undefined);
  return found;
}

/** What rows with these memberships look like; nothing where there is none. */
function boxesFor(trees: Trees, wanted: readonly Membership[], columns: Columns, host: FqlHost): Box[][] {
  const regions = new Regions(regionAllowance);
  const conditions = trees.map((tree) => new ConditionBuilder(tree, columns, host).of(tree)) as [Condition, Condition];
  return wanted.map(([inFirst, inSecond]) => {
    const first = alternatives(conditions[0], inFirst, regions);
    const second = alternatives(conditions[1], inSecond, regions);
    const [some, others] = first.length * second.length > maximumPairs ? [[unite(first)], [unite(second)]] : [first, second];
    return firstOf(maximumTries, met(some, others, regions, new Fuel(pairAllowance)));
  });
}

/** Fills in the rows that are not known: those that the boxes describe, then others. A box may hold more than was meant, so only a row that passes is one. */
function tryRows(
  trees: Trees,
  wanted: readonly Membership[],
  boxes: readonly Box[][],
  columns: Columns,
  trial: RowTrial,
  found: FoundRow[],
): void {
  const names = [...new Set(trees.flatMap(columnsUsed))];
  const used = (row: Row): Row => Object.fromEntries(names.map((name) => [name, Object.hasOwn(row, name) ? row[name] : null]));
  const passes = (index: number, [inFirst, inSecond]: Membership): boolean =>
    wanted[index]?.[0] === inFirst && wanted[index]?.[1] === inSecond;
  const open = (): number[] => found.flatMap(({ kind }, index) => (kind === 'unknown' ? [index] : []));
  for (const index of open()) {
    for (const box of boxes[index] ?? []) {
      const row = used(rowOf(box));
      if (!passes(index, trial.of(row))) continue;
      found[index] = { kind: 'row', row };
      break;
    }
  }
  let missing = open();
  if (missing.length === 0) return;
  for (const row of sampleRows(trees, columns)) {
    const membership = trial.of(row);
    for (const index of missing) if (passes(index, membership)) found[index] = { kind: 'row', row };
    missing = open();
    if (missing.length === 0) return;
  }
}

/** What some regions have in common with others; nothing more is worked out than is asked for. */
function* met(some: readonly Region[], others: readonly Region[], regions: Regions, fuel: Fuel): Generator<Box> {
  const sizes = new Map([...some, ...others].map((region) => [region, region.reduce((sum, box) => sum + box.size, 1)]));
  for (const left of some) {
    for (const right of others) {
      // There may be something in it, which is not known.
      if (fuel.burn((sizes.get(left) ?? 0) + (sizes.get(right) ?? 0))) yield* regions.all([left, right]);
      else return yield* everything;
    }
  }
}

function firstOf<T>(count: number, found: Iterable<T>): T[] {
  const first: T[] = [];
  for (const one of found) if (first.push(one) === count) break;
  return first;
}

/** Regions that make up a segment's rows, or the rows outside it: a long `or` is no one region, as it would be too large. */
function alternatives(whole: Condition, isIn: boolean, regions: Regions): Region[] {
  const wanted: Wanted = isIn ? 'true' : 'not true';
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
