import { aliasOf, type FieldMap } from './field-map.js';
import type { Clause, Sql } from './sql.js';

/** What a list reads; written once per list, in its repository. */
export interface ListSource {
  readonly fields: FieldMap;
  /** The base table, whose key column is `id`, and its alias. */
  readonly table: string;
  readonly alias: string;
  /** The other tables that fields or columns mention; one that leads to another comes before it. */
  readonly joins: readonly Join[];
  /** The select list of a page: base and joined columns. */
  readonly columns: string;
  /**
   * A copy of the base table, narrow and in the order of its scopes: their columns and the keys of `joins` under the same names, and one
   * column that holds all folded texts that `search` looks through, a line break between them. A search alone is read from it.
   */
  readonly texts?: { readonly table: string; readonly column: string };
}

/** Many-to-one: `table.id` is what `key` holds. */
export interface Join {
  readonly table: string;
  readonly alias: string;
  /** `alias.column` of the base table or of an earlier join. */
  readonly key: string;
}

/** What the caller may see at all: ANDed beside their whole filter, never inside it. */
export interface Scope extends Clause {
  /** Names of fields that no two items in this scope share, such as `name` in one model: an order is total once it has one. */
  readonly unique?: readonly string[];
  /**
   * Order, written as in `-name,id`, → the index of the base table that gives it in this scope. Read backwards it gives the reversed
   * order too.
   */
  readonly indexes?: Readonly<Record<string, string>>;
  /** Reads the number of all items in this scope from where it is kept: one row, one column. */
  readonly total?: Sql;
}

/** An inner join would let the optimizer start from the small table and leave the index that gives the order. */
export const leftJoin = ({ table, alias, key }: Join): string => `LEFT JOIN ${table} ${alias} ON ${alias}.id = ${key}`;

/** The joins for these aliases, and those on the way to them, in order. */
export function joinsFor(source: ListSource, aliases: Iterable<string>): readonly Join[] {
  const needed = new Set(aliases);
  return source.joins
    .toReversed()
    .filter(({ alias, key }) => needed.has(alias) && needed.add(aliasOf(key)))
    .toReversed();
}
