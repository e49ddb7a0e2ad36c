import { v7 as uuidv7 } from 'uuid';
import { mysqlDialect, sqliteDialect } from '../../list-query/dialect.js';
import { foldCase } from '../../list-query/fold-case.js';
import { chunks } from '../../sql/chunks.js';
import type { SqlEngine, Statement } from '../../sql/engine.js';
import type { Sql } from '../../sql/sql.js';
import { whenThere } from '../../sql/when-there.js';
import { storedTime } from '../../sql/time-text.js';
import { permissions } from '../user/roles.js';
import { SegmentEvent, type EventType } from './segment-event.entity.js';

/*
 * The feed is written where segments are: EVERY batch that creates or deletes segments must include one of these, so that the change
 * and its event happen together or not at all.
 */

/** Rows of one INSERT. */
const rowsAtOnce = 500;

/** What an event tells of one segment; `createdAt` is ISO 8601. */
interface ChangedSegment {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string;
  readonly modelId: string;
  readonly name: string;
  readonly createdAt: string;
}

type NewSegment = ChangedSegment & { readonly createdById: string };

/** Segments that the same batch inserts. */
export function segmentsCreated(sql: Pick<Sql, 'insert'>, segments: readonly NewSegment[]): Statement[] {
  const events = segments.map((segment) => eventOf('segment.created', segment, segment.createdById, segment.createdAt));
  return inserts(sql, events);
}

/** Segments that the same batch deletes by their ids; behind those DELETEs, which undo the batch when a segment is gone already. */
export function segmentsDeleted(sql: Pick<Sql, 'insert'>, segments: readonly ChangedSegment[], actorId: string): Statement[] {
  const now = new Date().toISOString();
  // Never before its creation, though another process's clock was ahead.
  const events = segments.map((segment) => eventOf('segment.deleted', segment, actorId, segment.createdAt > now ? segment.createdAt : now));
  return inserts(sql, events);
}

type Event = ReturnType<typeof eventOf>;

function eventOf(type: EventType, { id, name, organizationId, projectId, modelId }: ChangedSegment, actorId: string, occurredAt: string) {
  const segment = { segmentId: id, segmentName: name, segmentNameFolded: foldCase(name) };
  return { id: uuidv7(), sequence: 0, type, occurredAt, actorId, organizationId, projectId, modelId, ...segment };
}

const inserts = (sql: Pick<Sql, 'insert'>, events: readonly Event[]): Statement[] =>
  chunks(events, rowsAtOnce).map((some) => sql.insert(SegmentEvent, some));

/** What is the engine's own in rows that the database makes itself: a random id (version 4), the later of two times. */
const dialects = {
  mysql: {
    id: uuidOf(
      (bytes) => `HEX(RANDOM_BYTES(${bytes}))`,
      (parts) => `CONCAT(${parts.join(', ')})`,
    ),
    laterThan: (time: string) => `GREATEST(CAST(? AS DATETIME(3)), ${time})`,
    byIndex: mysqlDialect.byIndex,
  },
  sqlite: {
    id: uuidOf(
      (bytes) => `HEX(RANDOMBLOB(${bytes}))`,
      (parts) => parts.join(' || '),
    ),
    laterThan: (time: string) => `MAX(?, ${time})`,
    byIndex: sqliteDialect.byIndex,
  },
} as const satisfies Record<SqlEngine['name'], object>;

function uuidOf(hex: (bytes: number) => string, concat: (parts: readonly string[]) => string): string {
  const short = `SUBSTR(${hex(2)}, 2)`;
  return `LOWER(${concat([hex(4), "'-'", hex(2), "'-4'", short, "'-8'", short, "'-'", hex(6)])})`;
}

/** What takes segments with it: the column that names it, and the index that finds them, so that no other segment is locked. */
const parents = {
  model: { column: 'model_id', index: 'uq_segment_name' },
  project: { column: 'project_id', index: 'ix_segment_in_project_name' },
} as const;

/** Of a model or project with its segments. */
export interface Deletion {
  readonly id: string;
  readonly organizationId: string;
  readonly actorId: string;
}

/**
 * Segments that go by foreign key with the parent that the same batch deletes; before its DELETE. The first statement holds the
 * parent, so that no segment is made in it between being told of and being deleted; when the parent is gone already it touches
 * nothing and undoes the batch. Who could read a project may read of its end.
 */
export function segmentsDeletedWith(engine: SqlEngine['name'], parent: keyof typeof parents, deletion: Deletion): Statement[] {
  const { id, organizationId, actorId } = deletion;
  const { column, index } = parents[parent];
  const { id: newId, laterThan, byIndex } = dialects[engine];
  const now = storedTime(new Date().toISOString());
  const hold = `UPDATE ${parent} SET updated_by_id = updated_by_id WHERE id = ? AND organization_id = ?`;
  const tell = `INSERT INTO segment_event
      (id, organization_id, sequence, type, occurred_at, actor_id, segment_id, segment_name, segment_name_folded, model_id, project_id)
    SELECT ${newId}, s.organization_id, 0, 'segment.deleted', ${laterThan('s.created_at')}, ?, s.id, s.name, s.name_folded, s.model_id, s.project_id
    FROM segment s${byIndex(index)} WHERE s.${column} = ? AND s.organization_id = ?`;
  return [
    { sql: hold, params: [id, organizationId], atLeast: 1 },
    { sql: tell, params: [now, actorId, id, organizationId], long: true },
    ...(parent === 'project' ? [keepReaders(engine, id, now)] : []),
  ];
}

/** As long as the last event of the project: a segment's creation may lie a little ahead of our clock. */
function keepReaders(engine: SqlEngine['name'], projectId: string, now: string): Statement {
  const { laterThan } = dialects[engine];
  const newest = 'COALESCE((SELECT MAX(s.created_at) FROM segment s WHERE s.project_id = m.project_id), m.created_at)';
  const marks = permissions.read.map(() => '?').join(', ');
  const sql = `INSERT INTO segment_event_reader (user_id, project_id, read_until)
    SELECT m.user_id, m.project_id, ${laterThan(newest)} FROM project_member m WHERE m.project_id = ? AND m.role IN (${marks})
    ${whenThere(engine, ['user_id', 'project_id'], (given) => `read_until = ${given('read_until')}`)}`;
  return { sql, params: [now, projectId, ...permissions.read] };
}
