import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { AppError, notFound } from '../../errors/app-error.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { SqlError } from '../../sql/sql-error.js';
import type { Keep } from '../idempotency/idempotency.service.js';
import { attemptsOnModel, modelChanged } from '../model/model-changed.js';
import type { ModelPlace } from '../model/model.repository.js';
import { ModelService } from '../model/model.service.js';
import { ProjectService } from '../project/project.service.js';
import { SegmentUseService } from '../project/segment-use.service.js';
import { stampCreated } from '../user/audited.entity.js';
import type { Stated } from '../user/audited.repository.js';
import { readableProjects, requireRole, type Caller } from '../user/caller.js';
import { nameTaken } from './name-taken.js';
import { quotaExceeded } from './quota-exceeded.js';
import { acceptDefinition } from './segment-definition.js';
import type { CreateSegmentDto } from './segment.dto.js';
import { SegmentTextRepository } from './segment-text.repository.js';
import { SegmentWriteRepository, type NewSegment } from './segment-write.repository.js';
import { SegmentRepository, type SegmentRecord } from './segment.repository.js';

@Injectable()
export class SegmentService {
  constructor(
    private readonly segments: SegmentRepository,
    private readonly texts: SegmentTextRepository,
    private readonly stored: SegmentWriteRepository,
    private readonly models: ModelService,
    private readonly projects: ProjectService,
    private readonly uses: SegmentUseService,
  ) {}

  /** All segments that the caller may read. */
  list(caller: Caller, query: ListQuery): Promise<Page<SegmentRecord>> {
    return this.segments.find(caller.organizationId, readableProjects(caller), query);
  }

  async listOfModel(caller: Caller, modelId: string, query: ListQuery): Promise<Page<SegmentRecord>> {
    await this.models.require(caller, modelId, 'read');
    return this.segments.findOfModel(caller.organizationId, modelId, query);
  }

  async get(caller: Caller, id: string): Promise<SegmentRecord & Stated> {
    const segment = await this.segments.findById(caller.organizationId, id);
    if (segment === undefined) throw notFound('segment');
    await requireRole(caller, 'read', segment.project.id);
    return segment;
  }

  /**
   * Refuses what the caller may not do with this segment, before anything is said about the request.
   * @throws AppError not-found before forbidden, so that another organization's segment cannot be told from none
   */
  async require(caller: Caller, id: string, action: 'read' | 'write'): Promise<Stated> {
    const standing = await this.segments.findStanding(caller.organizationId, id);
    if (standing === undefined) throw notFound('segment');
    await requireRole(caller, action, standing.projectId);
    return standing;
  }

  /**
   * @param keep what keeps the answer, in the same transaction
   * @throws AppError conflict when the name is taken or the model is full
   */
  async create(caller: Caller, dto: CreateSegmentDto, keep?: Keep<SegmentRecord>): Promise<SegmentRecord> {
    for (let attempt = 0; attempt < attemptsOnModel; attempt++) {
      const created = await this.createOnce(caller, dto, keep);
      if (created !== 'model changed') return created;
      this.models.forget(dto.model_id);
    }
    throw modelChanged();
  }

  private async createOnce(caller: Caller, dto: CreateSegmentDto, keep?: Keep<SegmentRecord>): Promise<SegmentRecord | 'model changed'> {
    const model = await this.models.require(caller, dto.model_id, 'write');
    const { columns, updatedAt } = await this.models.knownColumns(model.id);
    const accepted = acceptDefinition(dto.definition, columns);
    const id = uuidv7();
    const segment = {
      id,
      organizationId: caller.organizationId,
      projectId: model.projectId,
      modelId: model.id,
      name: dto.name,
      description: dto.description ?? '',
      ...accepted,
      ...stampCreated(caller, new Date().toISOString()),
    };
    try {
      const record = keep && (await this.preview(caller, model, segment));
      const outcome = await this.stored.create([segment], updatedAt, record === undefined ? [] : keep!(record));
      if (outcome === 'model changed') return outcome;
      if (outcome === 'full') throw new AppError('conflict', [quotaExceeded(this.stored.quota, 'model_id')]);
      return record ?? (await this.get(caller, id));
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate') {
        const taken = nameTaken(dto.name, (await this.texts.idsByName(model.id, [dto.name])).get(dto.name), 'name');
        throw new AppError('conflict', [taken]);
      }
      if (error instanceof SqlError && error.kind === 'missing parent') throw notFound('model');
      throw error;
    }
  }

  async delete(caller: Caller, id: string): Promise<void> {
    const segment = await this.segments.findById(caller.organizationId, id);
    if (segment === undefined) throw notFound('segment');
    await requireRole(caller, 'write', segment.project.id);
    const [deleted] = await this.uses.unlessInUse(caller, 'segment', id, segment.project.id, () =>
      this.stored.write(this.stored.delete(segment, caller.id)),
    );
    if (deleted === 0) throw notFound('segment');
  }

  /** The segment as it will be read once it is written: an answer that is kept must be known before that. */
  private async preview(caller: Caller, model: ModelPlace, segment: NewSegment): Promise<SegmentRecord> {
    const { id, name, description, definition, createdAt, updatedAt } = segment;
    const project = await this.projects.compact(caller, model.projectId);
    const author = { id: caller.id, full_name: caller.fullName, email: caller.email };
    return {
      id,
      name,
      description,
      definition,
      organization: { id: caller.organizationId, name: caller.organizationName },
      project,
      model: { id: model.id, name: model.name, version: model.version },
      createdAt,
      updatedAt,
      createdBy: author,
      updatedBy: author,
    };
  }
}
