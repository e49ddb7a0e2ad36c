import { Option, type Command } from 'commander';
import { segmentFormatNames } from '../modules/segment/segment-file.js';
import type { ExportOptions } from './export.action.js';
import { modelArgument } from './import/model-argument.js';
import type { ModelAddress } from './import/model-address.js';

export function addExportCommand(program: Command): void {
  program
    .command('export')
    .argument('<model>', 'the model version: its id, or project/model/version', modelArgument)
    .description(
      'Writes all segments of a model version as a file that import-segments reads: the same as GET /v3/models/{id}/segments/export.',
    )
    .requiredOption('--as <email>', 'the user in whose name segments are read; their role must allow it')
    .addOption(new Option('--format <format>', 'format of the file').choices(segmentFormatNames).default('json'))
    .option('--out <file>', 'where to write it, over what is there; without it, standard output')
    .addHelpText(
      'after',
      '\nExamples:\n  admin export churn/churn_model/v1 --as vic@acme.test > segments.json\n  admin export churn/churn_model/v1 --as vic@acme.test --format csv --out segments.csv',
    )
    .action(async (model: ModelAddress, options: ExportOptions) => (await import('./export.action.js')).exportModel(model, options));
}
