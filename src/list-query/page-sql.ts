import type { Dialect } from './dialect.js';
import { asksForAll, type ListQuery } from './list-query.js';
import { joinsFor, leftJoin, type ListSource, type Scope } from './list-source.js';
import { indexFor, orderBy, reversed } from './order-by.js';
import type { TextSource } from './search-sql.js';
import type { Clause, Sql } from './sql.js';
import { whereClause } from './where.js';

/**
 * A page: its ids first, reading only what the conditions and the order need, then the joins for these few
 * (`performance.md`). `total`, when known, lets a page past the middle be read from the other end; it should come from the same
 * transaction, else the page is as old as the total.
 */
export function pageSql(source: ListSource, scope: Scope, query: ListQuery, dialect: Dialect, total?: number): Sql {
  const window = total === undefined ? { skip: query.offset, take: query.limit, backwards: false } : windowOf(query, total);
  const order = orderBy(query.ordering, dialect, scope.unique);
  const scan = window.backwards ? orderBy(reversed(query.ordering), dialect, scope.unique) : order;
  const index = asksForAll(query) && total !== undefined && total > cheaplySorted ? indexFor(query.ordering, scope) : undefined;
  const found = selection(source, scope, query, dialect, scan, index);
  const { alias, table, joins, columns } = source;
  const page = `(SELECT ${alias}.id AS id FROM ${found.sql} ${scan.sql} LIMIT ? OFFSET ?) page`;
  return {
    sql: ['SELECT', columns, 'FROM', page, leftJoin({ table, alias, key: 'page.id' }), ...joins.map(leftJoin), order.sql].join(' '),
    params: [...found.params, String(window.take), String(window.skip)],
  };
}

/** The number of items over all pages: one row, one column `total`. Without conditions, what is kept need not be counted. */
export function countSql(source: TextSource, scope: Scope, query: ListQuery, dialect: Dialect): Sql {
  if (scope.total !== undefined && asksForAll(query)) return scope.total;
  const found = selection(source, scope, query, dialect);
  return { sql: `SELECT COUNT(*) AS total FROM ${found.sql}`, params: found.params };
}

/** Ids of what is found, at most so many, in no order. */
export function idsSql(source: TextSource, scope: Scope, query: ListQuery, dialect: Dialect, atMost: number): Sql {
  const found = selection(source, scope, query, dialect);
  return { sql: `SELECT ${source.alias}.id FROM ${found.sql} LIMIT ?`, params: [...found.params, String(atMost)] };
}

/** Items that are sorted in a millisecond or two. A caller who sees no more of a large organization need not walk through all of it. */
const cheaplySorted = 400;

/** `table alias`, the joins that are needed and no others, and the conditions. */
function selection(source: TextSource, scope: Scope, query: ListQuery, dialect: Dialect, order?: Clause, index?: string): Sql {
  const where = whereClause(source, query, dialect);
  const joins = joinsFor(source, [...scope.needs, ...(where?.needs ?? []), ...(order?.needs ?? [])]);
  return {
    sql: [
      source.table,
      `${source.alias}${index === undefined ? '' : dialect.byIndex(index)}`,
      ...joins.map(leftJoin),
      'WHERE',
      scope.sql,
      ...(where ? ['AND', where.sql] : []),
    ].join(' '),
    params: [...scope.params, ...(where?.params ?? [])],
  };
}

/** A step backwards through an index of MariaDB takes this many times as long as one forwards. */
const backwardsCost = 1.6;

/** Which rows to read from which end. Past the end nothing is read. */
function windowOf({ offset, limit }: ListQuery, total: number): { skip: number; take: number; backwards: boolean } {
  const take = Math.max(0, Math.min(limit, total - offset));
  const fromEnd = Math.max(0, total - offset - take);
  return fromEnd * backwardsCost < offset ? { skip: fromEnd, take, backwards: true } : { skip: offset, take, backwards: false };
}
