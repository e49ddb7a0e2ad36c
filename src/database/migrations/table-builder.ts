import { Table, TableIndex, type QueryRunner, type TableColumnOptions } from 'typeorm';
import { columnShapes, type Engine } from '../dialect.js';

type Shapes = ReturnType<typeof columnShapes>;
type ShapeName = keyof Shapes;

export interface TableSketch {
  readonly name: string;
  /** Column name → type; the names in `key` are the primary key. */
  readonly columns: Readonly<Record<string, ShapeName>>;
  readonly key: readonly string[];
  /** Column name → table whose `id` it holds; `cascade` when the row goes with its parent. */
  readonly references?: Readonly<Record<string, { readonly table: string; readonly cascade?: true }>>;
  readonly indexes?: Readonly<Record<string, { readonly columns: readonly string[]; readonly unique?: true }>>;
}

export const engineOf = (runner: QueryRunner): Engine => (runner.connection.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql');

/** Creates the table with its indexes and foreign keys; does nothing when it is there, so that a step cut short can be run again. */
export async function createTable(runner: QueryRunner, sketch: TableSketch): Promise<void> {
  const shapes = columnShapes(engineOf(runner));
  const columns: TableColumnOptions[] = Object.entries(sketch.columns).map(([name, shape]) => ({
    name,
    ...shapes[shape],
    isPrimary: sketch.key.includes(name),
    isNullable: false,
  }));
  const foreignKeys = Object.entries(sketch.references ?? {}).map(([column, { table, cascade }]) => ({
    columnNames: [column],
    referencedTableName: table,
    referencedColumnNames: ['id'],
    // Both stated: left out, MariaDB reports RESTRICT where the entities mean NO ACTION.
    onDelete: cascade ? 'CASCADE' : 'NO ACTION',
    onUpdate: 'NO ACTION',
  }));
  const indices = Object.entries(sketch.indexes ?? {}).map(
    ([name, index]) => new TableIndex({ name, columnNames: [...index.columns], isUnique: index.unique ?? false }),
  );
  await runner.createTable(new Table({ name: sketch.name, columns, foreignKeys, indices }), true);
}

/** The index, unless it is there. A column may run down, as in `name DESC`: TypeORM's own builder knows only columns that run up. */
export async function createIndex(runner: QueryRunner, table: string, name: string, columns: readonly string[]): Promise<void> {
  if (await hasIndex(runner, table, name)) return;
  await runner.query(`CREATE INDEX ${name} ON ${table} (${columns.join(', ')})`);
}

/** Does nothing when it is gone. */
export async function dropIndex(runner: QueryRunner, table: string, name: string): Promise<void> {
  if (!(await hasIndex(runner, table, name))) return;
  await runner.query(engineOf(runner) === 'sqlite' ? `DROP INDEX ${name}` : `DROP INDEX ${name} ON ${table}`);
}

const hasIndex = async (runner: QueryRunner, table: string, name: string): Promise<boolean> =>
  (await runner.getTable(table))?.indices.some((index) => index.name === name) ?? false;
