import type { SegmentBatchResource } from '../modules/segment/segment-batch.resource.js';
import { SegmentCopyService } from '../modules/segment/segment-copy.service.js';
import { exitCodes } from './exit-codes.js';
import type { ModelAddress } from './import/model-address.js';
import { ModelFinder } from './import/model-finder.js';
import { indented, problemText } from './problem-text.js';
import { requireCaller } from './require-user.js';
import { withApp, type AdminApp } from './with-app.js';

export interface CopyOptions {
  readonly as: string;
  readonly map: Readonly<Record<string, string>>;
  readonly write?: boolean;
  readonly skipTaken?: boolean;
  readonly json?: boolean;
}

export const copy = (source: ModelAddress, target: ModelAddress, options: CopyOptions): Promise<void> =>
  withApp({ pending: 'refuse', json: options.json }, (admin) => copySegments(admin, source, target, options));

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
