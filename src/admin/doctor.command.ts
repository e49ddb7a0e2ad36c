import type { Command } from 'commander';
import { exitCodes } from './exit-codes.js';

export function addDoctorCommand(program: Command): void {
  program
    .command('doctor')
    .description(
      'Looks at the settings, the keys and the database, and says what is wrong and how to mend it. Changes nothing, shows no secret.',
    )
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      `\nEnds with ${exitCodes.failed} when something is wrong, with ${exitCodes.pendingMigrations} when that is only a pending migration; warnings do not count.\n\nExamples:\n  admin doctor\n  admin doctor --json | jq '.checks[] | select(.status != "ok")'`,
    )
    .action(async ({ json = false }: { json?: boolean }) => (await import('./doctor.action.js')).examine(json));
}
