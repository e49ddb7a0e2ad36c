import type { ColumnOptions, ColumnType } from 'typeorm';

/**
 * The column types that entities share, in MySQL's words; the dialect translates them for SQLite. Each collation is stated, since
 * engines' defaults differ and the equality of names decides a 409.
 */
const exactText = { charset: 'utf8mb4', collation: 'utf8mb4_bin' } as const;

/** A UUID in canonical lower-case dashed form. */
export const idColumn = { type: 'varchar', length: 36, charset: 'ascii', collation: 'ascii_bin' } as const satisfies ColumnOptions;

/** A word of ours: a role, a status, a version's state. */
export const wordColumn = { type: 'varchar', length: 64, charset: 'ascii', collation: 'ascii_bin' } as const satisfies ColumnOptions;

/** A name of up to 255 code points, compared code point for code point. */
export const nameColumn = { type: 'varchar', length: 255, ...exactText } as const satisfies ColumnOptions;

/** Text of up to some thousand characters. */
export const textColumn = { type: 'text', ...exactText } as const satisfies ColumnOptions;

/**
 * The folded texts of one item, as bytes: they are only ever searched through. Of bounded length, since MariaDB reads rows with a text
 * of any length one by one: 255 + 2,000 code points of at most four bytes, 10,000 UTF-16 units of at most three.
 */
export const searchedColumn = { type: 'varbinary', length: 40_000 } as const satisfies ColumnOptions;

/** JSON text of up to some mebibytes, read and written by the repository. */
export const jsonColumn = { type: 'longtext' as ColumnType, ...exactText } as const satisfies ColumnOptions;

/** UTC with milliseconds, set by the application, read as text `YYYY-MM-DD HH:MM:SS.mmm`. */
export const timeColumn = { type: 'datetime', precision: 3 } as const satisfies ColumnOptions;
