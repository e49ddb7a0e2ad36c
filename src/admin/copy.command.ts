import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { SegmentBatchResource } from '../modules/segment/segment-batch.resource.js';
import { SegmentCopyService } from '../modules/segment/segment-copy.service.js';
import { exitCodes } from './exit-codes.js';
import { modelArgument } from './import/model-argument.js';
import type { ModelAddress } from './import/model-address.js';
import { ModelFinder } from './import/model-finder.js';
import { indented, problemText } from './problem-text.js';
import { requireCaller } from './require-user.js';
import { withApp, type AdminApp } from './with-app.js';

interface CopyOptions {
  readonly as: string;
  readonly map: Readonly<Record<string, string>>;
  readonly write?: boolean;
  readonly skipTaken?: boolean;
  readonly json?: boolean;
}

export function addCopyCommand(program: Command): void {
  program
    .command('copy')
    .argument('<source>', 'the model version whose segments are copied: its id, or project/model/version', modelArgument)
    .argument('<target>', 'the model version that gets them', modelArgument)
    .description(
      'Copies all segments of one model version to another, whose columns may have other names: the same as POST /v3/models/{id}/segments/copy. Without --write it only tells what would happen.',
    )
    .requiredOption('--as <email>', 'the user in whose name segments are created; their role must allow it')
    .option('--map <column=column>', 'a column of the source and its name in the target; may be given several times', columnPair, {})
    .option('--write', 'store the segments when none is refused')
    .option('--skip-taken', 'leave out segments whose name the target has already')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      '\nExamples:\n  admin copy churn/churn_model/v1 churn/churn_model/v2 --as wim@acme.test --map age=customer_age\n  admin copy churn/churn_model/v1 churn/churn_model/v2 --as wim@acme.test --map age=customer_age --skip-taken --write',
    )
    .action((source: ModelAddress, target: ModelAddress, options: CopyOptions) =>
      withApp({ pending: 'refuse', json: options.json }, (admin) => copySegments(admin, source, target, options)),
    );
}

/** `age=customer_age`, beside those before it. Names of columns may hold an equals sign: the first one parts the two. */
function columnPair(text: string, before: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const [, from, to] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (from === undefined || to === undefined) throw new InvalidArgumentError('It must be COLUMN=COLUMN, such as age=customer_age.');
  if (Object.hasOwn(before, from)) throw new InvalidArgumentError(`The column ${from} has a name already.`);
  return { ...before, [from]: to };
}

/** All are tried before one is written; then all are written or none, whatever their number. */
async function copySegments({ app }: AdminApp, from: ModelAddress, to: ModelAddress, options: CopyOptions): Promise<void> {
  const caller = await requireCaller(app, options.as);
  const finder = app.get(ModelFinder);
  const source = await finder.find(caller, from, 'read');
  const target = await finder.find(caller, to);
  const on_conflict = options.skipTaken === true ? 'skip' : 'fail';
  const copyAll = (dry_run: boolean): Promise<SegmentBatchResource> =>
    app.get(SegmentCopyService).copyAll(caller, target.id, { source_model_id: source.id, column_map: options.map, on_conflict, dry_run });
  const planned = await copyAll(true);
  const written = options.write === true && planned.failed.length === 0;
  const outcome = written ? await copyAll(false) : planned;
  process.stdout.write(`${options.json === true ? JSON.stringify({ written, ...outcome }) : reportText(outcome, written)}\n`);
  if (!written && options.json !== true) process.stderr.write(`${nothingWritten(options.write === true, planned.failed.length)}\n`);
  if (planned.failed.length > 0) process.exitCode = exitCodes.failed;
}

function reportText({ created, skipped, failed }: SegmentBatchResource, written: boolean): string {
  const refused = failed.flatMap(({ name, errors }) => [
    `refused  ${name}`,
    ...errors.map(({ reason, message, help, ...extra }) => indented(problemText({ reason, message, help, extra }))),
  ]);
  const lines = [...created.map(({ name }) => `create   ${name}`), ...skipped.map(({ name }) => `taken    ${name}`), ...refused];
  const sum = `${created.length} ${written ? 'created' : 'would be created'}, ${skipped.length} taken already, ${failed.length} refused`;
  return [...lines, sum].join('\n');
}

function nothingWritten(asked: boolean, refused: number): string {
  if (!asked) return 'Dry run: nothing was written. Add --write to store them.';
  return `Nothing was written, since ${refused === 1 ? 'a segment was' : `${refused} segments were`} refused. Give their columns new names with --map, or delete what the target cannot hold from the source.`;
}
