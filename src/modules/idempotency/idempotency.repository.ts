import { Injectable } from '@nestjs/common';
import type { Statement } from '../../sql/engine.js';
import { scopeIn } from '../../sql/scope.js';
import { Sql } from '../../sql/sql.js';
import { storedTime, wireTime } from '../../sql/time-text.js';
import type { Caller } from '../user/caller.js';
import { IdempotencyKey } from './idempotency-key.entity.js';

/** Rows of one user that are looked for and removed at once; and of everybody. */
const removedAtOnce = 50;
const prunedAtOnce = 500;

const ofUser = 'FROM idempotency_key WHERE organization_id = ? AND user_id = ?';

/** An answer that is kept. */
export interface KeptAnswer {
  readonly requestHash: string;
  readonly answer: string;
  readonly expiresAt: string;
}

@Injectable()
export class IdempotencyRepository {
  constructor(private readonly sql: Sql) {}

  async find(caller: Caller, key: string): Promise<KeptAnswer | undefined> {
    const sql = `SELECT request_hash, answer, expires_at ${ofUser} AND request_key = ?`;
    const [row] = await this.sql.read(sql, [caller.organizationId, caller.id, key]);
    return row && { requestHash: String(row[0]), answer: String(row[1]), expiresAt: wireTime(String(row[2])) };
  }

  /**
   * Removes what has expired of this user, some at a time. Found by a read and removed by name, in a statement of its own: a DELETE
   * that looks for times would lock the gap into which the user's other requests are about to write.
   * @param among them for certain, where one has expired that is about to be used again
   */
  async removeExpired(caller: Caller, now: string, among: readonly string[]): Promise<void> {
    const expired = await this.sql.read(`SELECT request_key ${ofUser} AND expires_at <= ? ORDER BY expires_at LIMIT ${removedAtOnce}`, [
      caller.organizationId,
      caller.id,
      storedTime(now),
    ]);
    const keys = [...new Set([...expired.map(([key]) => String(key)), ...among])];
    if (keys.length === 0) return;
    const named = scopeIn('request_key', keys);
    const params = [caller.organizationId, caller.id, ...named.params, storedTime(now)];
    await this.sql.write([{ sql: `DELETE ${ofUser} AND ${named.sql} AND expires_at <= ?`, params }]);
  }

  /** Removes some that have expired, of everybody: a user who never comes again removes nothing. @returns whether there may be more */
  async prune(now: string): Promise<boolean> {
    const sql = `SELECT organization_id, user_id, request_key FROM idempotency_key WHERE expires_at <= ? ORDER BY expires_at LIMIT ${prunedAtOnce}`;
    const rows = await this.sql.read(sql, [storedTime(now)]);
    // By their whole keys, of which one may have been used again since.
    const named = rows.map(() => '(organization_id = ? AND user_id = ? AND request_key = ?)').join(' OR ');
    const params = [...rows.flat(), storedTime(now)];
    if (rows.length > 0) await this.sql.write([{ sql: `DELETE FROM idempotency_key WHERE (${named}) AND expires_at <= ?`, params }]);
    return rows.length === prunedAtOnce;
  }

  insert(
    row: Pick<IdempotencyKey, 'organizationId' | 'userId' | 'requestKey' | 'requestHash' | 'answer' | 'createdAt' | 'expiresAt'>,
  ): Statement {
    return this.sql.insert(IdempotencyKey, row);
  }
}
