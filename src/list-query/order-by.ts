import type { Dialect } from './dialect.js';
import type { Sort } from './list-query.js';
import type { Scope } from './list-source.js';
import type { Clause } from './sql.js';

/** The whole order backwards: the same items from the other end. */
export const reversed = (ordering: readonly Sort[]): readonly Sort[] => ordering.map((sort) => ({ ...sort, descending: !sort.descending }));

/**
 * Code point order for text on both databases; a missing value is less than any other, on both by their own rule. What follows
 * `id`, or another field in `unique`, is dropped: nothing is left to order, and an index then serves either direction.
 * MySQL's family sorts by the first `max_sort_length` bytes (1,024 unless the session raises it) where no index gives the order.
 */
export function orderBy(ordering: readonly Sort[], dialect: Dialect, unique: readonly string[] = []): Clause {
  const sorts = decisive(ordering, unique);
  const terms = sorts.map(({ field, descending }) => {
    const column = field.type === 'text' && !field.tidy ? dialect.exact(field.sql) : field.sql;
    return descending ? `${column} DESC` : column;
  });
  return { sql: `ORDER BY ${terms.join(', ')}`, params: [], needs: new Set(sorts.map(({ field }) => field.alias)) };
}

/** The index that gives this order in the scope, read forwards or backwards. */
export function indexFor(ordering: readonly Sort[], { indexes = {}, unique }: Pick<Scope, 'indexes' | 'unique'>): string | undefined {
  const sorts = decisive(ordering, unique);
  return indexes[written(sorts)] ?? indexes[written(reversed(sorts))];
}

/** Up to what makes the order total. */
const decisive = (ordering: readonly Sort[], unique: readonly string[] = []): readonly Sort[] =>
  ordering.slice(0, ordering.findIndex(({ name }) => name === 'id' || unique.includes(name)) + 1);

const written = (sorts: readonly Sort[]): string => sorts.map(({ name, descending }) => (descending ? `-${name}` : name)).join(',');
