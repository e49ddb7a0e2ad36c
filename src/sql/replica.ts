import { Logger } from '@nestjs/common';
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2';
import { describeError } from '../errors/describe-error.js';
import type { PoolState, ReplicaState } from '../metrics/exposition.js';
import type { SqlEngine } from './engine.js';
import { poolState } from './pool-state.js';
import { SqlError } from './sql-error.js';

/** Milliseconds that a replica is left alone after it failed. */
const restFor = 5_000;
/** How old an answer about the lag may be, and how long the replica may take to give it, in milliseconds. */
const lagKnownFor = 1_000;
/** Seconds that a replica may be behind the primary and still be read. */
export const longestLag = 2;

/** A copy of the primary that lists may be read from while it answers and keeps up. */
export class Replica {
  private readonly logger = new Logger('Replica');
  private restUntil = 0;
  private askedAt = -Infinity;
  private answer: Promise<boolean> = Promise.resolve(false);
  private wasWell = true;
  private lastLag = Infinity;

  constructor(
    readonly name: string,
    readonly engine: SqlEngine,
    private readonly pool: Pool,
  ) {}

  /** Whether to read here now. Asks the replica at most once a second. */
  isWell(): Promise<boolean> {
    const now = performance.now();
    if (now < this.restUntil) return Promise.resolve(false);
    if (now - this.askedAt >= lagKnownFor) {
      this.askedAt = now;
      this.answer = this.keepsUp();
    }
    return this.answer;
  }

  /** It failed: nobody reads here for five seconds. The driver's code is told; its text may quote SQL. */
  rest(error: unknown): void {
    this.restUntil = performance.now() + restFor;
    this.askedAt = -Infinity;
    this.lastLag = Infinity;
    const { name, code, errno } = describeError(error);
    this.tell(false, `failed with ${code ?? errno ?? name}`);
  }

  poolState(): PoolState {
    return poolState(`replica ${this.name}`, this.pool);
  }

  async state(): Promise<ReplicaState> {
    const isRead = await this.isWell();
    return { replica: this.name, lag: this.lastLag, isRead };
  }

  close(): void {
    this.pool.end(() => undefined);
  }

  private async keepsUp(): Promise<boolean> {
    try {
      const lag = (this.lastLag = await this.lag());
      const well = lag <= longestLag;
      this.tell(well, well ? 'keeps up' : lag === Infinity ? 'does not replicate' : `is ${lag} s behind`);
      return well;
    } catch (error) {
      this.rest(error);
      return false;
    }
  }

  /** Seconds behind the primary; Infinity when replication stands still. A server that is no replica of another has no lag: Aurora's readers. */
  private lag(): Promise<number> {
    return new Promise((resolve, reject) => {
      let connection: PoolConnection | undefined;
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        // It still waits for the answer: back in the pool it would be given to a list.
        connection?.destroy();
        reject(new SqlError('unavailable', 'ETIMEDOUT', undefined));
      }, lagKnownFor);
      const fail = (error: Error): void => {
        clearTimeout(timer);
        connection?.destroy();
        reject(error);
      };
      this.pool.getConnection((refused, given) => {
        if (late) return given?.release();
        if (refused !== null) return fail(refused);
        connection = given;
        given.query<RowDataPacket[]>('SHOW REPLICA STATUS', (error, rows) => {
          if (error !== null) return fail(error);
          clearTimeout(timer);
          given.release();
          resolve(Math.max(0, ...rows.map(secondsBehind)));
        });
      });
    });
  }

  /** Says what changed, once. */
  private tell(well: boolean, what: string): void {
    if (well === this.wasWell) return;
    this.wasWell = well;
    const line = `${this.name} ${what}: lists are read ${well ? 'there again' : 'elsewhere'}`;
    if (well) this.logger.log(line);
    else this.logger.warn(line);
  }
}

/** MariaDB and MySQL name the column differently; NULL is a replica that has stopped. */
function secondsBehind(row: RowDataPacket): number {
  const seconds: unknown = row['Seconds_Behind_Master'] ?? row['Seconds_Behind_Source'] ?? null;
  return seconds === null ? Infinity : Number(seconds);
}
