import { exitCodes } from '../exit-codes.js';
import { withProgress } from '../progress.js';
import { requireCaller } from '../require-user.js';
import { withApp, type AdminApp } from '../with-app.js';
import { readImport } from './import-file.js';
import { reportJson, reportText } from './import-report.js';
import { ImportService } from './import.service.js';
import type { ModelAddress } from './model-address.js';
import { ModelFinder } from './model-finder.js';

export interface ImportOptions {
  readonly model: ModelAddress;
  readonly as: string;
  readonly write?: boolean;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

export const importFile = (file: string, options: ImportOptions): Promise<void> =>
  withApp({ pending: 'refuse', json: options.json }, (admin) => importSegments(admin, file, options));

async function importSegments({ app }: AdminApp, file: string, { model, as, write, skipInvalid, json }: ImportOptions): Promise<void> {
  const { rows, notes } = readImport(file);
  const caller = await requireCaller(app, as);
  const importer = app.get(ImportService);
  const place = await app.get(ModelFinder).find(caller, model);
  const plan = await withProgress('check', json === true, (progress) => importer.plan(caller, place, rows, progress));
  const refused = plan.outcomes.filter(({ change }) => change === 'refused').length;
  const written = write === true && (refused === 0 || skipInvalid === true);
  if (written) await importer.write(plan);
  const report = { outcomes: plan.outcomes, notes, written };
  process.stdout.write(`${json ? reportJson(report) : reportText(report)}\n`);
  if (!written && json !== true) process.stderr.write(`${nothingWritten(write === true, refused)}\n`);
  if (refused > 0 && skipInvalid !== true) process.exitCode = exitCodes.failed;
}

function nothingWritten(write: boolean, refused: number): string {
  if (!write) return 'Dry run: nothing was written. Add --write to store them.';
  return `Nothing was written, since ${refused === 1 ? 'a row was' : `${refused} rows were`} refused. Mend the file, or add --skip-invalid to store the others.`;
}
