import { Injectable } from '@nestjs/common';
import { invalid } from '../../errors/app-error.js';
import { quote } from '../../list-query/quote.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import { isSegmentFormat, segmentFile, segmentFileName, segmentFormatNames, segmentFormats } from './segment-file.js';
import { SegmentTextRepository } from './segment-text.repository.js';

export interface SegmentExport {
  readonly fileName: string;
  /** Media type. */
  readonly type: string;
  /** Text, read from the database as it is taken. */
  readonly pieces: AsyncIterable<string>;
}

/** All segments of a model as a file. */
@Injectable()
export class SegmentExportService {
  constructor(
    private readonly models: ModelService,
    private readonly texts: SegmentTextRepository,
  ) {}

  /** @throws AppError before the first piece when the caller may not read the model or the format is unknown */
  async export(caller: Caller, modelId: string, format = 'json'): Promise<SegmentExport> {
    const model = await this.models.require(caller, modelId, 'read');
    if (!isSegmentFormat(format)) throw unknownFormat(format);
    // What fails most likely fails at once, when there is still an answer that can say so.
    const pages = await started(this.texts.pagesOf(model.id));
    return { fileName: segmentFileName(model, format), type: segmentFormats[format].type, pieces: segmentFile(pages, format) };
  }
}

const unknownFormat = (format: string): Error =>
  invalid({
    reason: 'BadRequest',
    message: `The parameter format is unknown: ${quote(format)}.`,
    help: `Known: ${segmentFormatNames.join(', ')}.`,
    field: 'format',
  });

/** The same pages, of which the first is there. */
async function started<T>(pages: AsyncGenerator<T>): Promise<AsyncIterable<T>> {
  const first = await pages.next();
  return (async function* () {
    if (first.done !== true) yield first.value;
    yield* pages;
  })();
}
