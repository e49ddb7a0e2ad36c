import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';
import type { MigrateOptions } from './migrate.action.js';

export function addMigrateCommand(program: Command): void {
  program
    .command('migrate')
    .description('Brings the schema of the database up. Several processes may run it at once: one does the work, the others wait for it.')
    .option('--status', `only tell what is applied and what is pending; ends with ${exitCodes.pendingMigrations} when something is pending`)
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  admin migrate\n  admin migrate --status || echo "run: admin migrate"')
    .action(async (options: MigrateOptions) => (await import('./migrate.action.js')).migrateOrTell(options));
}
