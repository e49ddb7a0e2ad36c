import type { Command } from 'commander';
import { ApplyService } from './apply.service.js';
import type { Outcome } from './apply-plan.js';
import { demoFixture } from './demo.js';
import { readFixture } from './fixture-file.js';
import { withApp } from './with-app.js';

interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const changes = ['created', 'updated', 'unchanged'] as const;

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
    .action((file: string, options: ApplyOptions) => apply(() => readFixture(file), options));
  program
    .command('seed-demo')
    .description('Applies the demo that an empty embedded database starts with.')
    .option('--dry-run', 'only tell what would be done')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExample:\n  admin seed-demo')
    .action((options: ApplyOptions) => apply(() => demoFixture, options));
}

const apply = (read: () => unknown, { dryRun = false, json = false }: ApplyOptions): Promise<void> =>
  withApp({ pending: dryRun ? 'refuse' : 'migrate', json }, async ({ app }) => {
    const tell = json ? () => undefined : (outcome: Outcome) => process.stdout.write(`${lineOf(outcome)}\n`);
    const outcomes = await app.get(ApplyService).apply(read(), { dryRun, tell });
    const summary = Object.fromEntries(changes.map((change) => [change, outcomes.filter((one) => one.change === change).length]));
    if (json) process.stdout.write(`${JSON.stringify({ dry_run: dryRun, outcomes, summary })}\n`);
    else
      process.stdout.write(
        `${changes.map((change) => `${summary[change]} ${change}`).join(', ')}${dryRun ? ' (dry run: nothing was written)' : ''}\n`,
      );
  });

const lineOf = ({ change, kind, name }: Outcome): string => `${change.padEnd(9)} ${kind.padEnd(12)} ${name}`;
