import type { Duplex } from 'node:stream';
import type { Pool, PoolConnection } from 'mysql2';
import { Deadlines } from './deadlines.js';
import { readEveryonesWrites } from './galera.js';
import { brokenConnection, endedWith, SqlError } from './sql-error.js';

/** Milliseconds that a request waits for a connection (`contract.md` section 8). */
const poolWait = 2_000;

/** Milliseconds in which the server must have taken what a new connection is told. */
const greeting = 2_000;

/** Milliseconds in which the pool is renewed at most once: a server that stays read-only must not cost every reader its connection. */
const renewEvery = 1_000;

interface Waiter {
  readonly giveUp: () => void;
}

/**
 * Connections of mysql2's pool with what it lacks: an end to waiting for one (its `acquireTimeout` is ignored), an end to waiting for
 * an answer on one (its `timeout` hands a connection back that is still busy), and leaving those behind that lead to a former primary.
 */
export class MysqlConnections {
  private readonly openedAt = new WeakMap<PoolConnection, number>();
  private readonly waiters = new Deadlines<Waiter>((waiter) => waiter.giveUp());
  private readonly answers = new Deadlines<PoolConnection>(cutOff);
  private staleUntil = -Infinity;

  constructor(
    private readonly pool: Pool,
    private readonly session: string,
  ) {}

  /** A connection that has been told its session's settings; it goes back by `keep` or `fault`. */
  async take(): Promise<PoolConnection> {
    for (;;) {
      const connection = await this.acquire();
      const openedAt = this.openedAt.get(connection);
      if (openedAt === undefined) return this.greet(connection);
      if (openedAt > this.staleUntil) return connection;
      connection.destroy();
    }
  }

  /** The server has so long to answer what is asked next; a connection that is late is cut off, and its statement fails. */
  expectAnswer(connection: PoolConnection, ms: number): void {
    this.answers.start(connection, ms);
  }

  keep(connection: PoolConnection): void {
    this.answers.over(connection);
    connection.release();
  }

  /** Gives the connection back or up, as its error demands. @returns the error in our words */
  fault(connection: PoolConnection, error: unknown): unknown {
    this.answers.over(connection);
    const known = endedWith(error);
    if (known instanceof SqlError && !brokenConnection.has(known.kind)) connection.release();
    else connection.destroy();
    if (known instanceof SqlError && known.kind === 'read only') this.leaveAll();
    return known;
  }

  /** Who opened connections before a failover holds as many to the former primary; one that says so speaks for all. */
  private leaveAll(): void {
    const now = performance.now();
    if (now - this.staleUntil > renewEvery) this.staleUntil = now;
  }

  private async greet(connection: PoolConnection): Promise<PoolConnection> {
    this.answers.start(connection, greeting);
    try {
      await tell(connection, this.session);
      await readEveryonesWrites(connection);
      this.openedAt.set(connection, performance.now());
      this.answers.over(connection);
      return connection;
    } catch (error) {
      throw this.fault(connection, error);
    }
  }

  private acquire(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      let late = false;
      const waiter: Waiter = {
        giveUp: () => {
          late = true;
          reject(endedWith(new SqlError('unavailable', 'POOL_WAIT', undefined)) as Error);
        },
      };
      this.waiters.start(waiter, poolWait);
      this.pool.getConnection((error, connection) => {
        this.waiters.over(waiter);
        if (late) connection?.release();
        else if (error) reject(endedWith(error) as Error);
        else resolve(connection);
      });
    });
  }
}

/** A statement without rows or parameters. */
export const tell = (connection: PoolConnection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => connection.query(sql, (error: unknown) => (error ? reject(error as Error) : resolve())));

/** Without a word to the server, which may be why: its socket is destroyed, and what waits for it fails with this error. */
function cutOff(connection: PoolConnection): void {
  const error = Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' });
  (connection as unknown as { readonly stream: Duplex }).stream.destroy(error);
}
