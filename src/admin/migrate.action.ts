import type { DataSource } from 'typeorm';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { exitCodes } from './exit-codes.js';
import { withDataSource } from './with-data-source.js';

export interface MigrateOptions {
  readonly status?: boolean;
  readonly json?: boolean;
}

export const migrateOrTell = ({ status = false, json = false }: MigrateOptions): Promise<void> =>
  withDataSource(json, (dataSource) => (status ? tellStatus(dataSource, json) : runMigrations(dataSource, json)));

async function runMigrations(dataSource: DataSource, json: boolean): Promise<void> {
  const applied = await migrate(dataSource);
  if (json) process.stdout.write(`${JSON.stringify({ applied })}\n`);
  else if (applied.length === 0) process.stdout.write('nothing to do: the schema is up to date\n');
  else for (const name of applied) process.stdout.write(`applied ${name}\n`);
}

async function tellStatus(dataSource: DataSource, json: boolean): Promise<void> {
  const pending = await pendingMigrations(dataSource);
  const names = dataSource.migrations.map(({ name = '' }) => name);
  const applied = names.filter((name) => !pending.includes(name));
  if (json) process.stdout.write(`${JSON.stringify({ applied, pending })}\n`);
  else for (const name of names) process.stdout.write(`${pending.includes(name) ? 'pending' : 'applied'} ${name}\n`);
  if (pending.length > 0) process.exitCode = exitCodes.pendingMigrations;
}
