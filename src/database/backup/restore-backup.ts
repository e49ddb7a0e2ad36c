import type { DataSource, QueryRunner } from 'typeorm';
import { entities } from '../entities.js';
import { withLease } from '../migration-lease.js';
import { schemaState } from '../migrate.js';
import { obstacle, totalRows, type BackupHeader, type BackupTable, type BackupValue } from './backup-format.js';
import { checkBackup, readBackup } from './read-backup.js';
import { tablesOf } from './tables-of.js';

/** Rows and characters of one INSERT, at most: SQLite takes 32,766 parameters, and MySQL packets of some mebibytes. */
const batch = { rows: 500, characters: 512 * 1024 };

export interface RestoreSteps {
  /** Of reading the file to its end, then of writing its rows. */
  check(done: number, of: number): void;
  load(done: number, of: number): void;
  /** Whom it waits for. */
  tell(line: string): void;
}

export interface RestoreDone {
  readonly header: BackupHeader;
  /** Migrations that the backup did not know and its rows went through. */
  readonly migrated: readonly string[];
}

/**
 * Makes the database hold what a backup holds, and nothing else. The file is read to its end first. Then the schema is brought to what
 * it was when the backup was made, all rows are written in one transaction, and the schema is brought up again, so that the rows go
 * through every migration since.
 * @param force empty the database first, in the same transaction
 * @throws AppError when the file is not whole, it or the database is of a newer program, or the database is not empty
 */
export async function restoreBackup(dataSource: DataSource, file: string, force: boolean, steps: RestoreSteps): Promise<RestoreDone> {
  const header = await checkBackup(file, steps.check);
  return withLease(
    dataSource,
    async () => {
      const { applied, unknown } = await schemaState(dataSource);
      requireOlder(dataSource, header, unknown);
      const isEmpty = await hasNoRows(dataSource);
      if (!isEmpty && !force)
        throw obstacle('NotEmpty', 'The database is not empty.', 'Restore into an empty one, or add --force, which deletes what it holds.');
      const isSame = applied.length === header.migrations.length && applied.every((name) => header.migrations.includes(name));
      if (!isSame) await rebuild(dataSource, header);
      await load(dataSource, file, header, steps);
      const migrated = await dataSource.runMigrations({ transaction: 'each' });
      return { header, migrated: migrated.map(({ name }) => name) };
    },
    steps.tell,
  );
}

function requireOlder(dataSource: DataSource, header: BackupHeader, unknown: readonly string[]): void {
  if (unknown.length > 0)
    throw obstacle(
      'SchemaAhead',
      `The database is of a newer program: this one does not know ${unknown.join(', ')}.`,
      'Restore with that release.',
    );
  const known = new Set(dataSource.migrations.map(({ name }) => name));
  const later = header.migrations.filter((name) => !known.has(name));
  if (later.length > 0)
    throw obstacle(
      'BackupNewer',
      `The backup was made by a newer program: this one does not know ${later.join(', ')}.`,
      'Restore it with that release.',
    );
}

async function hasNoRows(dataSource: DataSource): Promise<boolean> {
  for (const name of (await tablesOf(dataSource)).keys())
    if (((await dataSource.query(`SELECT 1 FROM ${dataSource.driver.escape(name)} LIMIT 1`)) as unknown[]).length > 0) return false;
  return true;
}

/** The schema as it was when the backup was made, and no row in it: what a migration since has changed is undone. */
async function rebuild(dataSource: DataSource, { migrations }: BackupHeader): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await empty(dataSource, runner);
  } finally {
    await runner.release();
  }
  for (
    let { applied } = await schemaState(dataSource);
    applied.some((name) => !migrations.includes(name));
    { applied } = await schemaState(dataSource)
  )
    await dataSource.undoLastMigration({ transaction: 'each' });
  const all = dataSource.migrations;
  // TypeORM runs all that it knows: for a moment it knows no others.
  Object.assign(dataSource, { migrations: all.filter(({ name = '' }) => migrations.includes(name)) });
  try {
    await dataSource.runMigrations({ transaction: 'each' });
  } finally {
    Object.assign(dataSource, { migrations: all });
  }
}

async function load(dataSource: DataSource, file: string, header: BackupHeader, { load: progress }: RestoreSteps): Promise<void> {
  await requireSameTables(dataSource, header);
  const runner = dataSource.createQueryRunner();
  const of = totalRows(header);
  let done = 0;
  await runner.startTransaction();
  try {
    await empty(dataSource, runner, header.tables);
    const inserts = new Inserts(dataSource, runner);
    await readBackup(
      file,
      () => undefined,
      async (table, row) => {
        await inserts.add(table, row);
        progress(++done, of);
      },
    );
    await inserts.flush();
    await runner.commitTransaction();
  } catch (error) {
    await runner.rollbackTransaction();
    throw error;
  } finally {
    await runner.release();
  }
}

/** Children first. */
async function empty(dataSource: DataSource, runner: QueryRunner, tables?: readonly BackupTable[]): Promise<void> {
  const names = tables?.map(({ name }) => name) ?? entities.map((entity) => dataSource.getMetadata(entity).tableName);
  const there = await tablesOf(dataSource);
  for (const name of names.toReversed()) if (there.has(name)) await runner.query(`DELETE FROM ${dataSource.driver.escape(name)}`);
}

/** The file's names go into SQL, so they are held against those that are there. */
async function requireSameTables(dataSource: DataSource, { tables }: BackupHeader): Promise<void> {
  const there = await tablesOf(dataSource);
  const sketch = (pairs: Iterable<readonly [string, readonly string[]]>): string =>
    JSON.stringify([...pairs].map(([name, columns]) => [name, columns.toSorted()] as const).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  if (sketch(there) !== sketch(tables.map(({ name, columns }) => [name, columns] as const)))
    throw obstacle(
      'BackupDamaged',
      'The tables of the backup are not those of its migrations.',
      'Restore into a database that nothing else uses.',
    );
}

/** Gathers rows of one table into statements of a good size. */
class Inserts {
  private table: BackupTable | undefined;
  private values: BackupValue[] = [];
  private rows = 0;
  private characters = 0;

  constructor(
    private readonly dataSource: DataSource,
    private readonly runner: QueryRunner,
  ) {}

  async add(table: BackupTable, row: readonly BackupValue[]): Promise<void> {
    if (this.table !== table || this.rows === batch.rows || this.characters > batch.characters) await this.flush();
    this.table = table;
    this.values.push(...row);
    this.rows += 1;
    for (const value of row) this.characters += typeof value === 'string' ? value.length : 8;
  }

  async flush(): Promise<void> {
    if (this.table === undefined || this.rows === 0) return;
    const escape = (name: string): string => this.dataSource.driver.escape(name);
    const columns = this.table.columns.map(escape).join(', ');
    const places = `(${this.table.columns.map(() => '?').join(', ')})`;
    const sql = `INSERT INTO ${escape(this.table.name)} (${columns}) VALUES ${Array(this.rows).fill(places).join(', ')}`;
    await this.runner.query(sql, this.values);
    [this.values, this.rows, this.characters] = [[], 0, 0];
  }
}
