import type { Command } from 'commander';
import type { ImportOptions } from './import-segments.action.js';
import { modelArgument } from './model-argument.js';

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
    .action(async (file: string, options: ImportOptions) => (await import('./import-segments.action.js')).importFile(file, options));
}
