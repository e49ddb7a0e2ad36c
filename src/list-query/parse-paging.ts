import type { Problem } from '../errors/app-error.js';
import { LIMITS } from './limits.js';

type Bounded = 'limit' | 'offset';

/** Digits only: `Number` would take `0x10`, `1e3` and ` 5 ` too. */
const DIGITS = /^\d{1,9}$/;

const bounds = ({ min, max }: { min: number; max: number }): string => `${min.toLocaleString('en')} to ${max.toLocaleString('en')}`;

/** A whole number within its bounds, or its default; anything else is added to `problems`. */
export function parsePaging(parameter: Bounded, text: string | undefined, problems: Problem[]): number {
  const range = LIMITS[parameter];
  if (text === undefined) return range.default;
  const number = DIGITS.test(text) ? Number(text) : NaN;
  if (number >= range.min && number <= range.max) return number;
  problems.push({
    reason: 'InvalidPagination',
    message: `The ${parameter} must be a whole number from ${bounds(range)}.`,
    help: `Write digits only, as in "${parameter}=${range.default}".`,
    field: parameter,
  });
  return range.default;
}
