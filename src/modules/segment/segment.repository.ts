import { Injectable } from '@nestjs/common';
import type { ListQuery } from '../../list-query/list-query.js';
import { leftJoin, type ListSource, type Scope } from '../../list-query/list-source.js';
import type { Page } from '../../list-query/page.js';
import type { SqlRow } from '../../sql/engine.js';
import { readPage } from '../../sql/read-page.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import type { ModelCompact } from '../model/model.resource.js';
import type { OrganizationCompact } from '../organization/organization.resource.js';
import type { ProjectCompact } from '../project/project.resource.js';
import {
  auditColumns,
  auditJoins,
  auditOf,
  stateColumns,
  stateOf,
  type Audit,
  type Standing,
  type Stated,
} from '../user/audited.repository.js';
import { countOfModel, countOfProjects } from './segment-count.repository.js';
import { segmentFields } from './segment.fields.js';
import { ordersInModel, ordersInOrganization, ordersInProject } from './segment-orders.js';

export interface SegmentRecord extends Audit {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly definition: string;
  readonly organization: OrganizationCompact;
  readonly project: ProjectCompact;
  readonly model: ModelCompact;
}

const columns = `s.id, s.name, s.description, s.definition, o.id, o.name, p.id, p.name, p.asset_type, m.id, m.name, m.version, ${auditColumns('s')}`;
const joins = [
  { table: 'organization', alias: 'o', key: 's.organization_id' },
  { table: 'project', alias: 'p', key: 's.project_id' },
  { table: 'model', alias: 'm', key: 's.model_id' },
  ...auditJoins('s'),
];
const source: ListSource = { fields: segmentFields, table: 'segment', alias: 's', joins, columns };
/** The copy of the texts is in the order of organizations: of a model, the table itself is the shorter way. */
const organizationSource: ListSource = { ...source, texts: { table: 'segment_text', column: 'words' } };
/** The segment itself never changes, but the version of its model may, and the names of people. */
const state = `${stateColumns('s')}, m.updated_at`;
const these = 'WHERE s.id = ? AND s.organization_id = ?';
const oneSql = `SELECT ${columns}, ${state} FROM segment s ${joins.map(leftJoin).join(' ')} ${these}`;
const afterAudit = 20;
const standingJoins = joins.filter(({ alias }) => ['m', 'cu', 'uu'].includes(alias));
const standingSql = `SELECT s.project_id, ${state} FROM segment s ${standingJoins.map(leftJoin).join(' ')} ${these}`;

const toRecord = (row: SqlRow): SegmentRecord => ({
  id: row[0] as string,
  name: row[1] as string,
  description: row[2] as string,
  definition: row[3] as string,
  organization: { id: row[4] as string, name: row[5] as string },
  project: { id: row[6] as string, name: row[7] as string, asset_type: row[8] as ProjectCompact['asset_type'] },
  model: { id: row[9] as string, name: row[10] as string, version: row[11] as string },
  ...auditOf(row, 12),
});

@Injectable()
export class SegmentRepository {
  constructor(private readonly sql: Sql) {}

  /** Segments of these projects, which are the caller's. */
  find(organizationId: string, projectIds: readonly string[], query: ListQuery): Promise<Page<SegmentRecord>> {
    const scope = allOf(scopeIn('s.organization_id', [organizationId]), scopeIn('s.project_id', projectIds));
    const indexes = projectIds.length === 1 ? ordersInProject : ordersInOrganization;
    return this.page(organizationSource, { ...scope, indexes, total: countOfProjects(organizationId, projectIds) }, query);
  }

  findOfModel(organizationId: string, modelId: string, query: ListQuery): Promise<Page<SegmentRecord>> {
    const scope = allOf(scopeIn('s.organization_id', [organizationId]), scopeIn('s.model_id', [modelId]));
    const kept = { indexes: ordersInModel, total: countOfModel(organizationId, modelId) };
    return this.page(source, { ...scope, unique: ['name'], ...kept }, query);
  }

  async findById(organizationId: string, id: string): Promise<(SegmentRecord & Stated) | undefined> {
    const [row] = await this.sql.read(oneSql, [id, organizationId]);
    return row && { ...toRecord(row), state: stateOf(row, afterAudit) };
  }

  async findStanding(organizationId: string, id: string): Promise<Standing | undefined> {
    const [row] = await this.sql.read(standingSql, [id, organizationId]);
    return row && { projectId: String(row[0]), state: stateOf(row, 1) };
  }

  private page(from: ListSource, scope: Scope, query: ListQuery): Promise<Page<SegmentRecord>> {
    return readPage(this.sql, from, scope, query, toRecord);
  }
}
