import { Injectable } from '@nestjs/common';
import { chunks } from '../../sql/chunks.js';
import type { SqlRow, Statement } from '../../sql/engine.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import { noneButSeen, type SeenPage } from './segment-race.repository.js';
import type { Segment } from './segment.entity.js';

/** What people wrote of a segment. */
export type SegmentTexts = Pick<Segment, 'id' | 'name' | 'definition' | 'description'>;

const texts = 'id, name, definition, description';
/** Segments that are read at once where all of a model are. */
export const textsAtOnce = 500;

const toTexts = ([id, name, definition, description]: SqlRow): SegmentTexts => ({
  id: String(id),
  name: String(name),
  definition: String(definition),
  description: String(description),
});

/** Names and texts of one model's segments, for those who look through them. */
@Injectable()
export class SegmentTextRepository {
  constructor(private readonly sql: Sql) {}

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

  /** Segments of the model whose definition means the same, oldest first, at most so many. */
  async findTwins(modelId: string, fingerprint: string, atMost: number): Promise<{ id: string; name: string }[]> {
    const sql = `SELECT id, name FROM segment WHERE model_id = ? AND fingerprint = ? ORDER BY created_at, id LIMIT ${atMost}`;
    const rows = await this.sql.read(sql, [modelId, fingerprint]);
    return rows.map(([id, name]) => ({ id: String(id), name: String(name) }));
  }
}
