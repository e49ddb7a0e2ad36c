import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { AppError, invalid, refuseAny, type Problem } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { renameColumns } from '../../fql/rename-columns.js';
import { nearest } from '../../list-query/nearest.js';
import { meant, quote } from '../../list-query/quote.js';
import { canonicalUuid } from '../../list-query/uuid.js';
import type { Keep } from '../idempotency/idempotency.service.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import type { BatchDraft } from './batch-check.js';
import type { CopySegmentsDto } from './segment-batch.dto.js';
import type { SegmentBatchResource } from './segment-batch.resource.js';
import { SegmentBatchService } from './segment-batch.service.js';
import type { SegmentContent } from './segment-content.js';
import { acceptDefinition, requireValid } from './segment-definition.js';
import { SegmentTextRepository, type SegmentTexts } from './segment-text.repository.js';

/** Segments of one model version for another one, whose columns may have other names. */
@Injectable()
export class SegmentCopyService {
  constructor(
    private readonly texts: SegmentTextRepository,
    private readonly models: ModelService,
    private readonly batches: SegmentBatchService,
  ) {}

  async copy(caller: Caller, modelId: string, dto: CopySegmentsDto, keep?: Keep<SegmentBatchResource>): Promise<SegmentBatchResource> {
    const ids = dto.segment_ids?.map((id) => canonicalUuid(id)!);
    return this.copyThese(caller, modelId, dto, (source) => this.originals(source, ids), keep);
  }

  /** All segments of the source, however many there are: for an operator, who is not bound by what one request may hold. */
  async copyAll(caller: Caller, modelId: string, dto: Omit<CopySegmentsDto, 'segment_ids'>): Promise<SegmentBatchResource> {
    return this.copyThese(caller, modelId, dto, async (source) => {
      const all: SegmentTexts[] = [];
      for await (const page of this.texts.pagesOf(source)) all.push(...page);
      return all;
    });
  }

  private async copyThese(
    caller: Caller,
    modelId: string,
    dto: CopySegmentsDto,
    originalsOf: (modelId: string) => Promise<SegmentTexts[]>,
    keep?: Keep<SegmentBatchResource>,
  ): Promise<SegmentBatchResource> {
    const target = await this.models.require(caller, modelId, 'write');
    const source = await this.models.require(caller, dto.source_model_id, 'read');
    const originals = await originalsOf(source.id);
    const from = await this.models.columns(source.id);
    const draftsOver = (to: Columns): BatchDraft[] => {
      const names = columnNames(dto.column_map ?? {}, from, to);
      return originals.map((original, index) => {
        const place = dto.segment_ids === undefined ? 'source_model_id' : `segment_ids[${index}]`;
        const rename = (text: string) => (names.size === 0 ? text : renameColumns(text, requireValid(text, from, place).tree, names));
        return draftOf(original, place, rename, to);
      });
    };
    return this.batches.create(caller, target, draftsOver, dto, keep);
  }

  /** The segments to copy, in the order asked for. */
  private async originals(modelId: string, ids: readonly string[] | undefined): Promise<SegmentTexts[]> {
    if (ids !== undefined) {
      const found = new Map((await this.texts.definitions(modelId, { ids })).map((segment) => [segment.id, segment]));
      const missing = ids.flatMap((id, index) => (found.has(id) ? [] : [noSuchSegment(`segment_ids[${index}]`)]));
      refuseAny('not-found', missing.slice(0, limits.problemsPerAnswer));
      return ids.map((id) => found.get(id)!);
    }
    const all = await this.texts.definitions(modelId, { atMost: limits.segmentsAtOnce + 1 });
    if (all.length <= limits.segmentsAtOnce) return all;
    throw invalid({
      reason: 'ValidationError',
      message: `The source has more than ${limits.segmentsAtOnce} segments, which is the most that one request copies.`,
      help: `Name at most ${limits.segmentsAtOnce} of them in segment_ids, request by request.`,
      field: 'segment_ids',
    });
  }
}

/** The texts of a segment as they would be over other columns. What is wrong names it, since the request need not. */
function draftOf(
  { name, description, definition }: SegmentTexts,
  place: string,
  rename: (text: string) => string,
  columns: Columns,
): BatchDraft {
  const check = (): SegmentContent => {
    try {
      return { name, description, accepted: acceptDefinition(rename(definition), columns, place) };
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      const [first, ...others] = error.problems;
      const named = (problem: Problem): Problem => ({ ...problem, message: `Segment "${name}": ${problem.message}` });
      throw new AppError(error.kind, [named(first), ...others.map(named)]);
    }
  };
  return { place, nameField: place, name, check };
}

/** @throws AppError invalid, naming each column that is not there */
function columnNames(map: Readonly<Record<string, string>>, from: Columns, to: Columns): Map<string, string> {
  const pairs = Object.entries(map);
  const wrong = pairs.flatMap(([old, wanted]) => [
    ...(from.has(old) ? [] : [{ old, word: old, of: 'source', columns: from }]),
    ...(to.has(wanted) ? [] : [{ old, word: wanted, of: 'target', columns: to }]),
  ]);
  // Only what is shown looks for what was meant: that is work for each column of a model.
  const problems = wrong.slice(0, limits.problemsPerAnswer).map(({ old, word, of, columns }): Problem => {
    const help = `${meant(nearest(word, columns.keys()))}column_map is column of the source → column of the target.`;
    const field = `column_map.${old.slice(0, limits.columnName)}`;
    return { reason: 'ValidationError', message: `The ${of} model has no column ${quote(word)}.`, help, field };
  });
  refuseAny('invalid', problems);
  return new Map(pairs);
}

const noSuchSegment = (field: string): Problem => ({
  reason: 'ObjectNotFound',
  message: 'The source model has no such segment.',
  help: 'Check the id, and that the segment belongs to source_model_id.',
  field,
});
