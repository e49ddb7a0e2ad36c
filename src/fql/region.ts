import type { Variable } from './condition.js';
import { intersect, size, someValue, union, type Values } from './value-set.js';

/** What one variable may be. */
export interface Possible {
  readonly variable: Variable;
  readonly values: Values;
  readonly orNull: boolean;
}

/** Rows by what each of some variables may be; other variables are free. */
export type Box = ReadonlyMap<string, Possible>;

/**
 * Rows as a union of boxes: at least those meant, perhaps more. That a region is empty is therefore certain; that it is not, is not.
 */
export type Region = readonly Box[];

export const everything: Region = [new Map()];
export const nothing: Region = [];

/** Boxes of a region at most; beyond it is taken for everything. */
const maximumBoxes = 64;

export function regionOf(possible: Possible): Region {
  return isPossible(possible) ? [new Map([[possible.variable.key, possible]])] : nothing;
}

export function unite(regions: readonly Region[]): Region {
  const several: Box[] = [];
  const single = new Map<string, Possible[]>();
  for (const box of regions.flat()) {
    const [[key, possible] = [], another] = box;
    if (key === undefined || possible === undefined) return everything;
    const known = single.get(key);
    if (another) several.push(box);
    else if (known) known.push(possible);
    else single.set(key, [possible]);
  }
  if (single.size + several.length > maximumBoxes) return everything;
  return [...[...single].map(([key, some]) => new Map([[key, either(some)]])), ...several];
}

/** Counts down the work that intersections may still make. It bounds time by the input alone, without a clock. */
export class Fuel {
  constructor(private left: number) {}

  burn(amount: number): boolean {
    this.left -= amount;
    return this.left > 0;
  }
}

/** The rows in both; only those in `a` are left out when the work would be too much. */
export function cross(a: Region, b: Region, fuel: Fuel): Region {
  if (b === everything || a.length === 0) return a;
  if (a === everything || b.length === 0) return b;
  const found: Box[] = [];
  for (const left of a) {
    for (const right of b) {
      if (!fuel.burn(left.size + right.size)) return a;
      const both = left.size < right.size ? inBoth(right, left, fuel) : inBoth(left, right, fuel);
      if (both) found.push(both);
      if (found.length > maximumBoxes) return a;
    }
  }
  return found;
}

/** What both allow of the variables of the smaller box is looked at first: most often nothing is left. */
function inBoth(large: Box, small: Box, fuel: Fuel): Box | undefined {
  const met: Possible[] = [];
  for (const [key, possible] of small) {
    const known = large.get(key);
    const both = known
      ? { variable: known.variable, values: intersect(known.values, possible.values), orNull: known.orNull && possible.orNull }
      : possible;
    if (known) fuel.burn(Math.min(size(known.values), size(possible.values)) + size(both.values));
    if (!isPossible(both)) return undefined;
    met.push(both);
  }
  const box = new Map(large);
  for (const possible of met) box.set(possible.variable.key, possible);
  return box;
}

/** By halves: added one by one, many values would take quadratic work. */
function either(some: readonly Possible[]): Possible {
  const [first, another] = some as readonly [Possible, ...Possible[]];
  if (!another) return first;
  const [a, b] = [either(some.slice(0, some.length >> 1)), either(some.slice(some.length >> 1))];
  return { variable: a.variable, values: union(a.values, b.values), orNull: a.orNull || b.orNull };
}

function isPossible({ variable, values, orNull }: Possible): boolean {
  return orNull || someValue(values, variable.domain) !== undefined;
}

/** The parts that must be looked at together, as they share variables; parts in different groups cannot contradict each other. */
export function groups(regions: readonly Region[]): number[][] {
  const parent = regions.map((_, index) => index);
  const root = (index: number): number => {
    let at = index;
    while (parent[at] !== at) at = parent[at] = parent[parent[at] as number] as number;
    return at;
  };
  const first = new Map<string, number>();
  regions.forEach((region, index) => {
    for (const box of region) {
      for (const key of box.keys()) {
        const other = first.get(key);
        if (other === undefined) first.set(key, index);
        else parent[root(index)] = root(other);
      }
    }
  });
  const found = new Map<number, number[]>();
  regions.forEach((_, index) => {
    const group = found.get(root(index));
    if (group) group.push(index);
    else found.set(root(index), [index]);
  });
  return [...found.values()];
}
