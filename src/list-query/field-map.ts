/** What a field holds; decides which operators and which values a rule may use. */
export type FieldType = 'text' | 'uuid' | 'time' | 'number' | 'enum' | 'set';

/**
 * The stored values never end in a blank and hold no character below U+0020. Then the column's own comparison (`utf8mb4_bin` pads
 * with blanks) is exact and its index serves equality and order; otherwise bytes are compared, without an index. `ascii` says that
 * the column's character set is no more than that, so that it cannot be compared with other letters.
 */
export type Tidy = boolean | 'ascii';

interface Column {
  /** `alias.column`. The only source of column names in the SQL of a list. */
  readonly sql: string;
  /** The table alias that `sql` reads. */
  readonly alias: string;
  readonly sortable: boolean;
}

/** Anything a person wrote. */
export interface TextField extends Column {
  readonly type: 'text';
  /** The column that holds `foldCase` of this one; may be this one when it never holds upper case. */
  readonly folded: string;
  /** Where `search` looks for this field: a folded column. Fields that share one are searched once. */
  readonly searched: string | null;
  readonly tidy: Tidy;
}

/** Stored in canonical lower-case dashed form. */
export interface UuidField extends Column {
  readonly type: 'uuid';
}

/** Stored as UTC `YYYY-MM-DD HH:MM:SS.mmm`: DATETIME(3) or text. */
export interface TimeField extends Column {
  readonly type: 'time';
}

/** A whole number from 0 on. */
export interface NumberField extends Column {
  readonly type: 'number';
}

export interface EnumField extends Column {
  readonly type: 'enum';
  readonly values: readonly string[];
}

/** Several texts of one item, kept as rows of another table. `sql` is the element. */
export interface SetField extends Column {
  readonly type: 'set';
  /** `table alias WHERE alias.item_id = base.id`: the item's elements. */
  readonly rows: string;
  readonly tidy: Tidy;
}

export type Field = TextField | UuidField | TimeField | NumberField | EnumField | SetField;

/** Public name → field: the one door from a caller's name to a column. */
export type FieldMap = ReadonlyMap<string, Field>;

interface TextOptions {
  readonly folded: string;
  /** Looked through by `search`; a string names a folded column that contains this field among others. */
  readonly searchable?: boolean | string;
  readonly tidy?: Tidy;
}

interface SetOptions {
  /** The element's column, `alias.column`. */
  readonly element: string;
  /** `table alias`. */
  readonly from: string;
  /** The item they belong to, `element alias.item_id`. */
  readonly owner: string;
  /** The item's id, `base alias.id`. */
  readonly item: string;
  readonly tidy?: Tidy;
}

export const text = (sql: string, { folded, searchable = false, tidy = false }: TextOptions): TextField => ({
  ...column(sql),
  type: 'text',
  folded,
  searched: searchable === true ? folded : searchable || null,
  tidy,
});

export const uuid = (sql: string): UuidField => ({ ...column(sql), type: 'uuid' });

export const time = (sql: string): TimeField => ({ ...column(sql), type: 'time' });

export const number = (sql: string): NumberField => ({ ...column(sql), type: 'number' });

export const enumOf = (sql: string, values: readonly string[]): EnumField => ({ ...column(sql), type: 'enum', values });

export const setOf = ({ element, from, owner, item, tidy = false }: SetOptions): SetField => ({
  type: 'set',
  sql: element,
  alias: aliasOf(item),
  sortable: false,
  rows: `${from} WHERE ${owner} = ${item}`,
  tidy,
});

/** @throws Error when `id`, which ends every order, is missing: a mistake of the programmer, found at start. */
export function fieldMap(fields: Readonly<Record<string, Field>>): FieldMap {
  if (fields['id']?.type !== 'uuid') throw new Error('A field map needs a uuid field "id": every order ends in it.');
  return new Map(Object.entries(fields));
}

/** The field of a name and the name as published; `__` may stand for the dot. */
export function lookUp(fields: FieldMap, name: string): { name: string; field: Field } | undefined {
  for (const published of [name, name.replaceAll('__', '.')]) {
    const field = fields.get(published);
    if (field) return { name: published, field };
  }
  return undefined;
}

/** The field that orders a list when the request does not say. */
export const defaultOrder = (fields: FieldMap): string => ['name', 'sequence'].find((name) => fields.has(name)) ?? 'id';

/** The folded columns that `search` looks through, each once. */
export const searchedColumns = (fields: FieldMap): readonly string[] => [
  ...new Set([...fields.values()].flatMap((field) => (field.type === 'text' && field.searched !== null ? [field.searched] : []))),
];

/** @throws Error on anything but `alias.column`. */
export function aliasOf(sql: string): string {
  const alias = /^([a-z]\w*)\.[a-z]\w*$/i.exec(sql)?.[1];
  if (alias === undefined) throw new Error(`"${sql}" is not of the form alias.column.`);
  return alias;
}

const column = (sql: string): Column => ({ sql, alias: aliasOf(sql), sortable: true });
