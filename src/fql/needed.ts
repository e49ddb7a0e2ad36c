import type { Condition } from './condition.js';
import { everything, type Region } from './region.js';
import type { Regions } from './regions.js';

/**
 * The parts that stay when, from the last to the first, each one is dropped that the others still there make dispensable.
 *
 * Halves are handed down as wholes, so that `isDispensable` gets a few regions to meet and long chains take no quadratic work.
 */
export function needed(
  parts: readonly Condition[],
  regionOf: (part: Condition) => Region,
  isDispensable: (part: Condition, others: readonly Region[]) => boolean,
  regions: Regions,
): readonly Condition[] {
  const all = (some: readonly Condition[]): Region => regions.all(some.map(regionOf));
  const sift = (some: readonly Condition[], others: readonly Region[]): Kept => {
    const [only, another] = some;
    if (only === undefined) return none;
    if (another === undefined) return isDispensable(only, others) ? none : { parts: some, region: regionOf(only) };
    const middle = some.length >> 1;
    const first = some.slice(0, middle);
    const last = sift(some.slice(middle), [...others, all(first)]);
    const rest = sift(first, [...others, last.region]);
    return { parts: [...rest.parts, ...last.parts], region: regions.all([rest.region, last.region]) };
  };
  return sift(parts, []).parts;
}

/** Parts that stay, and the rows in all of them. */
interface Kept {
  readonly parts: readonly Condition[];
  readonly region: Region;
}

const none: Kept = { parts: [], region: everything };
