import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Option, type Command } from 'commander';
import { segmentFormatNames } from '../modules/segment/segment-file.js';
import { SegmentExportService } from '../modules/segment/segment-export.service.js';
import { modelArgument } from './import/model-argument.js';
import type { ModelAddress } from './import/model-address.js';
import { ModelFinder } from './import/model-finder.js';
import { requireCaller } from './require-user.js';
import { unusable } from './text-file.js';
import { withApp, type AdminApp } from './with-app.js';

interface ExportOptions {
  readonly as: string;
  readonly format: string;
  readonly out?: string;
}

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
    .action((model: ModelAddress, options: ExportOptions) =>
      withApp({ pending: 'refuse' }, (admin) => exportSegments(admin, model, options)),
    );
}

async function exportSegments({ app }: AdminApp, address: ModelAddress, { as, format, out }: ExportOptions): Promise<void> {
  const caller = await requireCaller(app, as);
  const model = await app.get(ModelFinder).find(caller, address, 'read');
  const { pieces } = await app.get(SegmentExportService).export(caller, model.id, format);
  if (out === undefined) return pipeline(Readable.from(pieces), process.stdout, { end: false });
  await pipeline(Readable.from(pieces), await opened(out));
}

/** What the file system says, in words that tell what to do. */
const reasons: Readonly<Record<string, [string, string]>> = {
  ENOENT: ['cannot be made: its directory does not exist', 'Make the directory, or name another one.'],
  EISDIR: ['is a directory', 'Name a file in it.'],
  EACCES: ['may not be written by this user', 'Change its permissions, or run the command as another user.'],
};

/** @throws AppError when it cannot be written */
function opened(path: string): Promise<Writable> {
  return new Promise((resolve, reject) => {
    const file = createWriteStream(path);
    file.once('open', () => resolve(file));
    file.once('error', (error: NodeJS.ErrnoException) =>
      reject(unusable(`The file ${path}`, ...(reasons[String(error.code)] ?? [`cannot be written (${error.code})`, 'Check the path.']))),
    );
  });
}
