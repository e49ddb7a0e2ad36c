import { invalid, type Problem } from '../errors/app-error.js';
import type { FieldMap } from './field-map.js';
import { LIMITS } from './limits.js';
import type { ListQuery } from './list-query.js';
import { nearest } from './nearest.js';
import { parseFilter } from './parse-filter.js';
import { parseOrdering } from './parse-ordering.js';
import { parsePaging } from './parse-paging.js';
import { parseSearch } from './parse-search.js';
import { meant, quote } from './quote.js';

/** The parameters of every list, with the reason of their problems. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['filter', 'InvalidFilter'],
  ['search', 'BadRequest'],
  ['ordering', 'InvalidOrdering'],
  ['limit', 'InvalidPagination'],
  ['offset', 'InvalidPagination'],
]);

/**
 * Query string → checked request (`contract.md` section 4).
 * @param raw the decoded parameters; one that was given more than once is an array
 * @param extra further parameters that this list knows, checked by whoever reads them
 * @throws AppError `invalid`, with all problems of all parameters
 */
export function parseListQuery(fields: FieldMap, raw: Readonly<Record<string, unknown>>, extra: readonly string[] = []): ListQuery {
  const problems: Problem[] = [];
  const texts = singleTexts(raw, [...REASONS.keys(), ...extra], problems);
  const filter = texts.get('filter');
  const query: ListQuery = {
    filter: filter === undefined ? null : parseFilter(fields, filter, problems),
    search: parseSearch(texts.get('search'), problems),
    ordering: parseOrdering(fields, texts.get('ordering'), problems),
    limit: parsePaging('limit', texts.get('limit'), problems),
    offset: parsePaging('offset', texts.get('offset'), problems),
  };
  const [first, ...others] = problems;
  if (first) throw invalid(first, ...others.slice(0, LIMITS.problems - 1));
  return query;
}

/** The known parameters that were given once. */
function singleTexts(raw: Readonly<Record<string, unknown>>, known: readonly string[], problems: Problem[]): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of Object.entries(raw)) {
    if (!known.includes(name)) {
      const help = `${meant(nearest(name.replace(/\[.*$/s, ''), known))}The parameters are: ${known.join(', ')}.`;
      problems.push({
        reason: 'BadRequest',
        message: `There is no query parameter ${quote(name)}.`,
        help,
        field: /^\w{1,64}$/.test(name) ? name : 'query',
      });
    } else if (typeof value !== 'string') {
      problems.push({
        reason: REASONS.get(name) ?? 'BadRequest',
        message: `The parameter "${name}" is given more than once.`,
        help: 'Give it once.',
        field: name,
      });
    } else {
      texts.set(name, value);
    }
  }
  return texts;
}
