import { distance } from 'fastest-levenshtein';

/** Longer words are nobody's typing error, and comparing them costs. */
const LONGEST = 64;

const plain = (word: string): string => word.toLowerCase().replace(/[\s._-]+/g, '');

/** The candidate that was probably meant: same letters, or few of them wrong. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > LONGEST) return undefined;
  const wanted = plain(word);
  let best: string | undefined;
  let least = Math.floor(wanted.length / 3) + 1;
  for (const candidate of candidates) {
    const away = stepsBetween(wanted, plain(candidate));
    if (away < least) [best, least] = [candidate, away];
  }
  return best;
}

/** Letters to change; letters in the wrong order, the commonest slip, count once. */
const stepsBetween = (a: string, b: string): number => (a !== b && sorted(a) === sorted(b) ? 1 : distance(a, b));

const sorted = (word: string): string => [...word].sort().join('');
