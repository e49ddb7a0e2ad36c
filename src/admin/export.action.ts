import { createWriteStream } from 'node:fs';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { textsAtOnce } from '../modules/segment/segment-text.repository.js';
import { SegmentWriteRepository } from '../modules/segment/segment-write.repository.js';
import { SegmentExportService } from '../modules/segment/segment-export.service.js';
import type { ModelAddress } from './import/model-address.js';
import { ModelFinder } from './import/model-finder.js';
import { withProgress, type Progress } from './progress.js';
import { requireCaller } from './require-user.js';
import { unusable } from './text-file.js';
import { withApp, type AdminApp } from './with-app.js';

export interface ExportOptions {
  readonly as: string;
  readonly format: string;
  readonly out?: string;
}

export const exportModel = (model: ModelAddress, options: ExportOptions): Promise<void> =>
  withApp({ pending: 'refuse' }, (admin) => exportSegments(admin, model, options));

async function exportSegments({ app }: AdminApp, address: ModelAddress, { as, format, out }: ExportOptions): Promise<void> {
  const caller = await requireCaller(app, as);
  const model = await app.get(ModelFinder).find(caller, address, 'read');
  const { pieces } = await app.get(SegmentExportService).export(caller, model.id, format);
  if (out === undefined) return pipeline(Readable.from(pieces), process.stdout, { end: false });
  const pages = Math.ceil((await app.get(SegmentWriteRepository).count(caller.organizationId, model.id)) / textsAtOnce);
  await withProgress('export', false, async (progress) => pipeline(Readable.from(counted(pieces, pages, progress)), await opened(out)));
}

/** The same pieces, one for each page and one for the end. */
async function* counted(pieces: AsyncIterable<string>, pages: number, progress: Progress): AsyncGenerator<string> {
  let done = 0;
  for await (const piece of pieces) {
    yield piece;
    progress(++done, pages + 1);
  }
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
