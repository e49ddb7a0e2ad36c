import { distance } from 'fastest-levenshtein';
import { envNames, type EnvName } from './env-variables.js';

/** Slips of the pen that are looked for. More would take other programs' variables for ours. */
const slips = 2;

/**
 * Variables that look like one of ours that is not set, such as `JWT_SECERT`: left alone, they would silently do nothing.
 * @returns pairs of the name that is set and the name that was meant
 */
export function misspelt(set: readonly string[]): { name: string; meant: EnvName }[] {
  const absent = envNames.filter((name) => name.includes('_') && !set.includes(name));
  return set.flatMap((name) => {
    const meant = envNames.some((known) => known === name) ? undefined : absent.find((known) => distance(name, known) <= slips);
    return meant === undefined ? [] : [{ name, meant }];
  });
}
