import { setImmediate as breathe } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { AppError, conflict, type Problem } from '../../errors/app-error.js';
import { SqlError } from '../../sql/sql-error.js';
import { columnsOf } from '../model/model-columns.js';
import { checkModelContent, contentOf } from '../model/model-content.js';
import type { ColumnSchema } from '../model/model-schema.js';
import { ModelRepository, type FullModelRecord } from '../model/model.repository.js';
import { ModelService, versionTaken } from '../model/model.service.js';
import { inspectDefinition } from '../segment/segment-definition.js';
import { SegmentRepository } from '../segment/segment.repository.js';
import type { Caller } from '../user/caller.js';
import type { UpdateModelDto } from './model-update.dto.js';

/** Definitions that are checked before others get their turn. */
const atOnce = 100;

/** Changes a model version. Above the segments, since none of them may break by it: they cannot be changed to follow. */
@Injectable()
export class ModelUpdateService {
  constructor(
    private readonly models: ModelService,
    private readonly stored: ModelRepository,
    private readonly segments: SegmentRepository,
  ) {}

  /** @throws AppError conflict when a segment would break, the version is taken, or the model was changed at the same moment */
  async update(caller: Caller, id: string, dto: UpdateModelDto): Promise<FullModelRecord> {
    const place = await this.models.require(caller, id, 'write');
    const before = await this.models.get(caller, id);
    const { schema, spec, details } = before;
    const content = checkModelContent({ ...details, schema, spec, ...contentOf(dto) });
    await this.requireSegmentsToHold(id, schema, content.schema);
    const { name, version, description, task, inputType, artifactStatus } = before;
    const changed = {
      name,
      task,
      inputType,
      artifactStatus,
      ...content,
      version: dto.version ?? version,
      description: dto.description === undefined ? description : (dto.description ?? ''),
      updatedAt: laterThan(before.updatedAt),
      updatedById: caller.id,
    };
    try {
      const [unchanged] = await this.stored.write([this.stored.unchanged(caller.organizationId, place), this.stored.update(id, changed)]);
      if (unchanged === 0) throw conflict('The model was changed or deleted at the same moment.', 'Read it again, then repeat the change.');
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate') throw versionTaken(name, changed.version);
      throw error;
    }
    this.models.forget(id);
    return this.models.get(caller, id);
  }

  /** Every segment of the model must still make sense over its new columns. */
  private async requireSegmentsToHold(modelId: string, before: ColumnSchema, after: ColumnSchema): Promise<void> {
    if (typesOf(before) === typesOf(after)) return;
    const columns = columnsOf(after);
    const problems: Problem[] = [];
    for (const [index, { name, definition }] of (await this.segments.definitions(modelId)).entries()) {
      if (index % atOnce === atOnce - 1) await breathe();
      const verdict = inspectDefinition(definition, columns);
      if (!verdict.valid) problems.push(broken(name, verdict.errors[0]!.message));
    }
    const [first, ...others] = problems.slice(0, limits.problemsPerAnswer);
    if (first !== undefined) throw new AppError('conflict', [first, ...others]);
  }
}

/** What the language knows of columns. */
const typesOf = ({ columns }: ColumnSchema): string => JSON.stringify(columns.map(({ name, data_type }) => [name, data_type]));

const broken = (segment: string, why: string): Problem => ({
  reason: 'Conflict',
  message: `The segment "${segment}" would break: ${why}`,
  help: 'Keep the columns that it uses, or delete the segment first.',
  field: 'schema.columns',
});

/** Now, but never the time of the last change: that time tells one state of the model from the next. */
const laterThan = (time: string): string => new Date(Math.max(Date.now(), Date.parse(time) + 1)).toISOString();
