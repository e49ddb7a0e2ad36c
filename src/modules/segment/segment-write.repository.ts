import { Inject, Injectable } from '@nestjs/common';
import { ENV } from '../../config/env.module.js';
import type { Env } from '../../config/env.js';
import { foldCase } from '../../list-query/fold-case.js';
import { chunks } from '../../sql/chunks.js';
import type { Statement } from '../../sql/engine.js';
import { Sql } from '../../sql/sql.js';
import { SqlError } from '../../sql/sql-error.js';
import { segmentsCreated, segmentsDeleted } from '../segment-event/segment-change.repository.js';
import type { AuditStamp } from '../user/audited.entity.js';
import { SegmentColumn } from './segment-column.entity.js';
import { addToCount, countOfModel, noMoreThan } from './segment-count.repository.js';
import { modelStillAs } from './segment-race.repository.js';
import { SegmentText } from './segment-text.entity.js';
import { Segment } from './segment.entity.js';
import type { SegmentRecord } from './segment.repository.js';

export type NewSegment = Pick<
  Segment,
  'id' | 'organizationId' | 'projectId' | 'modelId' | 'name' | 'description' | 'definition' | 'fingerprint'
> &
  AuditStamp & { readonly columns: readonly string[] };

export type CreateOutcome = 'created' | 'full' | 'model changed';

/** Rows of one INSERT: few enough that the longest texts fit into a packet (16 MiB). */
const rowsAtOnce = 100;
const columnsAtOnce = 1_000;

/** Segments come and go here, each with its columns, its texts, its event and its place in the count. */
@Injectable()
export class SegmentWriteRepository {
  constructor(
    private readonly sql: Sql,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** Segments that a model may have. */
  get quota(): number {
    return this.env.segmentsPerModel;
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
}
