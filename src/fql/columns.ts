/** A column's data type as on the wire (`contract.md` section 6). */
export type ColumnType = 'int' | 'float' | 'bool' | 'str' | 'category' | 'timestamp' | 'vector';

/** A model's column as far as the language needs it. `min`, `max` and `categories` feed warnings only. */
export interface FqlColumn {
  readonly name: string;
  readonly type: ColumnType;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly categories?: readonly string[] | null;
}

/** A model's columns by exact name, in schema order. A Map, so that `__proto__` is a name like any other. */
export type Columns = ReadonlyMap<string, FqlColumn>;

/** Columns by name; the first of two equal names wins. */
export function indexColumns(columns: Iterable<FqlColumn>): Columns {
  const byName = new Map<string, FqlColumn>();
  for (const column of columns) if (!byName.has(column.name)) byName.set(column.name, column);
  return byName;
}
