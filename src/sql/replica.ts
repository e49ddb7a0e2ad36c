import { Logger } from '@nestjs/common';
import type { Pool, RowDataPacket } from 'mysql2';
import type { SqlEngine } from './engine.js';

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
    const { code, message } = error as { code?: unknown; message?: unknown };
    this.tell(false, `failed with ${String(code ?? message)}`);
  }

  close(): void {
    this.pool.end(() => undefined);
  }

  private async keepsUp(): Promise<boolean> {
    try {
      const lag = await this.lag();
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
      const timer = setTimeout(() => reject(new Error('no answer')), lagKnownFor);
      this.pool.query<RowDataPacket[]>('SHOW REPLICA STATUS', (error, rows) => {
        clearTimeout(timer);
        if (error !== null) return reject(error);
        resolve(Math.max(0, ...rows.map(secondsBehind)));
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
