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
import type { AuditStamp } from '../user/audited.entity.js';
import { segmentsDeletedWith, type Deletion } from '../segment-event/segment-change.repository.js';
import type { ArtifactStatus, InputType, ModelTask } from './model-enums.js';
import { Model } from './model.entity.js';
import { modelFields } from './model.fields.js';
import type { ColumnSchema, ModelDetails, ModelSpec } from './model-schema.js';

export interface ModelRecord extends Audit {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly inputType: InputType;
  readonly task: ModelTask;
  readonly artifactStatus: ArtifactStatus;
  readonly details: ModelDetails;
  readonly organization: OrganizationCompact;
  readonly project: ProjectCompact;
}

export interface FullModelRecord extends ModelRecord, Stated {
  readonly schema: ColumnSchema;
  readonly spec: ModelSpec;
}

/** What another module needs to know of a model to place something in it. */
export interface ModelPlace {
  readonly id: string;
  readonly projectId: string;
  readonly name: string;
  readonly version: string;
  /** As the database has it: tells whether what is remembered of the model still holds. */
  readonly updatedAt: string;
}

const columns = `m.id, m.name, m.version, m.description, m.input_type, m.task, m.artifact_status, m.details, o.id, o.name, p.id, p.name, p.asset_type, ${auditColumns('m')}`;
const joins = [
  { table: 'organization', alias: 'o', key: 'm.organization_id' },
  { table: 'project', alias: 'p', key: 'm.project_id' },
  ...auditJoins('m'),
];
const source: ListSource = { fields: modelFields, table: 'model', alias: 'm', joins, columns };
const joined = joins.map(leftJoin).join(' ');
const standingSql = `SELECT m.project_id, ${stateColumns('m')} FROM model m ${auditJoins('m').map(leftJoin).join(' ')} WHERE m.id = ? AND m.organization_id = ?`;
const fullSql = `SELECT ${columns}, m.column_schema, m.spec, ${stateColumns('m')} FROM model m ${joined} WHERE m.id = ? AND m.organization_id = ?`;
const afterAudit = 21;

const toRecord = (row: SqlRow): ModelRecord => ({
  id: row[0] as string,
  name: row[1] as string,
  version: row[2] as string,
  description: row[3] as string,
  inputType: row[4] as InputType,
  task: row[5] as ModelTask,
  artifactStatus: row[6] as ArtifactStatus,
  details: JSON.parse(row[7] as string) as ModelDetails,
  organization: { id: row[8] as string, name: row[9] as string },
  project: { id: row[10] as string, name: row[11] as string, asset_type: row[12] as ProjectCompact['asset_type'] },
  ...auditOf(row, 13),
});

export type NewModel = Pick<
  Model,
  'id' | 'organizationId' | 'projectId' | 'name' | 'version' | 'description' | 'inputType' | 'task' | 'artifactStatus'
> &
  AuditStamp & { readonly schema: ColumnSchema; readonly spec: ModelSpec; readonly details: ModelDetails };

@Injectable()
export class ModelRepository {
  constructor(private readonly sql: Sql) {}

  /** Models of these projects. `latestOnly`: of each name in a project only the version that was made last. */
  find(organizationId: string, projectIds: readonly string[], query: ListQuery, latestOnly = false): Promise<Page<ModelRecord>> {
    const scope = allOf(scopeIn('m.organization_id', [organizationId]), scopeIn('m.project_id', projectIds));
    return readPage(this.sql, source, latestOnly ? allOf(scope, latest) : scope, query, toRecord);
  }

  async findFull(organizationId: string, id: string): Promise<FullModelRecord | undefined> {
    const [row] = await this.sql.read(fullSql, [id, organizationId]);
    if (row === undefined) return undefined;
    const schema = JSON.parse(row[afterAudit] as string) as ColumnSchema;
    return { ...toRecord(row), schema, spec: JSON.parse(row[afterAudit + 1] as string) as ModelSpec, state: stateOf(row, afterAudit + 2) };
  }

  async findStanding(organizationId: string, id: string): Promise<Standing | undefined> {
    const [row] = await this.sql.read(standingSql, [id, organizationId]);
    return row && { projectId: String(row[0]), state: stateOf(row, 1) };
  }

  async findByName(projectId: string, name: string, version: string): Promise<FullModelRecord | undefined> {
    const sql = 'SELECT id, organization_id FROM model WHERE project_id = ? AND name = ? AND version = ?';
    const [row] = await this.sql.read(sql, [projectId, name, version]);
    return row && this.findFull(row[1] as string, row[0] as string);
  }

  /** In any organization: ids are unique over all. */
  async idExists(id: string): Promise<boolean> {
    return (await this.sql.read('SELECT 1 FROM model WHERE id = ?', [id])).length > 0;
  }

  async findPlace(organizationId: string, id: string): Promise<ModelPlace | undefined> {
    const sql = 'SELECT id, project_id, name, version, updated_at FROM model WHERE id = ? AND organization_id = ?';
    const [row] = await this.sql.read(sql, [id, organizationId]);
    if (row === undefined) return undefined;
    const [own, projectId, name, version, updatedAt] = row.map(String);
    return { id: own!, projectId: projectId!, name: name!, version: version!, updatedAt: updatedAt! };
  }

  async findSchema(id: string): Promise<{ schema: ColumnSchema; updatedAt: string } | undefined> {
    const [row] = await this.sql.read('SELECT column_schema, updated_at FROM model WHERE id = ?', [id]);
    return row && { schema: JSON.parse(row[0] as string) as ColumnSchema, updatedAt: String(row[1]) };
  }

  insert({ schema, spec, details, ...model }: NewModel): Statement {
    return this.sql.insert(Model, {
      ...model,
      ...foldedNames(model),
      columnSchema: JSON.stringify(schema),
      spec: JSON.stringify(spec),
      details: JSON.stringify(details),
    });
  }

  update(
    id: string,
    { schema, spec, details, ...changes }: Omit<NewModel, 'id' | 'organizationId' | 'projectId' | 'createdAt' | 'createdById'>,
  ): Statement {
    return this.sql.update(Model, id, {
      ...changes,
      ...foldedNames(changes),
      columnSchema: JSON.stringify(schema),
      spec: JSON.stringify(spec),
      details: JSON.stringify(details),
    });
  }

  /** Undoes its batch unless the model is still as it was read: nobody's change is lost. */
  unchanged(organizationId: string, { id, updatedAt }: Pick<ModelPlace, 'id' | 'updatedAt'>): Statement {
    const sql = 'UPDATE model SET updated_by_id = updated_by_id WHERE id = ? AND organization_id = ? AND updated_at = ?';
    return { sql, params: [id, organizationId, updatedAt], atLeast: 1 };
  }

  /** Its segments go with it: their foreign key cascades. The first statement undoes its batch when the model is gone already. */
  delete(deletion: Deletion): Statement[] {
    const sql = 'DELETE FROM model WHERE id = ? AND organization_id = ?';
    const row: Statement = { sql, params: [deletion.id, deletion.organizationId], long: true };
    return [...segmentsDeletedWith(this.sql.engineName, 'model', deletion), row];
  }

  write(statements: readonly Statement[]): Promise<number[]> {
    return this.sql.write(statements);
  }
}

/** UUIDv7 ids grow with time, so they settle versions made in the same millisecond. */
const latest = {
  sql: `NOT EXISTS (SELECT 1 FROM model n WHERE n.project_id = m.project_id AND n.name = m.name
    AND (n.created_at > m.created_at OR (n.created_at = m.created_at AND n.id > m.id)))`,
  params: [],
  needs: new Set<string>(['m']),
};

const foldedNames = ({ name, version, description }: Pick<Model, 'name' | 'version' | 'description'>) => ({
  nameFolded: foldCase(name),
  versionFolded: foldCase(version),
  descriptionFolded: foldCase(description),
});
