import type { Dialect } from '../list-query/dialect.js';
import { mysqlDialect, sqliteDialect } from '../list-query/dialect.js';
import type { ListQuery } from '../list-query/list-query.js';
import type { ListSource, Scope } from '../list-query/list-source.js';
import { countSql, idsSql, pageSql } from '../list-query/page-sql.js';
import { Page } from '../list-query/page.js';
import { holdersOf, holdersSql, textSource } from '../list-query/search-sql.js';
import type { SqlRow } from './engine.js';
import type { Read } from './replicas.js';
import { allOf, scopeIn } from './scope.js';
import type { Sql } from './sql.js';

const dialects: Readonly<Record<Sql['engineName'], Dialect>> = { mysql: mysqlDialect, sqlite: sqliteDialect };

/** A search that finds no more than this is known by its ids, so that its texts are read once for the total and the page. */
const fewFound = 400;

/** A page and its total. The total comes first: past the middle, the page is read from the other end. */
export async function readPage<T>(
  sql: Sql,
  source: ListSource,
  scope: Scope,
  query: ListQuery,
  toItem: (row: SqlRow) => T,
): Promise<Page<T>> {
  const dialect = dialects[sql.engineName];
  return sql.list(scope.params, async (read) => {
    const found = await find(read, source, scope, query, dialect);
    const { total } = found;
    const { limit, offset } = query;
    if (offset >= total) return new Page<T>([], total, limit, offset);
    const page = pageSql(source, found.scope, found.query, dialect, total);
    const rows = await read(page.sql, page.params);
    return new Page(rows.map(toItem), total, limit, offset);
  });
}

interface Found {
  readonly total: number;
  /** What to read the page by: as asked, or as found. */
  readonly scope: Scope;
  readonly query: ListQuery;
}

async function find(read: Read, source: ListSource, scope: Scope, query: ListQuery, dialect: Dialect): Promise<Found> {
  const narrow = query.filter === null && query.search.length > 0 ? textSource(source) : undefined;
  const count = async (from: ListSource): Promise<number> => {
    const { sql, params } = countSql(from, scope, query, dialect);
    return Number((await read(sql, params))[0]?.[0]);
  };
  if (narrow === undefined) return { total: await count(source), scope, query };

  const asked = holdersSql(narrow, query.search, dialect);
  const holders = holdersOf(narrow, query.search, asked === undefined ? [] : await read(asked.sql, asked.params));
  const texts = { ...narrow, holders };
  const some = idsSql(texts, scope, query, dialect, fewFound + 1);
  const ids = (await read(some.sql, some.params)).map(([id]) => String(id));
  if (ids.length > fewFound) return { total: await count(texts), scope, query };
  const these = allOf(scope, scopeIn(`${source.alias}.id`, ids));
  return { total: ids.length, scope: { ...these, unique: scope.unique ?? [] }, query: { ...query, search: [] } };
}
