import { ApplyService } from './apply.service.js';
import type { Outcome } from './apply-plan.js';
import { demoFixture } from './demo.js';
import { readFixture } from './fixture-file.js';
import { withProgress } from './progress.js';
import { withApp } from './with-app.js';

export interface ApplyOptions {
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const changes = ['created', 'updated', 'unchanged'] as const;

export const applyFile = (file: string, options: ApplyOptions): Promise<void> => apply(() => readFixture(file), options);

export const applyDemo = (options: ApplyOptions): Promise<void> => apply(() => demoFixture, options);

const apply = (read: () => unknown, { dryRun = false, json = false }: ApplyOptions): Promise<void> =>
  withApp({ pending: dryRun ? 'refuse' : 'migrate', json }, async ({ app }) => {
    const tell = json ? () => undefined : (outcome: Outcome) => process.stdout.write(`${lineOf(outcome)}\n`);
    const outcomes = await withProgress('check', json, (progress) => app.get(ApplyService).apply(read(), { dryRun, tell, progress }));
    const summary = Object.fromEntries(changes.map((change) => [change, outcomes.filter((one) => one.change === change).length]));
    if (json) process.stdout.write(`${JSON.stringify({ dry_run: dryRun, outcomes, summary })}\n`);
    else
      process.stdout.write(
        `${changes.map((change) => `${summary[change]} ${change}`).join(', ')}${dryRun ? ' (dry run: nothing was written)' : ''}\n`,
      );
  });

const lineOf = ({ change, kind, name }: Outcome): string => `${change.padEnd(9)} ${kind.padEnd(12)} ${name}`;
