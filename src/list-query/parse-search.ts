import type { Problem } from '../errors/app-error.js';
import { foldCase } from './fold-case.js';
import { LIMITS } from './limits.js';
import { LONE_SURROGATE } from './parse-value.js';

/** Search text → its folded words, each once; blank text is no condition. Adds what is wrong to `problems`. */
export function parseSearch(text: string | undefined, problems: Problem[]): readonly string[] {
  if (text === undefined) return [];
  const report = (message: string, help: string) => problems.push({ reason: 'BadRequest', message, help, field: 'search' });
  if ([...text].length > LIMITS.searchLength)
    report(`The search is longer than ${LIMITS.searchLength} characters.`, 'Search for fewer or shorter words.');
  else if (LONE_SURROGATE.test(text)) report('The search holds half of a surrogate pair.', 'Send well-formed Unicode.');
  return [...new Set(foldCase(text).split(/\s+/))].filter((word) => word !== '');
}
