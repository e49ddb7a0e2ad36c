import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2';
import type { SqlEngine, SqlRow, SqlValue, Statement } from './engine.js';
import { brokenConnection, SqlError, sqlErrorOf } from './sql-error.js';

/** Milliseconds that a request waits for a connection (`contract.md` section 8). */
const poolWait = 2_000;

/** What the server is told once on each connection, and before each read: long texts sort whole, nothing runs or waits for ever. */
const flavours = {
  mariadb: {
    session: 'SET SESSION max_sort_length = 32768, innodb_lock_wait_timeout = 3, max_statement_time = 10',
    beforeRead: 'SET STATEMENT max_statement_time = 3 FOR ',
  },
  // MySQL bounds only reads, in milliseconds.
  mysql: { session: 'SET SESSION max_sort_length = 32768, innodb_lock_wait_timeout = 3, max_execution_time = 3000', beforeRead: '' },
} as const;

/** Pauses before a transaction that lost a deadlock is run again, in milliseconds; jittered, so that two losers part. */
const retryPauses = [10, 40, 160];

/**
 * Statements on mysql2's pool. The callback interface, wrapped once: the promise wrapper captures a stack for each call. Reads are
 * prepared statements whose rows come as arrays; numbers go as text, since MySQL refuses a number for `LIMIT ?`.
 */
export class MysqlEngine implements SqlEngine {
  readonly name = 'mysql';

  private readonly told = new WeakSet<object>();

  constructor(
    private readonly pool: Pool,
    private readonly flavour: keyof typeof flavours,
  ) {}

  async read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    const connection = await this.connect();
    return this.release(connection, execute<SqlRow[]>(connection, flavours[this.flavour].beforeRead + sql, params));
  }

  async write(statements: readonly Statement[]): Promise<number[]> {
    for (let attempt = 0; ; attempt++) {
      try {
        return await this.transaction(statements);
      } catch (error) {
        const pause = retryPauses[attempt];
        if (pause === undefined || !(error instanceof SqlError) || error.kind !== 'try again') throw error;
        await sleep(pause * (0.5 + Math.random()));
      }
    }
  }

  private async transaction(statements: readonly Statement[]): Promise<number[]> {
    const connection = await this.connect();
    return this.release(connection, this.runAll(connection, statements));
  }

  /** The server undoes a deadlock's loser by itself, but after a lock wait only the statement: so always an explicit ROLLBACK. */
  private async runAll(connection: PoolConnection, statements: readonly Statement[]): Promise<number[]> {
    if (statements.length === 1 && statements[0]!.atLeast === undefined) return [await touched(connection, statements[0]!)];
    await control(connection, 'START TRANSACTION');
    try {
      const counts: number[] = [];
      for (const statement of statements) {
        const count = await touched(connection, statement);
        counts.push(count);
        if (count < (statement.atLeast ?? 0)) {
          await control(connection, 'ROLLBACK');
          return counts;
        }
      }
      await control(connection, 'COMMIT');
      return counts;
    } catch (error) {
      await control(connection, 'ROLLBACK').catch(() => undefined);
      throw error;
    }
  }

  private async connect(): Promise<PoolConnection> {
    const connection = await this.acquire();
    if (!this.told.has(connection)) {
      await this.release(connection, control(connection, flavours[this.flavour].session), false);
      this.told.add(connection);
    }
    return connection;
  }

  /** mysql2 would wait for ever: its `acquireTimeout` is ignored, so the deadline is ours. */
  private acquire(): Promise<PoolConnection> {
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        reject(new SqlError('unavailable', 'POOL_WAIT', undefined));
      }, poolWait);
      this.pool.getConnection((error, connection) => {
        clearTimeout(timer);
        if (late) connection?.release();
        else if (error) reject(sqlErrorOf(error) as Error);
        else resolve(connection);
      });
    });
  }

  private async release<T>(connection: PoolConnection, work: Promise<T>, whenDone = true): Promise<T> {
    try {
      const result = await work;
      if (whenDone) connection.release();
      return result;
    } catch (error) {
      const known = sqlErrorOf(error);
      if (known instanceof SqlError && !brokenConnection.has(known.kind)) connection.release();
      else connection.destroy();
      throw known;
    }
  }
}

function execute<T>(connection: PoolConnection, sql: string, params: readonly SqlValue[]): Promise<T> {
  return new Promise((resolve, reject) => {
    const values = params.map((value) => (typeof value === 'number' ? String(value) : value));
    connection.execute({ sql, rowsAsArray: true }, values, (error, result) => (error ? reject(error) : resolve(result as T)));
  });
}

const touched = async (connection: PoolConnection, { sql, params }: Statement): Promise<number> =>
  (await execute<ResultSetHeader>(connection, sql, params)).affectedRows;

const control = (connection: PoolConnection, sql: string): Promise<void> =>
  new Promise((resolve, reject) => connection.query(sql, (error: unknown) => (error ? reject(error as Error) : resolve())));
