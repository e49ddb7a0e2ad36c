import { isChain, type Atom, type Chain, type Condition } from './condition.js';
import type { Truth } from './evaluator.js';
import { cross, everything, Fuel, groups, nothing, regionOf, unite, type Box, type Region } from './region.js';
import { complement } from './value-set.js';

/** What a condition is asked to be. `not true` is false or unknown. */
export type Wanted = 'true' | 'false' | 'not true' | 'not false';

export const contrary: Readonly<Record<Wanted, Wanted>> = {
  true: 'not true',
  'not true': 'true',
  false: 'not false',
  'not false': 'false',
};

/** What the operand of `not` must be. */
export const mirrored: Readonly<Record<Wanted, Wanted>> = {
  true: 'false',
  false: 'true',
  'not true': 'not false',
  'not false': 'not true',
};

const fits: Readonly<Record<Wanted, (value: Truth) => boolean>> = {
  true: (value) => value === true,
  false: (value) => value === false,
  'not true': (value) => value !== true,
  'not false': (value) => value !== false,
};

/** Work in elements of sets and boxes: some 5 ms. A chain of 500 comparisons takes a third of it. */
const allowance = 60_000;

/** Work of sorting one region by the variables that it shares with others. */
const groupingWork = 3;

/** The rows in which conditions of one tree are true, false, not true or not false (Kleene's logic, by De Morgan both ways). */
export class Regions {
  readonly fuel: Fuel;
  private readonly known: Readonly<Record<Wanted, Map<Condition, Region>>> = {
    true: new Map(),
    false: new Map(),
    'not true': new Map(),
    'not false': new Map(),
  };

  constructor(work = allowance) {
    this.fuel = new Fuel(work);
  }

  of(condition: Condition, wanted: Wanted): Region {
    const region = this.known[wanted].get(condition) ?? this.make(condition, wanted);
    this.known[wanted].set(condition, region);
    return region;
  }

  /** True when it is certain that no row makes the condition so. */
  isEmpty(condition: Condition, wanted: Wanted): boolean {
    if (condition.kind === 'is') return this.isEmpty(condition.part, condition.expected ? wanted : mirrored[wanted]);
    // Asked part by part, a long `or` needs no union of all its regions.
    if (isChain(condition) && isUnion(condition, wanted)) return condition.parts.every((part) => this.isEmpty(part, wanted));
    return this.of(condition, wanted).length === 0;
  }

  /** The rows that are in all of some regions. */
  all(regions: readonly Region[]): Region {
    if (regions.some((region) => region.length === 0)) return nothing;
    // Each of them holds at least what they have in common.
    if (!this.fuel.burn(groupingWork * regions.length)) return regions[0] ?? everything;
    const separate = groups(regions).map((group) => this.meet(group.map((index) => regions[index] as Region)));
    if (separate.some((region) => region.length === 0)) return nothing;
    // Regions of one box each, without common variables, are one box together.
    const one = new Map(separate.flatMap((region) => (region.length === 1 ? [...(region[0] as Box)] : [])));
    const rest = separate.filter((region) => region.length > 1);
    return rest.reduce<Region>((met, region) => cross(met, region, this.fuel), one.size === 0 ? everything : [one]);
  }

  /** Regions of one box first, by halves: they stay one box and make the others smaller. */
  private meet(regions: readonly Region[]): Region {
    const halves = (some: readonly Region[]): Region => {
      if (some.length <= 1) return some[0] ?? everything;
      const middle = some.length >> 1;
      return cross(halves(some.slice(0, middle)), halves(some.slice(middle)), this.fuel);
    };
    const single = halves(regions.filter((region) => region.length <= 1));
    return regions.filter((region) => region.length > 1).reduce<Region>((met, region) => cross(met, region, this.fuel), single);
  }

  private make(condition: Condition, wanted: Wanted): Region {
    switch (condition.kind) {
      case 'constant':
        return fits[wanted](condition.value) ? everything : nothing;
      case 'atom':
        return atomRegion(condition, wanted);
      case 'is':
        return this.of(condition.part, condition.expected ? wanted : mirrored[wanted]);
      case 'choice':
        return unite([
          this.all([this.of(condition.test, 'true'), this.of(condition.yes, wanted)]),
          this.all([this.of(condition.test, 'not true'), this.of(condition.no, wanted)]),
        ]);
      default: {
        const parts = condition.parts.map((part) => this.of(part, wanted));
        return isUnion(condition, wanted) ? unite(parts) : this.all(parts);
      }
    }
  }
}

/** Whether one part is enough for the whole. */
export function isUnion(chain: Chain, wanted: Wanted): boolean {
  return (chain.kind === 'any') === (wanted === 'true' || wanted === 'not false');
}

function atomRegion({ variable, holds, whenNull }: Atom, wanted: Wanted): Region {
  const values = wanted === 'true' || wanted === 'not false' ? holds : complement(holds);
  return regionOf({ variable, values, orNull: fits[wanted](whenNull) });
}
