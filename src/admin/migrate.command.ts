import type { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { exitCodes } from './exit-codes.js';
import { withDataSource } from './with-app.js';

interface MigrateOptions {
  readonly status?: boolean;
  readonly json?: boolean;
}

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Brings the schema of the database up. Several processes may run it at once: one does the work, the others wait for it.')
    .option('--status', `only tell what is applied and what is pending; ends with ${exitCodes.pendingMigrations} when something is pending`)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  admin migrate\n  admin migrate --status || echo "run: admin migrate"')
    .action(({ status = false, json = false }: MigrateOptions) =>
      withDataSource(json, (dataSource) => (status ? tellStatus(dataSource, json) : runMigrations(dataSource, json))),
    );
}

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
