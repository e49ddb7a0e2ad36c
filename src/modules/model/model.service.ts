import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { v7 as uuidv7 } from 'uuid';
import { conflict, notFound } from '../../errors/app-error.js';
import type { Columns } from '../../fql/columns.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { caches } from '../../metrics/tallies.js';
import { SqlError } from '../../sql/sql-error.js';
import { ProjectService } from '../project/project.service.js';
import { SegmentUseService } from '../project/segment-use.service.js';
import { stampCreated } from '../user/audited.entity.js';
import type { Stated } from '../user/audited.repository.js';
import { readableProjects, requireRole, type Caller } from '../user/caller.js';
import type { Job } from './job.entity.js';
import { JobRepository } from './job.repository.js';
import { columnsOf } from './model-columns.js';
import { checkModelContent, contentOf } from './model-content.js';
import type { CreateModelDto } from './model.dto.js';
import { ModelRepository, type FullModelRecord, type ModelPlace, type ModelRecord } from './model.repository.js';

/** Models whose columns are kept ready for the language. */
const schemasKept = 500;

/** Columns, and when the model was last changed, as the database has it. */
export interface KnownColumns {
  readonly columns: Columns;
  readonly updatedAt: string;
}

export interface ModelListScope {
  /** Only models of this project. */
  readonly projectId: string | undefined;
  /** Of each name in a project only the version that was made last. */
  readonly latestOnly: boolean;
}

@Injectable()
export class ModelService {
  private readonly columnsById = new LRUCache<string, KnownColumns>({ max: schemasKept });

  constructor(
    private readonly models: ModelRepository,
    private readonly jobs: JobRepository,
    private readonly projects: ProjectService,
    private readonly uses: SegmentUseService,
  ) {}

  /** The models that the caller may read. */
  list(caller: Caller, query: ListQuery, { projectId, latestOnly }: ModelListScope): Promise<Page<ModelRecord>> {
    const projectIds = readableProjects(caller).filter((id) => projectId === undefined || id === projectId);
    return this.models.find(caller.organizationId, projectIds, query, latestOnly);
  }

  async get(caller: Caller, id: string): Promise<FullModelRecord> {
    const model = await this.models.findFull(caller.organizationId, id);
    if (model === undefined) throw notFound('model');
    await requireRole(caller, 'read', model.project.id);
    return model;
  }

  /** Tells whether a model is still as it was, without reading it. */
  async state(caller: Caller, id: string): Promise<Stated> {
    const standing = await this.models.findStanding(caller.organizationId, id);
    if (standing === undefined) throw notFound('model');
    await requireRole(caller, 'read', standing.projectId);
    return standing;
  }

  async create(caller: Caller, dto: CreateModelDto): Promise<FullModelRecord> {
    await this.projects.requireAccess(caller, dto.project_id, 'write');
    const id = uuidv7();
    const { name, version = 'v1' } = dto;
    const model = {
      id,
      organizationId: caller.organizationId,
      projectId: dto.project_id,
      name,
      version,
      description: dto.description ?? '',
      inputType: dto.input_type,
      task: dto.task,
      artifactStatus: 'no_model' as const,
      ...checkModelContent(contentOf(dto)),
      ...stampCreated(caller, new Date().toISOString()),
    };
    try {
      await this.models.write([this.models.insert(model)]);
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate') throw versionTaken(name, version);
      if (error instanceof SqlError && error.kind === 'missing parent') throw notFound('project');
      throw error;
    }
    return this.get(caller, id);
  }

  /** Deletes the model with its segments at once; the job says so to clients that wait for one. */
  async delete(caller: Caller, id: string): Promise<Pick<Job, 'id' | 'name'>> {
    const { project, name, version } = await this.get(caller, id);
    await requireRole(caller, 'write', project.id);
    const job = {
      id: uuidv7(),
      organizationId: caller.organizationId,
      name: 'Delete model',
      status: 'SUCCESS' as const,
      progress: 100,
      info: JSON.stringify({
        resource_type: 'MODEL',
        resource_name: name,
        project_name: project.name,
        project,
        model: { id, name, version },
      }),
      createdAt: new Date().toISOString(),
    };
    const deletion = { id, organizationId: caller.organizationId, actorId: caller.id };
    const [deleted] = await this.uses.unlessInUse(caller, 'model', id, project.id, () =>
      this.models.write([...this.models.delete(deletion), this.jobs.insert(job)]),
    );
    if (deleted === 0) throw notFound('model');
    this.forget(id);
    return job;
  }

  /**
   * A model of the caller's organization in which they may do this.
   * @throws AppError not-found before forbidden, so that another organization's model cannot be told from none
   */
  async require(caller: Caller, id: string, action: 'read' | 'write'): Promise<ModelPlace> {
    const model = await this.models.findPlace(caller.organizationId, id);
    if (model === undefined) throw notFound('model');
    await requireRole(caller, action, model.projectId);
    // Another process may have changed it.
    const known = this.columnsById.get(id);
    if (known !== undefined && known.updatedAt !== model.updatedAt) this.forget(id);
    return model;
  }

  /** To be called when its columns have changed, by this process or another. */
  forget(id: string): void {
    this.columnsById.delete(id);
  }

  /** The columns that a definition over this model may use. */
  async columns(modelId: string): Promise<Columns> {
    return (await this.knownColumns(modelId)).columns;
  }

  /** The same, with the state of the model that has them: what is written on account of them is to be bound to it. */
  async knownColumns(modelId: string): Promise<KnownColumns> {
    const known = this.columnsById.get(modelId);
    caches.model_columns.add(known === undefined ? 'miss' : 'hit');
    if (known !== undefined) return known;
    const found = await this.models.findSchema(modelId);
    if (found === undefined) throw notFound('model');
    const read = { columns: columnsOf(found.schema), updatedAt: found.updatedAt };
    this.columnsById.set(modelId, read);
    return read;
  }
}

/** @param version of a model with this name, which the project has already */
export const versionTaken = (name: string, version: string): Error =>
  conflict(
    `A model named "${name}" with version "${version}" exists already in this project.`,
    'Choose another version or name, or use the model that is there.',
    'version',
  );
