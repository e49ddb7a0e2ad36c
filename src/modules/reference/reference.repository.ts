import { Injectable } from '@nestjs/common';
import { v7 as uuidv7 } from 'uuid';
import { foldCase } from '../../list-query/fold-case.js';
import type { ListQuery } from '../../list-query/list-query.js';
import { leftJoin, type ListSource } from '../../list-query/list-source.js';
import type { Page } from '../../list-query/page.js';
import type { SqlRow, SqlValue, Statement } from '../../sql/engine.js';
import { readPage } from '../../sql/read-page.js';
import { allOf, scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import { wireTime } from '../../sql/time-text.js';
import { whenThere } from '../../sql/when-there.js';
import type { UserCompact } from '../user/user.resource.js';
import type { ReferenceAddress } from './reference-address.js';
import { referenceFields } from './reference.fields.js';
import { SegmentReference } from './segment-reference.entity.js';

export interface ReferenceRecord extends ReferenceAddress {
  readonly name: string;
  readonly url: string;
  readonly createdAt: string;
  readonly createdBy: UserCompact;
}

/** The segment that a reference is to, with its tenant. */
export interface ReferredSegment {
  readonly organizationId: string;
  readonly segmentId: string;
}

type NewReference = ReferredSegment & ReferenceAddress & Pick<SegmentReference, 'name' | 'url' | 'createdAt' | 'createdById'>;

const columns = 'r.kind, r.reference_key, r.name, r.url, r.created_at, cu.id, cu.full_name, cu.email';
const joins = [{ table: 'user', alias: 'cu', key: 'r.created_by_id' }];
const source: ListSource = { fields: referenceFields, table: 'segment_reference', alias: 'r', joins, columns };
const addressed = 'segment_id = ? AND organization_id = ? AND kind = ? AND reference_key = ?';
const oneSql = `SELECT ${columns} FROM segment_reference r ${joins.map(leftJoin).join(' ')}
  WHERE r.segment_id = ? AND r.organization_id = ? AND r.kind = ? AND r.reference_key = ?`;
const key = ['segment_id', 'kind', 'reference_key'];

const toRecord = (row: SqlRow): ReferenceRecord => ({
  kind: row[0] as string,
  key: row[1] as string,
  name: row[2] as string,
  url: row[3] as string,
  createdAt: wireTime(row[4] as string),
  createdBy: { id: row[5] as string, full_name: row[6] as string, email: row[7] as string },
});

@Injectable()
export class ReferenceRepository {
  constructor(private readonly sql: Sql) {}

  find({ organizationId, segmentId }: ReferredSegment, query: ListQuery): Promise<Page<ReferenceRecord>> {
    const scope = allOf(scopeIn('r.organization_id', [organizationId]), scopeIn('r.segment_id', [segmentId]));
    return readPage(this.sql, source, scope, query, toRecord);
  }

  async findOne(segment: ReferredSegment, address: ReferenceAddress): Promise<ReferenceRecord | undefined> {
    const [row] = await this.sql.read(oneSql, place(segment, address));
    return row && toRecord(row);
  }

  /**
   * Makes the reference, or changes its name and address. The segment's row is locked first, so that a delete of it and other
   * references to it wait, and then find what this one left.
   * @param atMost references that the segment may then have
   * @returns `no segment` or `too many`, and then nothing is written
   */
  async put({ key: referenceKey, ...reference }: NewReference, atMost: number): Promise<'put' | 'no segment' | 'too many'> {
    const { organizationId, segmentId, name, url } = reference;
    const nameFolded = foldCase(name);
    const row = { ...reference, id: uuidv7(), referenceKey, referenceKeyFolded: foldCase(referenceKey), nameFolded };
    const insert = this.sql.insert(SegmentReference, row);
    const [locked, , counted] = await this.sql.write([
      { ...lock, params: [segmentId, organizationId] },
      {
        sql: `${insert.sql} ${whenThere(this.sql.engineName, key, () => 'name = ?, name_folded = ?, url = ?')}`,
        params: [...insert.params, name, nameFolded, url],
      },
      { ...stillFew, params: [segmentId, organizationId, segmentId, atMost] },
    ]);
    if (locked === 0) return 'no segment';
    return counted === 0 ? 'too many' : 'put';
  }

  /** @returns whether there was such a one */
  async delete(segment: ReferredSegment, address: ReferenceAddress): Promise<boolean> {
    const statement: Statement = { sql: `DELETE FROM segment_reference WHERE ${addressed}`, params: place(segment, address) };
    const [deleted] = await this.sql.write([statement]);
    return deleted !== 0;
  }
}

/** An update that changes nothing: SELECT … FOR UPDATE is MySQL's alone. */
const touch = 'UPDATE segment SET updated_by_id = updated_by_id WHERE id = ? AND organization_id = ?';
const lock = { sql: touch, atLeast: 1 };
const stillFew = { sql: `${touch} AND (SELECT COUNT(*) FROM segment_reference WHERE segment_id = ?) <= ?`, atLeast: 1 };

const place = ({ segmentId, organizationId }: ReferredSegment, { kind, key }: ReferenceAddress): SqlValue[] => [
  segmentId,
  organizationId,
  kind,
  key,
];
