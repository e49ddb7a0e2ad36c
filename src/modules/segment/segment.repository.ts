import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/env.module.js';
import type { Env } from '../../config/env.js';
import { foldCase } from '../../list-query/fold-case.js';
import type { ListQuery } from '../../list-query/list-query.js';
import { leftJoin, type ListSource, type Scope } from '../../list-query/list-source.js';
import type { Page } from '../../list-query/page.js';
import type { SqlRow, Statement } from '../../sql/engine.js';
import { chunks } from '../../sql/chunks.js';
import { readPage } from '../../sql/read-page.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import { SqlError } from '../../sql/sql-error.js';
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
import type { AuditStamp } from '../user/audited.entity.js';
import { segmentsCreated, segmentsDeleted } from '../segment-event/segment-change.repository.js';
import { addToCount, countOfModel, countOfProjects, noMoreThan } from './segment-count.repository.js';
import { modelStillAs, noneButSeen, type SeenPage } from './segment-race.repository.js';
import { SegmentColumn } from './segment-column.entity.js';
import { SegmentText } from './segment-text.entity.js';
import { Segment } from './segment.entity.js';
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

/** What people wrote of a segment. */
export type SegmentTexts = Pick<Segment, 'id' | 'name' | 'definition' | 'description'>;

const texts = 'id, name, definition, description';
/** Segments that are read at once where all of a model are. */
const textsAtOnce = 500;

const toTexts = ([id, name, definition, description]: SqlRow): SegmentTexts => ({
  id: String(id),
  name: String(name),
  definition: String(definition),
  description: String(description),
});

export type NewSegment = Pick<
  Segment,
  'id' | 'organizationId' | 'projectId' | 'modelId' | 'name' | 'description' | 'definition' | 'fingerprint'
> &
  AuditStamp & { readonly columns: readonly string[] };

export type CreateOutcome = 'created' | 'full' | 'model changed';

/** Rows of one INSERT: few enough that the longest texts fit into a packet (16 MiB). */
const rowsAtOnce = 100;
const columnsAtOnce = 1_000;

@Injectable()
export class SegmentRepository {
  constructor(
    private readonly sql: Sql,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Segments that a model may have. */
  get quota(): number {
    return this.env.segmentsPerModel;
  }

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

  /** Ids by name, of those names that the model has. */
  async idsByName(modelId: string, names: readonly string[]): Promise<Map<string, string>> {
    const ids = new Map<string, string>();
    for (const some of chunks(names, textsAtOnce)) {
      const { sql, params } = allOf(scopeIn('segment.model_id', [modelId]), scopeIn('segment.name', some));
      const rows = await this.sql.read(`SELECT name, id FROM segment WHERE ${sql}`, params);
      for (const [name, id] of rows) ids.set(String(name), String(id));
    }
    return ids;
  }

  /** What the segments of a model say, by name: all of them, the first so many, or those with these ids. */
  async definitions(modelId: string, { ids, atMost }: { ids?: readonly string[]; atMost?: number } = {}): Promise<SegmentTexts[]> {
    const ofModel = scopeIn('segment.model_id', [modelId]);
    const { sql, params } = ids === undefined ? ofModel : allOf(ofModel, scopeIn('segment.id', ids));
    const limit = atMost === undefined ? '' : ` LIMIT ${atMost}`;
    const rows = await this.sql.read(`SELECT ${texts} FROM segment WHERE ${sql} ORDER BY name${limit}`, params);
    return rows.map(toTexts);
  }

  /**
   * The same, by and by, so that no number of segments fills the memory. It is no snapshot: a segment that comes or goes meanwhile may
   * or may not be among them.
   */
  async *pagesOf(modelId: string): AsyncGenerator<SegmentTexts[]> {
    const sql = `SELECT ${texts} FROM segment WHERE model_id = ? AND name > ? ORDER BY name LIMIT ${textsAtOnce}`;
    for (let last: string | undefined = ''; last !== undefined;) {
      const rows: SqlRow[] = await this.sql.read(sql, [modelId, last]);
      if (rows.length > 0) yield rows.map(toTexts);
      last = rows.length < textsAtOnce ? undefined : String(rows.at(-1)?.[1]);
    }
  }

  /** As the function of this name, for this database. */
  noneButSeen(modelId: string, pages: readonly SeenPage[], columns: readonly string[]): Statement[] {
    return noneButSeen(this.sql.engineName, modelId, pages, columns);
  }

  /** How many segments the model has. */
  async count(organizationId: string, modelId: string): Promise<number> {
    const { sql, params } = countOfModel(organizationId, modelId);
    const [row] = await this.sql.read(sql, params);
    return Number(row?.[0]);
  }

  /** In any organization: ids are unique over all. */
  async idExists(id: string): Promise<boolean> {
    return (await this.sql.read('SELECT 1 FROM segment WHERE id = ?', [id])).length > 0;
  }

  /** Segments of the model whose definition means the same, oldest first, at most so many. */
  async findTwins(modelId: string, fingerprint: string, atMost: number): Promise<{ id: string; name: string }[]> {
    const sql = `SELECT id, name FROM segment WHERE model_id = ? AND fingerprint = ? ORDER BY created_at, id LIMIT ${atMost}`;
    const rows = await this.sql.read(sql, [modelId, fingerprint]);
    return rows.map(([id, name]) => ({ id: String(id), name: String(name) }));
  }

  /** Whatever the quota says. */
  insert(segment: NewSegment): Statement[] {
    return this.insertAll([segment]);
  }

  /**
   * Segments of one model, counted once. Written in the order of their names: two that write some of the same names at once then wait
   * for one another, where in two orders each would wait for the other. The feed tells of them in the order in which they were given.
   */
  private insertAll(segments: readonly NewSegment[]): Statement[] {
    const [first] = segments;
    if (first === undefined) return [];
    const inOrder = segments.toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const statements = chunks(inOrder, rowsAtOnce).flatMap((chunk) => this.rows(chunk));
    return [...statements, ...segmentsCreated(this.sql, segments), addToCount(this.sql.engineName, first, segments.length)];
  }

  /** The segments, the columns that their definitions read, and the texts that search looks through. */
  private rows(segments: readonly NewSegment[]): Statement[] {
    const written = segments.map(({ columns, ...segment }) => {
      const { id: segmentId, organizationId, projectId, modelId, createdById } = segment;
      const [nameFolded, descriptionFolded, definitionFolded] = [segment.name, segment.description, segment.definition].map(foldCase);
      const words = `${nameFolded}\n${descriptionFolded}\n${definitionFolded}`;
      return {
        row: { ...segment, nameFolded, descriptionFolded, definitionFolded },
        columns: columns.map((columnName) => ({ segmentId, columnName })),
        text: { organizationId, segmentId, projectId, modelId, createdById, words },
      };
    });
    const rows = written.map(({ row }) => row);
    const columns = written.flatMap((one) => one.columns);
    const texts = written.map(({ text }) => text);
    return [
      this.sql.insert(Segment, rows),
      ...chunks(columns, columnsAtOnce).map((chunk) => this.sql.insert(SegmentColumn, chunk)),
      this.sql.insert(SegmentText, texts),
    ];
  }

  /** Undoes its batch when the segment is gone already. */
  delete({ id, name, createdAt, organization, project, model }: SegmentRecord, actorId: string): Statement[] {
    const place = { organizationId: organization.id, projectId: project.id, modelId: model.id };
    const row = { sql: 'DELETE FROM segment WHERE id = ? AND organization_id = ?', params: [id, organization.id], atLeast: 1 };
    return [row, ...segmentsDeleted(this.sql, [{ id, name, createdAt, ...place }], actorId), addToCount(this.sql.engineName, place, -1)];
  }

  write(statements: readonly Statement[]): Promise<number[]> {
    return this.sql.write(statements);
  }

  /**
   * Creates segments of one model.
   * @param updatedAt the state of the model over whose columns their definitions were checked
   * @param kept to be written with them, first
   * @returns what undid it, when not created: then nothing is written
   */
  async create(segments: readonly NewSegment[], updatedAt: string, kept: readonly Statement[] = []): Promise<CreateOutcome> {
    const [first] = segments;
    const checks = first === undefined ? [] : [modelStillAs(first.modelId, updatedAt), noMoreThan(first.modelId, this.quota)];
    const statements = [...kept, ...this.insertAll(segments), ...checks];
    if (statements.length === 0) return 'created';
    try {
      const counts = await this.sql.write(statements);
      if (counts.at(-1) !== 0) return 'created';
      return counts.length < statements.length ? 'model changed' : 'full';
    } catch (error) {
      // Of many at once in a full model, one that is undone may make others lose, until they give up: yet what they lack is room.
      if (first === undefined || !(error instanceof SqlError) || error.kind !== 'try again') throw error;
      if ((await this.count(first.organizationId, first.modelId)) + segments.length <= this.quota) throw error;
      return 'full';
    }
  }

  private page(from: ListSource, scope: Scope, query: ListQuery): Promise<Page<SegmentRecord>> {
    return readPage(this.sql, from, scope, query, toRecord);
  }
}
