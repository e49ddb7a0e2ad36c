import type { Command } from 'commander';
import type { ApplyOptions } from './apply.action.js';

/** `apply FILE` and `seed-demo`, which applies the fixture that lies in the program. */
export function addApplyCommands(program: Command): void {
  program
    .command('apply <file>')
    .description(
      'Makes the database hold what a YAML or JSON fixture says, in one transaction for each organization. Run twice, it changes nothing; it never deletes.',
    )
    .option('--dry-run', 'only tell what would be done; writes nothing, migrations included')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  admin apply tenants.yaml --dry-run\n  admin apply tenants.yaml\n  admin apply tenants.json --json | jq .summary',
    )
    .action(async (file: string, options: ApplyOptions) => (await import('./apply.action.js')).applyFile(file, options));
  program
    .command('seed-demo')
    .description('Applies the demo that an empty embedded database starts with.')
    .option('--dry-run', 'only tell what would be done')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  admin seed-demo')
    .action(async (options: ApplyOptions) => (await import('./apply.action.js')).applyDemo(options));
}
