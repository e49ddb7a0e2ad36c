import { Command } from 'commander';
import type { DataSource } from 'typeorm';
import { AppError } from '../errors/app-error.js';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { UserService } from '../modules/user/user.service.js';
import { ApplyService } from './apply.service.js';
import { demoFixture } from './demo.js';
import { parseDuration } from './duration.js';
import { readFixture } from './fixture-file.js';
import { issueToken } from './issue-token.js';
import { withApp, withDataSource, type AdminApp } from './with-app.js';

/** The admin command line. Results go to standard output, errors to standard error with a non-zero exit. */
export function buildProgram(): Command {
  const program = new Command('admin').description('Administers the segments service.').showHelpAfterError('(--help shows how)');

  program
    .command('apply <file>')
    .description('make the database hold what a YAML or JSON fixture says; run twice, it changes nothing')
    .action((file: string) => withApp((admin) => apply(admin, readFixture(file))));

  program
    .command('seed-demo')
    .description('apply the demo that an empty embedded database starts with')
    .action(() => withApp((admin) => apply(admin, demoFixture)));

  program
    .command('token <email>')
    .description('print a bearer token for a user, alone on standard output')
    .option('--ttl <duration>', 'how long it is good for: 90s, 30m, 1h, 7d', '1h')
    .action((email: string, { ttl }: { ttl: string }) => withApp((admin) => token(admin, email, ttl)));

  program
    .command('migrate')
    .description('bring the schema of the database up')
    .option('--status', 'only tell what is pending; exits with 3 when something is')
    .action(({ status }: { status?: boolean }) =>
      withDataSource((dataSource) => (status ? migrationStatus(dataSource) : runMigrations(dataSource))),
    );

  return program;
}

async function apply({ app }: AdminApp, fixture: unknown): Promise<void> {
  const outcomes = await app
    .get(ApplyService)
    .apply(fixture, ({ change, kind, name }) => process.stdout.write(`${change.padEnd(9)} ${kind.padEnd(12)} ${name}\n`));
  const count = (change: string) => outcomes.filter((outcome) => outcome.change === change).length;
  process.stdout.write(`${count('created')} created, ${count('updated')} updated, ${count('unchanged')} unchanged\n`);
}

async function token({ app, env }: AdminApp, email: string, ttl: string): Promise<void> {
  const seconds = parseDuration(ttl);
  const user = await app.get(UserService).findByEmail(email);
  const refuse = (message: string, help: string) => new AppError('not-found', [{ reason: 'ObjectNotFound', message, help }]);
  if (user === undefined) throw refuse(`No user ${email}.`, 'Add the user to a fixture and apply it.');
  if (!user.active) throw refuse(`The user ${email} is disabled.`, 'Set active: true in a fixture and apply it.');
  process.stdout.write(`${issueToken(env, user.id, seconds)}\n`);
}

async function runMigrations(dataSource: DataSource): Promise<void> {
  const done = await migrate(dataSource);
  process.stdout.write(done.length === 0 ? 'nothing to do: the schema is up to date\n' : done.map((name) => `applied ${name}\n`).join(''));
}

async function migrationStatus(dataSource: DataSource): Promise<void> {
  const pending = new Set(await pendingMigrations(dataSource));
  for (const { name = '' } of dataSource.migrations) process.stdout.write(`${pending.has(name) ? 'pending' : 'applied'} ${name}\n`);
  if (pending.size > 0) process.exitCode = 3;
}
