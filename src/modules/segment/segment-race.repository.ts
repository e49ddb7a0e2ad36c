import { mysqlDialect, sqliteDialect } from '../../list-query/dialect.js';
import type { SqlEngine, Statement } from '../../sql/engine.js';

/*
 * A definition is checked over the columns of a model before it is written, and columns are checked against the definitions of a model
 * before they are. Each of the two batches ends by looking whether the other one came in between. The row of the model keeps them apart:
 * a segment's foreign key shares it from the INSERT to the commit, and who changes the model has it alone.
 */

/** Undoes its batch unless the model is still as it was when its columns were read. Behind the INSERT of a segment of it. */
export const modelStillAs = (modelId: string, updatedAt: string): Statement => ({
  sql: 'SELECT 1 FROM model WHERE id = ? AND updated_at = ?',
  params: [modelId, updatedAt],
  atLeast: 1,
});

/** Segments that were looked at, of all that have a name behind `after`, up to that of the next page. */
export interface SeenPage {
  readonly after: string;
  readonly ids: readonly string[];
}

const byIndex: Readonly<Record<SqlEngine['name'], readonly [segment: string, column: string]>> = {
  mysql: [mysqlDialect.byIndex('uq_segment_name'), mysqlDialect.byIndex('PRIMARY')],
  sqlite: [sqliteDialect.byIndex('uq_segment_name'), ''],
};

/**
 * Undo their batch when the model has a segment that reads one of these columns and was not seen. Behind a change of the model's row.
 * @param pages of all its segments by name; the first one is `after: ''`
 */
export function noneButSeen(
  engine: SqlEngine['name'],
  modelId: string,
  pages: readonly SeenPage[],
  columns: readonly string[],
): Statement[] {
  const [segmentIndex, columnIndex] = byIndex[engine];
  if (columns.length === 0) return [];
  return pages.map(({ after, ids }, at) => {
    const upTo = pages[at + 1]?.after;
    const names = `s.name > ?${upTo === undefined ? '' : ' AND s.name <= ?'}`;
    const others = ids.length === 0 ? '' : ` AND s.id NOT IN (${marks(ids)})`;
    const reads = `SELECT 1 FROM segment_column c${columnIndex} WHERE c.segment_id = s.id AND c.column_name IN (${marks(columns)})`;
    const unseen = `SELECT 1 FROM segment s${segmentIndex} WHERE s.model_id = m.id AND ${names}${others} AND EXISTS (${reads})`;
    return {
      sql: `SELECT 1 FROM model m WHERE m.id = ? AND NOT EXISTS (${unseen})`,
      params: [modelId, after, ...(upTo === undefined ? [] : [upTo]), ...ids, ...columns],
      atLeast: 1,
    };
  });
}

const marks = (values: readonly unknown[]): string => values.map(() => '?').join(', ');
