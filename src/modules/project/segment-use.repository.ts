import { Injectable } from '@nestjs/common';
import { Sql } from '../../sql/sql.js';

/** What a delete would take segments from. */
export type Holder = 'segment' | 'model' | 'project';

/** A reference to a segment, as somebody needs to know it who wants the segment to go. */
export interface SegmentUse {
  readonly segmentId: string;
  readonly segmentName: string;
  readonly kind: string;
  readonly key: string;
  readonly name: string;
}

const holderColumns: Readonly<Record<Holder, string>> = { segment: 's.id', model: 's.model_id', project: 's.project_id' };
const useSql = (holder: Holder): string =>
  `FROM segment s JOIN segment_reference r ON r.segment_id = s.id WHERE ${holderColumns[holder]} = ? AND s.organization_id = ?`;

@Injectable()
export class SegmentUseRepository {
  constructor(private readonly sql: Sql) {}

  /** The references to segments of the holder by name of the segment, at most so many of them; and how many there are. */
  async find(organizationId: string, holder: Holder, id: string, atMost: number): Promise<{ uses: SegmentUse[]; total: number }> {
    const from = useSql(holder);
    const sql = `SELECT s.id, s.name, r.kind, r.reference_key, r.name ${from} ORDER BY s.name, s.id, r.kind, r.reference_key LIMIT ?`;
    const rows = await this.sql.read(sql, [id, organizationId, String(atMost)]);
    const uses = rows.map((row) => {
      const [segmentId, segmentName, kind, key, name] = row.map(String);
      return { segmentId: segmentId!, segmentName: segmentName!, kind: kind!, key: key!, name: name! };
    });
    if (uses.length < atMost) return { uses, total: uses.length };
    const [count] = await this.sql.read(`SELECT COUNT(*) ${from}`, [id, organizationId]);
    return { uses, total: Number(count?.[0]) };
  }
}
