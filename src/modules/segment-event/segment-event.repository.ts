import { Injectable } from '@nestjs/common';
import { mysqlDialect } from '../../list-query/dialect.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { ListSource } from '../../list-query/list-source.js';
import type { Page } from '../../list-query/page.js';
import type { SqlEngine, SqlRow, SqlValue, Statement } from '../../sql/engine.js';
import { readPage } from '../../sql/read-page.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import { SqlError } from '../../sql/sql-error.js';
import { storedTime, wireTime } from '../../sql/time-text.js';
import type { UserCompact } from '../user/user.resource.js';
import type { EventType } from './segment-event.entity.js';
import { segmentEventFields } from './segment-event.fields.js';

export interface SegmentEventRecord {
  readonly id: string;
  readonly sequence: number;
  readonly type: EventType;
  readonly occurredAt: string;
  readonly segment: { readonly id: string; readonly name: string };
  readonly model: { readonly id: string };
  readonly project: { readonly id: string };
  readonly actor: UserCompact;
}

/** Events that are numbered, or deleted, at once. */
const batch = 500;

const source: ListSource = {
  fields: segmentEventFields,
  table: 'segment_event',
  alias: 'e',
  joins: [{ table: 'user', alias: 'au', key: 'e.actor_id' }],
  columns: 'e.id, e.sequence, e.type, e.occurred_at, e.segment_id, e.segment_name, e.model_id, e.project_id, au.id, au.full_name, au.email',
};

const toRecord = (row: SqlRow): SegmentEventRecord => ({
  id: row[0] as string,
  sequence: Number(row[1]),
  type: row[2] as EventType,
  occurredAt: wireTime(row[3] as string),
  segment: { id: row[4] as string, name: row[5] as string },
  model: { id: row[6] as string },
  project: { id: row[7] as string },
  actor: { id: row[8] as string, full_name: row[9] as string, email: row[10] as string },
});

/** Readers of one moment see the same rows and the same last number, or none: one statement is one snapshot. */
const unnumberedSql = `SELECT e.id, c.last FROM segment_event e LEFT JOIN segment_event_cursor c ON c.organization_id = e.organization_id
  WHERE e.organization_id = ? AND e.sequence = 0 ORDER BY e.occurred_at, e.type, e.id LIMIT ${batch}`;

@Injectable()
export class SegmentEventRepository {
  constructor(private readonly sql: Sql) {}

  /** Events in these projects, and in those that the user could read until they were deleted. */
  find(organizationId: string, projectIds: readonly string[], userId: string, query: ListQuery): Promise<Page<SegmentEventRecord>> {
    const { sql: inProjects, params } = scopeIn('e.project_id', projectIds);
    const untilDeleted =
      'EXISTS (SELECT 1 FROM segment_event_reader r WHERE r.user_id = ? AND r.project_id = e.project_id AND e.occurred_at <= r.read_until)';
    const readable = { sql: `(${inProjects} OR ${untilDeleted})`, params: [...params, userId], needs: new Set(['e']) };
    const numbered = { sql: 'e.sequence > 0', params: [], needs: new Set(['e']) };
    const scope = { ...allOf(scopeIn('e.organization_id', [organizationId]), numbered, readable), unique: ['sequence'] };
    return readPage(this.sql, source, scope, query, toRecord);
  }

  /**
   * Numbers the oldest events that are committed and have no number yet. Who writes an event cannot number it: a transaction that
   * took its number first may commit last, when a reader has gone past it. Here a number is given after the commit, in the turn that
   * the cursor's row allows, so that whoever sees a number sees all lower ones. Writers neither wait for this nor for one another.
   * @returns whether there may be more
   */
  async number(organizationId: string): Promise<boolean> {
    const rows = await this.sql.read(unnumberedSql, [organizationId]);
    if (rows.length === 0) return false;
    const ids = rows.map(([id]) => String(id));
    const last = rows[0]![1] ?? null;
    const taken = Number(last) + ids.length;
    const take =
      last === null
        ? { sql: 'INSERT INTO segment_event_cursor (organization_id, last) VALUES (?, ?)', params: [organizationId, taken] }
        : {
            sql: 'UPDATE segment_event_cursor SET last = ? WHERE organization_id = ? AND last = ?',
            params: [taken, organizationId, last],
            atLeast: 1,
          };
    try {
      const [mine] = await this.sql.write([take, numbering(this.sql.engineName, ids, Number(last))]);
      // Another reader was quicker: theirs are numbered, perhaps not all of them.
      return mine === 0 || ids.length === batch;
    } catch (error) {
      if (error instanceof SqlError && error.kind === 'duplicate') return true;
      throw error;
    }
  }

  /** Deletes some events of all organizations that happened before. @returns whether there may be more */
  async prune(before: string): Promise<boolean> {
    const old = await this.sql.read(`SELECT id FROM segment_event WHERE occurred_at < ? ORDER BY occurred_at LIMIT ${batch}`, [
      storedTime(before),
    ]);
    const ids = old.map(([id]) => String(id));
    const marks = ids.map(() => '?').join(', ');
    if (ids.length > 0) await this.sql.write([{ sql: `DELETE FROM segment_event WHERE id IN (${marks})`, params: ids }]);
    if (ids.length === batch) return true;
    await this.sql.write([{ sql: 'DELETE FROM segment_event_reader WHERE read_until < ?', params: [storedTime(before)] }]);
    return false;
  }
}

/** Held to the primary key: a plan that read the table whole would wait for every row that others are about to commit. */
const byId: Readonly<Record<SqlEngine['name'], string>> = { mysql: mysqlDialect.byIndex('PRIMARY'), sqlite: '' };

function numbering(engine: SqlEngine['name'], ids: readonly string[], last: number): Statement {
  const cases = ids.map(() => 'WHEN ? THEN ?').join(' ');
  const params: SqlValue[] = [...ids.flatMap((id, at) => [id, last + at + 1]), ...ids];
  return {
    sql: `UPDATE segment_event${byId[engine]} SET sequence = CASE id ${cases} END WHERE id IN (${ids.map(() => '?').join(', ')})`,
    params,
  };
}
