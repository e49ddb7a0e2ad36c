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
  const sift = (some: readonly Condition[], others: readonly Region[]): readonly Condition[] => {
    const [only, another] = some;
    if (only === undefined) return [];
    if (another === undefined) return isDispensable(only, others) ? [] : some;
    const middle = some.length >> 1;
    const first = some.slice(0, middle);
    const last = sift(some.slice(middle), [...others, together(first)]);
    return [...sift(first, [...others, together(last)]), ...last];
  };
  const together = (some: readonly Condition[]): Region => (some.length === 0 ? everything : regions.all(some.map(regionOf)));
  return sift(parts, []);
}
