import type { SqlEngine, SqlRow, SqlValue, Statement } from './engine.js';
import { endedWith } from './sql-error.js';

/** As much of libsql's (better-sqlite3's) interface as is used here. */
interface SqliteStatement {
  /** Whether it gives rows. */
  readonly reader: boolean;
  raw(): { all(...params: unknown[]): unknown[] };
  run(...params: unknown[]): { changes: number };
}
export interface SqliteDatabase {
  prepare(sql: string): SqliteStatement;
  exec(sql: string): unknown;
  readonly inTransaction: boolean;
}

/** Prepared statements kept; the hot ones are a handful, lists with filters make the rest. */
const keptStatements = 200;

/**
 * Statements on the embedded database. It is synchronous: a batch runs from BEGIN to COMMIT without anything in between, which is
 * what makes one connection safe for concurrent requests.
 */
export class SqliteEngine implements SqlEngine {
  readonly name = 'sqlite';
  private readonly prepared = new Map<string, SqliteStatement>();

  constructor(private readonly database: SqliteDatabase) {}

  async read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.translated(
      () =>
        this.prepare(sql)
          .raw()
          .all(...params) as SqlRow[],
    );
  }

  async write(statements: readonly Statement[]): Promise<number[]> {
    return this.translated(() => this.runAll(statements));
  }

  private runAll(statements: readonly Statement[]): number[] {
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const counts: number[] = [];
      for (const { sql, params, atLeast } of statements) {
        const statement = this.database.prepare(sql);
        counts.push(statement.reader ? statement.raw().all(...params).length : statement.run(...params).changes);
        if (counts.at(-1)! < (atLeast ?? 0)) {
          this.database.exec('ROLLBACK');
          return counts;
        }
      }
      this.database.exec('COMMIT');
      return counts;
    } catch (error) {
      // A full disk has ended the transaction already.
      if (this.database.inTransaction) this.database.exec('ROLLBACK');
      throw error;
    }
  }

  private prepare(sql: string): SqliteStatement {
    const known = this.prepared.get(sql);
    if (known !== undefined) return known;
    if (this.prepared.size >= keptStatements) this.prepared.clear();
    const statement = this.database.prepare(sql);
    this.prepared.set(sql, statement);
    return statement;
  }

  private translated<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw endedWith(error);
    }
  }
}
