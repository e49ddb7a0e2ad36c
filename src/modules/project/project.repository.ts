import { Injectable } from '@nestjs/common';
import { foldCase } from '../../list-query/fold-case.js';
import type { ListQuery } from '../../list-query/list-query.js';
import { leftJoin, type ListSource } from '../../list-query/list-source.js';
import type { Page } from '../../list-query/page.js';
import type { SqlRow, Statement } from '../../sql/engine.js';
import { readPage } from '../../sql/read-page.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import type { OrganizationCompact } from '../organization/organization.resource.js';
import { auditColumns, auditJoins, auditOf, stateColumns, stateOf, type Audit, type Stated } from '../user/audited.repository.js';
import type { AuditStamp } from '../user/audited.entity.js';
import type { ProjectRole } from '../user/roles.js';
import { segmentsDeletedWith, type Deletion } from '../segment-event/segment-change.repository.js';
import { ProjectMember } from './project-member.entity.js';
import { Project, type AssetType } from './project.entity.js';
import { projectFields } from './project.fields.js';

export interface ProjectRecord extends Audit {
  readonly id: string;
  readonly name: string;
  readonly assetType: AssetType;
  readonly organization: OrganizationCompact;
}

const columns = `p.id, p.name, p.asset_type, o.id, o.name, ${auditColumns('p')}`;
const joins = [{ table: 'organization', alias: 'o', key: 'p.organization_id' }, ...auditJoins('p')];
const source: ListSource = { fields: projectFields, table: 'project', alias: 'p', joins, columns };
const these = 'WHERE p.id = ? AND p.organization_id = ?';
const oneSql = `SELECT ${columns}, ${stateColumns('p')} FROM project p ${joins.map(leftJoin).join(' ')} ${these}`;
const afterAudit = 13;
const stateSql = `SELECT ${stateColumns('p')} FROM project p ${auditJoins('p').map(leftJoin).join(' ')} ${these}`;

const toRecord = (row: SqlRow): ProjectRecord => ({
  id: row[0] as string,
  name: row[1] as string,
  assetType: row[2] as AssetType,
  organization: { id: row[3] as string, name: row[4] as string },
  ...auditOf(row, 5),
});

@Injectable()
export class ProjectRepository {
  constructor(private readonly sql: Sql) {}

  /** Projects of the organization, or only those with these ids. */
  find(organizationId: string, query: ListQuery, ids?: readonly string[]): Promise<Page<ProjectRecord>> {
    const tenant = scopeIn('p.organization_id', [organizationId]);
    return readPage(this.sql, source, ids === undefined ? tenant : allOf(tenant, scopeIn('p.id', ids)), query, toRecord);
  }

  async findById(organizationId: string, id: string): Promise<(ProjectRecord & Stated) | undefined> {
    const [row] = await this.sql.read(oneSql, [id, organizationId]);
    return row && { ...toRecord(row), state: stateOf(row, afterAudit) };
  }

  async findState(organizationId: string, id: string): Promise<Stated | undefined> {
    const [row] = await this.sql.read(stateSql, [id, organizationId]);
    return row && { state: stateOf(row, 0) };
  }

  async findCompact(organizationId: string, id: string): Promise<Pick<ProjectRecord, 'id' | 'name' | 'assetType'> | undefined> {
    const [row] = await this.sql.read('SELECT id, name, asset_type FROM project WHERE id = ? AND organization_id = ?', [
      id,
      organizationId,
    ]);
    return row && { id: row[0] as string, name: row[1] as string, assetType: row[2] as AssetType };
  }

  async exists(organizationId: string, id: string): Promise<boolean> {
    return (await this.sql.read('SELECT 1 FROM project WHERE id = ? AND organization_id = ?', [id, organizationId])).length > 0;
  }

  async findByName(organizationId: string, name: string): Promise<{ id: string; assetType: AssetType } | undefined> {
    const [row] = await this.sql.read('SELECT id, asset_type FROM project WHERE organization_id = ? AND name = ?', [organizationId, name]);
    return row && { id: row[0] as string, assetType: row[1] as AssetType };
  }

  async names(organizationId: string): Promise<string[]> {
    return (await this.sql.read('SELECT name FROM project WHERE organization_id = ?', [organizationId])).map(String);
  }

  /** In any organization: ids are unique over all. */
  async idExists(id: string): Promise<boolean> {
    return (await this.sql.read('SELECT 1 FROM project WHERE id = ?', [id])).length > 0;
  }

  /** Users with a role in the project. */
  async memberIds(projectId: string): Promise<string[]> {
    return (await this.sql.read('SELECT user_id FROM project_member WHERE project_id = ?', [projectId])).map((row) => String(row[0]));
  }

  async memberRole(projectId: string, userId: string): Promise<ProjectRole | undefined> {
    const [row] = await this.sql.read('SELECT role FROM project_member WHERE project_id = ? AND user_id = ?', [projectId, userId]);
    return row?.[0] as ProjectRole | undefined;
  }

  insert(project: Pick<Project, 'id' | 'organizationId' | 'name' | 'assetType'> & AuditStamp): Statement {
    return this.sql.insert(Project, { ...project, nameFolded: foldCase(project.name) });
  }

  insertMember(projectId: string, userId: string, role: ProjectRole, now: string): Statement {
    return this.sql.insert(ProjectMember, { projectId, userId, role, createdAt: now });
  }

  updateMember(projectId: string, userId: string, role: ProjectRole): Statement {
    return { sql: 'UPDATE project_member SET role = ? WHERE project_id = ? AND user_id = ?', params: [role, projectId, userId] };
  }

  deleteMember(projectId: string, userId: string): Statement {
    return { sql: 'DELETE FROM project_member WHERE project_id = ? AND user_id = ?', params: [projectId, userId] };
  }

  /** Models, segments and memberships go with it: their foreign keys cascade. The first statement undoes its batch when it is gone already. */
  delete(deletion: Deletion): Statement[] {
    const sql = 'DELETE FROM project WHERE id = ? AND organization_id = ?';
    const row: Statement = { sql, params: [deletion.id, deletion.organizationId], long: true };
    return [...segmentsDeletedWith(this.sql.engineName, 'project', deletion), row];
  }

  write(statements: readonly Statement[]): Promise<number[]> {
    return this.sql.write(statements);
  }
}
