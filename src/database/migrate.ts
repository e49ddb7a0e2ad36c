import type { DataSource } from 'typeorm';
import { LeaseLost, withLease } from './migration-lease.js';

/** Names of migrations, each list in order. */
export interface SchemaState {
  readonly applied: readonly string[];
  /** This code has them and the database has not. */
  readonly pending: readonly string[];
  /** The database has them and this code has not: it is older. */
  readonly unknown: readonly string[];
}

export async function schemaState(dataSource: DataSource): Promise<SchemaState> {
  const found = await appliedMigrations(dataSource);
  const known = dataSource.migrations.map(({ name = '' }) => name);
  return {
    applied: known.filter((name) => found.has(name)),
    pending: known.filter((name) => !found.has(name)),
    unknown: [...found].filter((name) => !known.includes(name)),
  };
}

/** Names of the migrations that this code has and the database has not, in order. */
export async function pendingMigrations(dataSource: DataSource): Promise<readonly string[]> {
  return (await schemaState(dataSource)).pending;
}

/**
 * Brings the schema up. Does nothing when nothing is pending, so a database user without the right to change tables can run the
 * service; else one process at a time, whatever the number that start together. Who stood still so long that another took over
 * sees what that one left to do.
 * @param tell is told whom it waits for, on standard error unless said otherwise
 * @returns the names of what was applied
 */
export async function migrate(dataSource: DataSource, tell = toStandardError): Promise<string[]> {
  while ((await pendingMigrations(dataSource)).length > 0) {
    try {
      return await withLease(dataSource, () => runPending(dataSource), tell);
    } catch (error) {
      if (!(error instanceof LeaseLost)) throw error;
      tell(`${error.message}; looking again`);
    }
  }
  return [];
}

async function runPending(dataSource: DataSource): Promise<string[]> {
  const done = await dataSource.runMigrations({ transaction: 'each' });
  return done.map(({ name }) => name);
}

const toStandardError = (line: string): void => void process.stderr.write(`${line}\n`);

async function appliedMigrations(dataSource: DataSource): Promise<Set<string>> {
  const runner = dataSource.createQueryRunner();
  try {
    if (!(await runner.hasTable('migration'))) return new Set();
    const rows = (await runner.query('SELECT name FROM migration')) as { name: string }[];
    return new Set(rows.map(({ name }) => name));
  } finally {
    await runner.release();
  }
}
