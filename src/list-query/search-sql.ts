import type { Dialect } from './dialect.js';
import { aliasOf, searchedColumns } from './field-map.js';
import type { Join, ListSource } from './list-source.js';
import { NOTHING, type Clause, type Sql } from './sql.js';

/** Rows of other tables are named by their ids up to so many; of more, the database makes its own list. */
const namedAtMost = 300;

/** `alias word` → the ids of that table's rows that hold the word. */
type Holders = ReadonlyMap<string, readonly string[]>;

/** A source whose search reads something other than the columns of its fields. */
export interface TextSource extends ListSource {
  readonly searched?: readonly string[];
  readonly holders?: Holders;
}

/** The list read from its copy of the texts, or undefined when it has none. */
export function textSource(source: ListSource): TextSource | undefined {
  if (source.texts === undefined) return undefined;
  const elsewhere = searchedColumns(source.fields).filter((column) => aliasOf(column) !== source.alias);
  return { ...source, table: source.texts.table, searched: [`${source.alias}.${source.texts.column}`, ...elsewhere] };
}

/**
 * A word in any searched column. Other tables are asked once for the rows that hold it, instead of joined to every row of the
 * base table: on 100,000 rows that halves the time.
 */
export function wordClause(source: TextSource, word: string, dialect: Dialect): Clause {
  const elsewhere = parents(source, source.alias).flatMap((parent) => {
    const ids = source.holders?.get(`${parent.alias} ${word}`);
    if (ids === undefined) return among(parent, rowsWith(source, parent, word, dialect));
    return ids.length === 0 ? [] : [{ sql: `${parent.key} IN (${ids.map(() => '?').join(', ')})`, params: ids }];
  });
  const terms = [...termsOf(source, source.alias, word, dialect), ...elsewhere];
  if (terms.length === 0) return { sql: NOTHING, params: [], needs: new Set() };
  return { ...anyOf(terms), sql: `(${anyOf(terms).sql})`, needs: new Set() };
}

/**
 * Asks the tables that are joined to the base which of their rows hold the words, as rows `alias, place of the word, id`. Named in the
 * condition, these ids cost nothing; a sub-select is probed for each row of the base table, though it mostly finds nothing.
 */
export function holdersSql(source: ListSource, words: readonly string[], dialect: Dialect): Sql | undefined {
  const parts = words.flatMap((word, place) =>
    parents(source, source.alias).flatMap((parent) => {
      const rows = rowsWith(source, parent, word, dialect);
      const named = `SELECT '${parent.alias}', ${place}, x.id FROM`;
      return rows === undefined ? [] : [{ sql: `${named} (${rows.sql} LIMIT ${namedAtMost + 1}) x`, params: rows.params }];
    }),
  );
  return parts.length === 0
    ? undefined
    : { sql: parts.map(({ sql }) => sql).join(' UNION ALL '), params: parts.flatMap(({ params }) => params) };
}

/** The answer to `holdersSql`. */
export function holdersOf(source: ListSource, words: readonly string[], rows: readonly (readonly unknown[])[]): Holders {
  const keys = words.flatMap((word, place) => parents(source, source.alias).map(({ alias }) => ({ alias, word, place })));
  const found = keys.map(({ alias, word, place }) => {
    const ids = rows.filter((row) => row[0] === alias && Number(row[1]) === place).map((row) => String(row[2]));
    return [`${alias} ${word}`, ids] as const;
  });
  return new Map(found.filter(([, ids]) => ids.length <= namedAtMost));
}

/** The rows of a joined table that hold the word, themselves or through what is joined to them. */
function rowsWith(source: TextSource, { table, alias }: Join, word: string, dialect: Dialect): Sql | undefined {
  const further = parents(source, alias).flatMap((parent) => among(parent, rowsWith(source, parent, word, dialect)));
  const terms = [...termsOf(source, alias, word, dialect), ...further];
  if (terms.length === 0) return undefined;
  return { ...anyOf(terms), sql: `SELECT ${alias}.id FROM ${table} ${alias} WHERE ${anyOf(terms).sql}` };
}

const termsOf = (source: TextSource, alias: string, word: string, dialect: Dialect): readonly Sql[] =>
  (source.searched ?? searchedColumns(source.fields))
    .filter((column) => aliasOf(column) === alias)
    .map((column) => ({ sql: dialect.contains(column), params: [word] }));

const parents = (source: ListSource, alias: string): readonly Join[] => source.joins.filter(({ key }) => aliasOf(key) === alias);

const among = ({ key }: Join, rows: Sql | undefined): readonly Sql[] =>
  rows === undefined ? [] : [{ sql: `${key} IN (${rows.sql})`, params: rows.params }];

const anyOf = (terms: readonly Sql[]): Sql => ({
  sql: terms.map(({ sql }) => sql).join(' OR '),
  params: terms.flatMap(({ params }) => params),
});
