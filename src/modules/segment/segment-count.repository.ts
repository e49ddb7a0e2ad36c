import type { Sql } from '../../list-query/sql.js';
import type { SqlEngine, Statement } from '../../sql/engine.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { whenThere } from '../../sql/when-there.js';
import type { Segment } from './segment.entity.js';

/** A few: enough that two processes seldom share one, and a total stays the sum of few rows. */
const slots = 4;

/** This process's slot. One for all that it writes, so that a transaction locks one row of a model, whatever it does there. */
const slot = Math.floor(Math.random() * slots);

const columns = 'project_id, model_id, slot, organization_id, total';
const key = ['project_id', 'model_id', 'slot'];

/**
 * Counts so many segments more, or fewer. It stands last in the transaction that writes them: its row is then locked no longer than
 * the commit takes.
 */
export function addToCount(
  engine: SqlEngine['name'],
  { projectId, modelId, organizationId }: Pick<Segment, 'projectId' | 'modelId' | 'organizationId'>,
  segments: number,
): Statement {
  const sql = `INSERT INTO segment_count (${columns}) VALUES (?, ?, ?, ?, ?) ${whenThere(engine, key, () => 'total = total + ?')}`;
  return { sql, params: [projectId, modelId, slot, organizationId, segments, segments] };
}

/**
 * Undoes its batch when the model has more segments than this. Behind `addToCount`, for whose row the writers of one process wait in
 * turn, so that each sees what those before it counted; itself it waits for nobody. Processes of other slots may each fill the last
 * place at the very same moment, so a model may have a few more: as many as there are other slots, times what one batch brings.
 */
export const noMoreThan = (modelId: string, segments: number): Statement => ({
  sql: 'SELECT 1 FROM (SELECT SUM(total) AS total FROM segment_count WHERE model_id = ?) AS n WHERE n.total <= ?',
  params: [modelId, segments],
  atLeast: 1,
});

/** The number of all segments of these projects. */
export const countOfProjects = (organizationId: string, projectIds: readonly string[]): Sql =>
  sumOf(organizationId, 'n.project_id', projectIds);

/** The number of all segments of the model. */
export const countOfModel = (organizationId: string, modelId: string): Sql => sumOf(organizationId, 'n.model_id', [modelId]);

function sumOf(organizationId: string, column: string, ids: readonly string[]): Sql {
  const { sql, params } = allOf(scopeIn('n.organization_id', [organizationId]), scopeIn(column, ids));
  return { sql: `SELECT COALESCE(SUM(n.total), 0) AS total FROM segment_count n WHERE ${sql}`, params };
}
