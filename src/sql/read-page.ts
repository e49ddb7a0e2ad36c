import type { Dialect } from '../list-query/dialect.js';
import { mysqlDialect, sqliteDialect } from '../list-query/dialect.js';
import type { ListQuery } from '../list-query/list-query.js';
import type { ListSource, Scope } from '../list-query/list-source.js';
import { countSql, pageSql } from '../list-query/page-sql.js';
import { Page } from '../list-query/page.js';
import type { SqlRow } from './engine.js';
import type { Sql } from './sql.js';

const dialects: Readonly<Record<Sql['engineName'], Dialect>> = { mysql: mysqlDialect, sqlite: sqliteDialect };

/** A page and its total. The total comes first: past the middle, the page is read from the other end. */
export async function readPage<T>(
  sql: Sql,
  source: ListSource,
  scope: Scope,
  query: ListQuery,
  toItem: (row: SqlRow) => T,
): Promise<Page<T>> {
  const dialect = dialects[sql.engineName];
  const count = countSql(source, scope, query, dialect);
  const total = Number((await sql.read(count.sql, count.params))[0]?.[0]);
  const { limit, offset } = query;
  if (offset >= total) return new Page<T>([], total, limit, offset);
  const page = pageSql(source, scope, query, dialect, total);
  const rows = await sql.read(page.sql, page.params);
  return new Page(rows.map(toItem), total, limit, offset);
}
