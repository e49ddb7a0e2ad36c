import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { conflict, notFound } from '../../errors/app-error.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { SqlError } from '../../sql/sql-error.js';
import { stampCreated } from '../user/audited.entity.js';
import type { Stated } from '../user/audited.repository.js';
import { may, requireRole, type Caller } from '../user/caller.js';
import type { Action } from '../user/roles.js';
import { UserService } from '../user/user.service.js';
import { ProjectRepository, type ProjectRecord } from './project.repository.js';
import type { ProjectCompact } from './project.resource.js';
import { SegmentUseService } from './segment-use.service.js';

@Injectable()
export class ProjectService {
  constructor(
    private readonly projects: ProjectRepository,
    private readonly users: UserService,
    private readonly uses: SegmentUseService,
  ) {}

  /** The projects that the caller may see. */
  list(caller: Caller, query: ListQuery): Promise<Page<ProjectRecord>> {
    const all = may(caller, 'see project');
    return this.projects.find(caller.organizationId, query, all ? undefined : [...caller.projectRoles.keys()].sort());
  }

  async get(caller: Caller, id: string): Promise<ProjectRecord & Stated> {
    const project = await this.projects.findById(caller.organizationId, id);
    if (project === undefined) throw notFound('project');
    await requireRole(caller, 'read project', id);
    return project;
  }

  /** What others show of a project that they belong to. Says nothing of who may know it. */
  async compact(caller: Caller, id: string): Promise<ProjectCompact> {
    const project = await this.projects.findCompact(caller.organizationId, id);
    if (project === undefined) throw notFound('project');
    return { id, name: project.name, asset_type: project.assetType };
  }

  /** Tells whether a project is still as it was, without reading it. */
  async state(caller: Caller, id: string): Promise<Stated> {
    const found = await this.projects.findState(caller.organizationId, id);
    if (found === undefined) throw notFound('project');
    await requireRole(caller, 'read project', id);
    return found;
  }

  /**
   * Refuses what the caller may not do in this project, before anything is said about the request.
   * @throws AppError not-found before forbidden, so that another organization's project cannot be told from none
   */
  async requireAccess(caller: Caller, id: string, action: Action): Promise<void> {
    if (!(await this.projects.exists(caller.organizationId, id))) throw notFound('project');
    await requireRole(caller, action, id);
  }

  /** Whoever creates a project becomes its Project Admin. */
  async create(caller: Caller, { name }: { name: string }): Promise<ProjectRecord> {
    await requireRole(caller, 'create project');
    const id = uuidv7();
    const now = new Date().toISOString();
    const project = { id, organizationId: caller.organizationId, name, assetType: 'ML_MODEL' as const, ...stampCreated(caller, now) };
    try {
      await this.projects.write([this.projects.insert(project), this.projects.insertMember(id, caller.id, 'Project Admin', now)]);
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate')
        throw conflict(
          `A project named "${name}" exists already in this organization.`,
          'Choose another name, or use the project that is there.',
          'name',
        );
      throw error;
    }
    this.users.forget(caller.id);
    const created = await this.projects.findById(caller.organizationId, id);
    if (created === undefined) throw notFound('project');
    return created;
  }

  async delete(caller: Caller, id: string): Promise<void> {
    await this.requireAccess(caller, id, 'delete project');
    const members = await this.projects.memberIds(id);
    const deletion = { id, organizationId: caller.organizationId, actorId: caller.id };
    const [deleted] = await this.uses.unlessInUse(caller, 'project', id, id, () => this.projects.write(this.projects.delete(deletion)));
    if (deleted === 0) throw notFound('project');
    for (const member of members) this.users.forget(member);
  }
}
