/**
 * Where the two database families differ on text. Every function takes a column and answers SQL for "these bytes": comparing the
 * bytes of UTF-8 is comparing code points, for equality, order and substrings alike. No LIKE: nothing needs escaping, and
 * SQLite's stops at NUL and is blind to ASCII case.
 */
export interface Dialect {
  readonly name: 'mysql' | 'sqlite';
  /** A form of the text column whose `=`, `<` and `IN` are exact. */
  exact(column: string): string;
  /** One placeholder. */
  contains(column: string): string;
  /** The operand is bound twice. */
  beginsWith(column: string): string;
  /** The operand is bound twice. */
  endsWith(column: string): string;
  /** Behind a table: read it by this index. Left alone, the optimizer sorts the whole collection for the sake of a deep page. */
  byIndex(name: string): string;
  /** The placeholder of a time. */
  readonly time: string;
}

/**
 * MySQL 8 and MariaDB. Both have `utf8mb4_bin`, whose comparison pads with blanks (`'a' = 'a '`, `'a\t' < 'a'`); the collations
 * that do not pad have different names on each. A binary string is never padded, and searching it is twice as fast.
 */
export const mysqlDialect: Dialect = {
  name: 'mysql',
  exact: (column) => `CAST(${column} AS BINARY)`,
  contains: (column) => `INSTR(CAST(${column} AS BINARY), ?) > 0`,
  beginsWith: (column) => `LEFT(CAST(${column} AS BINARY), LENGTH(?)) = ?`,
  endsWith: (column) => `RIGHT(CAST(${column} AS BINARY), LENGTH(?)) = ?`,
  byIndex: (name) => ` FORCE INDEX (${name})`,
  // Stated, so that an operand finer than the column's milliseconds is compared and not rounded to them.
  time: 'CAST(? AS DATETIME(6))',
};

/** SQLite: BINARY collation compares bytes; its length of a *text* stops at NUL, so lengths are taken of a BLOB,
 * whose SUBSTR is NULL when it is empty. */
export const sqliteDialect: Dialect = {
  name: 'sqlite',
  exact: (column) => column,
  contains: (column) => `INSTR(${column}, ?) > 0`,
  beginsWith: (column) => `IFNULL(SUBSTR(CAST(${column} AS BLOB), 1, LENGTH(CAST(? AS BLOB))), '') = CAST(? AS BLOB)`,
  endsWith: (column) => `IFNULL(SUBSTR(CAST(${column} AS BLOB), -LENGTH(CAST(? AS BLOB))), '') = CAST(? AS BLOB)`,
  byIndex: (name) => ` INDEXED BY ${name}`,
  time: '?',
};
