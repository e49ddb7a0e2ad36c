import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2';
import { retries } from '../metrics/tallies.js';
import type { SqlEngine, SqlRow, SqlValue, Statement } from './engine.js';
import { MysqlConnections, tell } from './mysql-connections.js';
import { SqlError } from './sql-error.js';

/**
 * What the server is told once on each connection (`contract.md` section 8): long texts sort whole, nothing runs longer than three
 * seconds, of which it waits at most two for a lock; and before what may run longer. MySQL bounds only reads, in milliseconds.
 */
const flavours = {
  mariadb: {
    session: 'SET SESSION max_sort_length = 32768, innodb_lock_wait_timeout = 2, max_statement_time = 3',
    beforeLong: 'SET STATEMENT max_statement_time = 10 FOR ',
  },
  mysql: { session: 'SET SESSION max_sort_length = 32768, innodb_lock_wait_timeout = 2, max_execution_time = 3000', beforeLong: '' },
} as const;

/** Milliseconds in which an answer must be here: a little more than the server's own limit, which one that stands still forgets. */
const answerWithin = 3_250;
const longAnswerWithin = 10_250;

/** Pauses before a transaction that lost a deadlock is run again, in milliseconds; jittered, so that two losers part. */
const retryPauses = [10, 40, 160];

/** Milliseconds after which nothing is tried again: who waited two seconds for a lock would wait as long once more. */
const retryWithin = 1_500;

/** What a transaction lost to, by the driver's code; elsewhere it was a conflict that a cluster found. */
const retryReasons: Readonly<Record<string, string>> = { ER_LOCK_DEADLOCK: 'deadlock', ER_LOCK_WAIT_TIMEOUT: 'lock_wait' };

/**
 * Statements on mysql2's pool. The callback interface, wrapped once: the promise wrapper captures a stack for each call. Reads are
 * prepared statements whose rows come as arrays; numbers go as text, since MySQL refuses a number for `LIMIT ?`.
 */
export class MysqlEngine implements SqlEngine {
  readonly name = 'mysql';

  private readonly connections: MysqlConnections;

  constructor(
    pool: Pool,
    private readonly flavour: keyof typeof flavours,
  ) {
    this.connections = new MysqlConnections(pool, flavours[flavour].session);
  }

  read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.use((connection) => execute<SqlRow[]>(connection, sql, params), isLost);
  }

  async write(statements: readonly Statement[]): Promise<number[]> {
    const startedAt = performance.now();
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.transaction(statements);
      } catch (error) {
        const pause = retryPauses[attempt];
        const again = error instanceof SqlError && error.kind === 'try again' && performance.now() - startedAt < retryWithin;
        if (pause === undefined || !again) throw error;
        retries.add(retryReasons[error.code] ?? 'conflict');
        await sleep(pause * (0.5 + Math.random()));
      }
    }
  }

  /**
   * Once more when it is certain that nothing was written: the server said so, or the connection broke before what would have
   * written was sent. A connection that breaks later leaves the outcome open, and the caller is told 503.
   */
  private transaction(statements: readonly Statement[]): Promise<number[]> {
    let open = false;
    const decide = (): void => void (open = true);
    return this.use(
      (connection) => this.runAll(connection, statements, decide),
      (error) => error.kind === 'read only' || (!open && isLost(error)),
    );
  }

  /** The server undoes a deadlock's loser by itself, but after a lock wait only the statement: so always an explicit ROLLBACK. */
  private async runAll(connection: PoolConnection, statements: readonly Statement[], decide: () => void): Promise<number[]> {
    if (statements.length === 1 && statements[0]!.atLeast === undefined) {
      decide();
      return [await this.touched(connection, statements[0]!)];
    }
    const next = (): void => this.connections.expectAnswer(connection, answerWithin);
    await tell(connection, 'START TRANSACTION');
    try {
      const counts: number[] = [];
      for (const statement of statements) {
        const count = await this.touched(connection, statement);
        counts.push(count);
        if (count < (statement.atLeast ?? 0)) {
          await tell(connection, 'ROLLBACK');
          return counts;
        }
      }
      next();
      decide();
      await tell(connection, 'COMMIT');
      return counts;
    } catch (error) {
      next();
      await tell(connection, 'ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async touched(connection: PoolConnection, { sql, params, long = false }: Statement): Promise<number> {
    this.connections.expectAnswer(connection, long ? longAnswerWithin : answerWithin);
    const text = long ? flavours[this.flavour].beforeLong + sql : sql;
    const result = await execute<ResultSetHeader | SqlRow[]>(connection, text, params);
    return Array.isArray(result) ? result.length : result.affectedRows;
  }

  /** Runs the work on a connection; on another one once more when the error is such that it may be. */
  private async use<T>(work: (connection: PoolConnection) => Promise<T>, mayRepeat: (error: SqlError) => boolean): Promise<T> {
    for (let first = true; ; first = false) {
      const connection = await this.connections.take();
      try {
        this.connections.expectAnswer(connection, answerWithin);
        const result = await work(connection);
        this.connections.keep(connection);
        return result;
      } catch (error) {
        const known = this.connections.fault(connection, error);
        if (!first || !(known instanceof SqlError) || !mayRepeat(known)) throw known;
        retries.add(known.kind === 'read only' ? 'read_only' : 'connection_lost');
      }
    }
  }
}

/** The connection broke by itself; after a deadline of ours there is no time left to try again. */
const isLost = ({ kind, code }: SqlError): boolean => kind === 'unavailable' && code !== 'ETIMEDOUT';

function execute<T>(connection: PoolConnection, sql: string, params: readonly SqlValue[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const values = params.map((value) => (typeof value === 'number' ? String(value) : value));
    connection.execute({ sql, rowsAsArray: true }, values, (error, result) => (error ? reject(error) : resolve(result as T)));
  });
}
