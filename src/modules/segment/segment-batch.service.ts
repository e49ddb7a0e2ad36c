import { Injectable } from '@nestjs/common';
import { AppError, notFound } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import { SqlError } from '../../sql/sql-error.js';
import type { Keep } from '../idempotency/idempotency.service.js';
import { attemptsOnModel, modelChanged } from '../model/model-changed.js';
import type { ModelPlace } from '../model/model.repository.js';
import { ModelService } from '../model/model.service.js';
import { stampCreated } from '../user/audited.entity.js';
import type { Caller } from '../user/caller.js';
import { checkAll, type BatchDraft, type BatchItem } from './batch-check.js';
import { answerOf, planBatch, refusalOf } from './batch-plan.js';
import { quotaExceeded } from './quota-exceeded.js';
import type { BulkSegmentsDto, OnConflict } from './segment-batch.dto.js';
import type { SegmentBatchResource } from './segment-batch.resource.js';
import { checkContent, nameSent } from './segment-content.js';
import { SegmentTextRepository } from './segment-text.repository.js';
import { SegmentWriteRepository } from './segment-write.repository.js';

interface BatchOptions {
  readonly on_conflict?: OnConflict;
  readonly dry_run?: boolean;
}

/** Segments of one model, created all or none. */
@Injectable()
export class SegmentBatchService {
  constructor(
    private readonly segments: SegmentWriteRepository,
    private readonly texts: SegmentTextRepository,
    private readonly models: ModelService,
  ) {}

  async bulk(caller: Caller, modelId: string, dto: BulkSegmentsDto, keep?: Keep<SegmentBatchResource>): Promise<SegmentBatchResource> {
    const model = await this.models.require(caller, modelId, 'write');
    const draftsOver = (columns: Columns) => dto.segments.map((value, index) => draftOf(value, `segments[${index}]`, columns));
    return this.create(caller, model, draftsOver, dto, keep);
  }

  /**
   * Columns that somebody else changes at this very moment are looked at again, as often as for one segment.
   * @param draftsOver the segments over the columns that the model has
   * @param keep what keeps the answer, in the same transaction
   * @throws AppError conflict when names and the quota are the only trouble, else invalid; then nothing is written
   */
  async create(
    caller: Caller,
    model: ModelPlace,
    draftsOver: (columns: Columns) => readonly BatchDraft[],
    options: BatchOptions,
    keep?: Keep<SegmentBatchResource>,
  ): Promise<SegmentBatchResource> {
    for (let attempt = 0; attempt < attemptsOnModel; attempt++) {
      const { columns, updatedAt } = await this.models.knownColumns(model.id);
      const answer = await this.write(caller, { ...model, updatedAt }, await checkAll(draftsOver(columns)), options, keep);
      if (answer !== undefined) return answer;
      this.models.forget(model.id);
    }
    throw modelChanged();
  }

  /**
   * Names and room that somebody else takes at this very moment are conflicts like others: the database says so, and the plan is made
   * anew.
   * @param model with the state for which the items were checked
   * @returns undefined when the model is in another state: then nothing is written
   */
  private async write(
    caller: Caller,
    model: ModelPlace,
    items: readonly BatchItem[],
    { on_conflict = 'fail', dry_run = false }: BatchOptions,
    keep: Keep<SegmentBatchResource> | undefined,
  ): Promise<SegmentBatchResource | undefined> {
    const names = [...new Set(items.flatMap(({ content }) => ('name' in content ? [content.name] : [])))];
    let lost: { readonly error: Error; readonly created: number } | undefined;
    for (;;) {
      const taken = await this.texts.idsByName(model.id, names);
      const has = await this.segments.count(caller.organizationId, model.id);
      const plan = planBatch(items, { taken, has, quota: this.segments.quota }, on_conflict);
      if (dry_run) return answerOf(plan, false);
      if (plan.failed.length > 0) throw refusalOf(plan);
      // Neither name nor room was the trouble, but the key of the request, or segments that are gone again.
      if (lost !== undefined && plan.created.length >= lost.created) throw lost.error;
      const answer = answerOf(plan, true);
      const stamp = stampCreated(caller, new Date().toISOString());
      const place = { organizationId: caller.organizationId, projectId: model.projectId, modelId: model.id };
      const rows = plan.created.map((segment) => ({ ...segment, ...place, ...stamp }));
      try {
        const outcome = await this.segments.create(rows, model.updatedAt, keep?.(answer));
        if (outcome !== 'full') return outcome === 'created' ? answer : undefined;
        lost = { error: new AppError('conflict', [quotaExceeded(this.segments.quota, 'segments')]), created: plan.created.length };
      } catch (error) {
        if (error instanceof SqlError && error.kind === 'missing parent') throw notFound('model');
        if (!(error instanceof SqlError) || error.kind !== 'duplicate') throw error;
        lost = { error, created: plan.created.length };
      }
    }
  }
}

function draftOf(value: unknown, place: string, columns: Columns): BatchDraft {
  return { place, nameField: `${place}.name`, name: nameSent(value) ?? null, check: () => checkContent(value, columns, place) };
}
