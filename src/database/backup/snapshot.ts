import type { Pool, PoolConnection } from 'mysql2';
import type { DataSource } from 'typeorm';
import { readEveryonesWrites } from '../../sql/galera.js';
import type { BackupTable, BackupValue } from './backup-format.js';

type Row = readonly BackupValue[];

/** The database as it was at one moment, whatever is written meanwhile. */
export interface Snapshot {
  count(table: string): Promise<number>;
  rows(table: Pick<BackupTable, 'name' | 'columns'>): AsyncIterable<Row>;
}

/** Runs the work on a snapshot, which holds no lock that a writer would wait for. */
export function withSnapshot<T>(dataSource: DataSource, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const { pool, databaseConnection } = dataSource.driver as unknown as { pool?: Pool; databaseConnection?: SqliteReader };
  return pool === undefined ? onSqlite(dataSource, databaseConnection!, work) : onMysql(dataSource, pool, work);
}

const selectSql = (dataSource: DataSource, { name, columns }: Pick<BackupTable, 'name' | 'columns'>): string =>
  `SELECT ${columns.map((column) => dataSource.driver.escape(column)).join(', ')} FROM ${dataSource.driver.escape(name)}`;
const countSql = (dataSource: DataSource, table: string): string => `SELECT COUNT(*) AS n FROM ${dataSource.driver.escape(table)}`;

async function onMysql<T>(dataSource: DataSource, pool: Pool, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const connection = await new Promise<PoolConnection>((resolve, reject) =>
    pool.getConnection((error, one) => (error === null ? resolve(one) : reject(error))),
  );
  const query = (sql: string): Promise<unknown> =>
    new Promise((resolve, reject) => connection.query(sql, (error, rows) => (error === null ? resolve(rows) : reject(error))));
  try {
    await readEveryonesWrites(connection);
    await query('SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ');
    await query('START TRANSACTION WITH CONSISTENT SNAPSHOT, READ ONLY');
    return await work({
      count: async (table) => Number(((await query(countSql(dataSource, table))) as { n: unknown }[])[0]?.n),
      // By the text protocol, whose times are as they are stored; row by row, as fast as they are written away.
      rows: async function* (table) {
        for await (const row of connection.query({ sql: selectSql(dataSource, table), rowsAsArray: true }).stream())
          yield (row as unknown[]).map(plain);
      },
    });
  } finally {
    connection.destroy();
  }
}

/** As much of libsql's interface as is used here. */
interface SqliteReader {
  exec(sql: string): unknown;
  prepare(sql: string): { raw(): { iterate(): Iterable<unknown[]> } };
}

/** The first read of a transaction decides what it sees: the write-ahead log keeps that for it. */
async function onSqlite<T>(dataSource: DataSource, database: SqliteReader, work: (snapshot: Snapshot) => Promise<T>): Promise<T> {
  const rows = (sql: string): Iterable<unknown[]> => database.prepare(sql).raw().iterate();
  database.exec('BEGIN');
  try {
    return await work({
      count: async (table) => Number([...rows(countSql(dataSource, table))][0]?.[0]),
      rows: async function* (table) {
        for (const row of rows(selectSql(dataSource, table))) yield row.map(plain);
      },
    });
  } finally {
    database.exec('ROLLBACK');
  }
}

/** The bytes that MySQL keeps for searches are text, which is what SQLite calls them. */
const plain = (value: unknown): BackupValue => (Buffer.isBuffer(value) ? value.toString('utf8') : (value as BackupValue));
