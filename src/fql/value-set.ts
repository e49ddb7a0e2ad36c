import { allNumbers, complementNumbers, intersectNumbers, someNumber, type NumberDomain, type NumberSet } from './number-set.js';

/**
 * Which values a variable may have, null set aside: numbers by interval, truth values as the numbers 0 and 1, texts as a finite set
 * or as all texts but finitely many.
 */
export type Values =
  | { readonly kind: 'numbers'; readonly set: NumberSet }
  | { readonly kind: 'texts'; readonly listed: ReadonlySet<string>; readonly inside: boolean };

/** What values a variable can have at all. */
export type Domain = NumberDomain | 'texts';

const double = Number.MAX_VALUE;
export const realNumbers: NumberDomain = { whole: false, low: -double, high: double };
export const wholeNumbers: NumberDomain = { whole: true, low: -double, high: double };
export const truthValues: NumberDomain = { whole: true, low: 0, high: 1 };

export function numbers(set: NumberSet): Values {
  return { kind: 'numbers', set };
}

export function texts(...listed: string[]): Values {
  return { kind: 'texts', listed: new Set(listed), inside: true };
}

export function allValues(domain: Domain): Values {
  return domain === 'texts' ? { kind: 'texts', listed: new Set(), inside: false } : numbers(allNumbers);
}

export function complement(values: Values): Values {
  return values.kind === 'numbers' ? numbers(complementNumbers(values.set)) : { ...values, inside: !values.inside };
}

/** Both are of one variable, so of one kind. */
export function intersect(a: Values, b: Values): Values {
  if (a.kind === 'numbers') return b.kind === 'numbers' ? numbers(intersectNumbers(a.set, b.set)) : a;
  if (b.kind === 'numbers') return b;
  if (!a.inside && !b.inside) return { kind: 'texts', listed: new Set([...a.listed, ...b.listed]), inside: false };
  const [few, other] = a.inside && (!b.inside || a.listed.size <= b.listed.size) ? [a, b] : [b, a];
  return texts(...[...few.listed].filter((text) => other.listed.has(text) === other.inside));
}

export function union(a: Values, b: Values): Values {
  return complement(intersect(complement(a), complement(b)));
}

/** One of the values; undefined when there is none. */
export function someValue(values: Values, domain: Domain): number | string | undefined {
  if (values.kind === 'numbers') return domain === 'texts' ? undefined : someNumber(values.set, domain);
  if (values.inside) return values.listed.values().next().value;
  let text = 'other';
  while (values.listed.has(text)) text += '_';
  return text;
}

/** How much work a set makes. */
export function size(values: Values): number {
  return values.kind === 'numbers' ? values.set.length : values.listed.size;
}
