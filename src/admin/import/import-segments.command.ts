import type { Command } from 'commander';
import { exitCodes } from '../exit-codes.js';
import { requireCaller } from '../require-user.js';
import { withApp, type AdminApp } from '../with-app.js';
import { readImport } from './import-file.js';
import { reportJson, reportText } from './import-report.js';
import { ImportService } from './import.service.js';
import type { ModelAddress } from './model-address.js';
import { modelArgument } from './model-argument.js';
import { ModelFinder } from './model-finder.js';

interface ImportOptions {
  readonly model: ModelAddress;
  readonly as: string;
  readonly write?: boolean;
  readonly skipInvalid?: boolean;
  readonly json?: boolean;
}

export function addImportSegmentsCommand(program: Command): void {
  program
    .command('import-segments <file>')
    .description(
      'Imports segments from a .csv file (header name,definition,description) or a .json file (an array, {"segments": […]}, or the answer of a list request) into one model version. Without --write it only tells what would happen.',
    )
    .requiredOption('--model <model>', 'the model version: its id, or project/model/version', modelArgument)
    .requiredOption('--as <email>', 'the user in whose name segments are created; their role must allow it')
    .option('--write', 'store the segments, all of them or none')
    .option('--skip-invalid', 'leave out the rows that are refused instead of storing nothing')
    .option('--json', 'print the report as one JSON object')
    .addHelpText(
      'after',
      '\nA segment that is there already with the same definition and description is left as it is; with others it is refused.\n\nExamples:\n  admin import-segments --model churn/churn_model/v2 --as wim@acme.test segments.csv\n  admin import-segments --model churn/churn_model/v2 --as wim@acme.test segments.csv --write\n  admin import-segments --model 0190a6b2-7c1e-7000-8000-000000000001 --as wim@acme.test answer.json --write --skip-invalid',
    )
    .action((file: string, options: ImportOptions) =>
      withApp({ pending: 'refuse', json: options.json }, (admin) => importSegments(admin, file, options)),
    );
}

async function importSegments({ app }: AdminApp, file: string, { model, as, write, skipInvalid, json }: ImportOptions): Promise<void> {
  const { rows, notes } = readImport(file);
  const caller = await requireCaller(app, as);
  const importer = app.get(ImportService);
  const plan = await importer.plan(caller, await app.get(ModelFinder).find(caller, model), rows);
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
