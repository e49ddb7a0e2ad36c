/** A stretch of the number line. An end belongs to it or not; an infinite end never does. */
interface Interval {
  readonly low: number;
  readonly lowIn: boolean;
  readonly high: number;
  readonly highIn: boolean;
}

/** Numbers as intervals, ordered, apart from each other. */
export type NumberSet = readonly Interval[];

/** Which numbers a variable can have at all, both ends included. */
export interface NumberDomain {
  readonly whole: boolean;
  readonly low: number;
  readonly high: number;
}

export type Order = '<' | '<=' | '>' | '>=' | '==' | '!=';

/** The relation with its sides swapped. */
export const turned: Readonly<Record<Order, Order>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '==': '==', '!=': '!=' };

const below = (high: number, highIn: boolean): Interval => ({ low: -Infinity, lowIn: false, high, highIn });
const above = (low: number, lowIn: boolean): Interval => ({ low, lowIn, high: Infinity, highIn: false });

/** The numbers that stand in this relation to `bound`. */
export const numbersWhere: Readonly<Record<Order, (bound: number) => NumberSet>> = {
  '<': (bound) => [below(bound, false)],
  '<=': (bound) => [below(bound, true)],
  '>': (bound) => [above(bound, false)],
  '>=': (bound) => [above(bound, true)],
  '==': (bound) => [{ low: bound, lowIn: true, high: bound, highIn: true }],
  '!=': (bound) => [below(bound, false), above(bound, false)],
};

export const allNumbers: NumberSet = [{ low: -Infinity, lowIn: false, high: Infinity, highIn: false }];

export function intersectNumbers(a: NumberSet, b: NumberSet): NumberSet {
  const found: Interval[] = [];
  let i = firstReaching(a, b[0]?.low);
  let j = firstReaching(b, a[0]?.low);
  for (let left = a[i], right = b[j]; left && right; left = a[i], right = b[j]) {
    const from = left.low > right.low || (left.low === right.low && !left.lowIn) ? left : right;
    const leftEndsFirst = left.high < right.high || (left.high === right.high && !left.highIn);
    const to = leftEndsFirst ? left : right;
    const both = { low: from.low, lowIn: from.lowIn, high: to.high, highIn: to.highIn };
    if (both.low < both.high || (both.low === both.high && both.lowIn && both.highIn)) found.push(both);
    if (leftEndsFirst) i += 1;
    else j += 1;
  }
  return found;
}

/** The first interval that does not end below a number: a small set is met with a large one in few steps. */
function firstReaching(set: NumberSet, low = -Infinity): number {
  let from = 0;
  let to = set.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((set[middle] as Interval).high < low) from = middle + 1;
    else to = middle;
  }
  return from;
}

export function complementNumbers(set: NumberSet): NumberSet {
  const found: Interval[] = [];
  let low = -Infinity;
  let lowIn = false;
  for (const interval of set) {
    const gap = { low, lowIn, high: interval.low, highIn: !interval.lowIn && interval.low !== -Infinity };
    if (gap.low < gap.high || (gap.low === gap.high && gap.lowIn && gap.highIn)) found.push(gap);
    low = interval.high;
    lowIn = !interval.highIn && interval.high !== Infinity;
  }
  if (low < Infinity) found.push({ low, lowIn, high: Infinity, highIn: false });
  return found;
}

/**
 * A number of the domain that is in the set; undefined when there is none. Whole numbers are sought where doubles are exact. It is
 * shown to people as an example, so one they would have chosen comes first: 0, or one close to a bound.
 */
export function someNumber(set: NumberSet, domain: NumberDomain): number | undefined {
  const range = [{ low: domain.low, lowIn: true, high: domain.high, highIn: true }];
  for (const interval of set) {
    const [part] = intersectNumbers([interval], range);
    if (!part) continue;
    if (contains(part, 0)) return 0;
    const found = domain.whole ? wholeIn(part) : inside(part);
    if (found !== undefined) return found;
  }
  return undefined;
}

function contains({ low, lowIn, high, highIn }: Interval, number: number): boolean {
  return (number > low || (lowIn && number === low)) && (number < high || (highIn && number === high));
}

function wholeIn(part: Interval): number | undefined {
  const { low, lowIn, high, highIn } = part;
  const last = Math.floor(high) === high && !highIn ? high - 1 : Math.floor(high);
  if (low === -Number.MAX_VALUE && contains(part, last)) return last;
  const first = Math.ceil(low) === low && !lowIn ? low + 1 : Math.ceil(low);
  return first < high || (first === high && highIn) ? first : undefined;
}

function inside(part: Interval): number {
  const { low, lowIn, high, highIn } = part;
  if (lowIn && low !== -Number.MAX_VALUE) return low;
  const near = [low + 1, high - 1].find((number) => contains(part, number));
  return near ?? (lowIn ? low : highIn ? high : low / 2 + high / 2);
}
