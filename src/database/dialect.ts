import { getMetadataArgsStorage, type ColumnType, type TableColumnOptions } from 'typeorm';
import {
  idColumn,
  jsonColumn,
  nameColumn,
  searchedColumn,
  textColumn,
  timeColumn,
  wordColumn,
} from '../modules/organization/column-types.js';

export type Engine = 'mysql' | 'sqlite';

/** MySQL's type names that SQLite's driver does not know. SQLite keeps text of any length anyway. */
const sqliteTypes: Readonly<Record<string, ColumnType>> = { longtext: 'text', varbinary: 'text' };

const ownTypes = new WeakMap<object, ColumnType>();

/** Entities name MySQL's types; for SQLite they are renamed before the data source reads them, and named back for MySQL. */
export function adaptEntities(engine: Engine): void {
  for (const { options } of getMetadataArgsStorage().columns) {
    if (options.type === undefined) continue;
    const own = ownTypes.get(options) ?? options.type;
    ownTypes.set(options, own);
    options.type = engine === 'sqlite' ? (sqliteTypes[String(own)] ?? own) : own;
  }
}

type Shape = Pick<TableColumnOptions, 'type' | 'length' | 'charset' | 'collation' | 'precision'>;

const shape = (
  engine: Engine,
  column: { type: unknown; length?: number; charset?: string; collation?: string; precision?: number },
): Shape => {
  const type = String(column.type);
  if (engine === 'sqlite')
    return { type: String(sqliteTypes[type] ?? type), ...(column.length === undefined ? {} : { length: String(column.length) }) };
  return {
    type,
    ...(column.length === undefined ? {} : { length: String(column.length) }),
    ...(column.charset === undefined ? {} : { charset: column.charset, collation: column.collation ?? '' }),
    ...(column.precision === undefined ? {} : { precision: column.precision }),
  };
};

/** The column types for migrations on this engine: the entities' own, so that the two cannot drift apart. */
export function columnShapes(engine: Engine) {
  return {
    id: shape(engine, idColumn),
    word: shape(engine, wordColumn),
    name: shape(engine, nameColumn),
    version: shape(engine, { ...nameColumn, length: 64 }),
    key: shape(engine, { ...nameColumn, length: 128 }),
    fingerprint: shape(engine, { ...idColumn, length: 32 }),
    ascii: shape(engine, { ...idColumn, length: 255 }),
    text: shape(engine, textColumn),
    searched: shape(engine, searchedColumn),
    json: shape(engine, jsonColumn),
    time: shape(engine, timeColumn),
    count: { type: engine === 'mysql' ? 'int' : 'integer' },
    flag: engine === 'mysql' ? { type: 'tinyint', length: '1' } : { type: 'boolean' },
  } satisfies Record<string, Shape>;
}
