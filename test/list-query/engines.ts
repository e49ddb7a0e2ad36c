import { randomBytes } from 'node:crypto';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';
import { mysqlDialect, sqliteDialect, type Dialect } from '../../src/list-query/dialect.js';

export type Row = readonly (string | number | null)[];

/** A database to try the SQL on. */
export interface Engine {
  readonly dialect: Dialect;
  run(sql: string, params?: readonly (string | null)[]): Promise<Row[]>;
  close(): Promise<void>;
}

export const openSqlite = async (): Promise<Engine> => {
  const database = new Database(':memory:');
  return {
    dialect: sqliteDialect,
    async run(sql, params = []) {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.raw().all(...params) as Row[];
      statement.run(...params);
      return [];
    },
    async close() {
      database.close();
    },
  };
};

/** A database of its own on the server, gone on `close`. */
export async function openMysql(url: string): Promise<Engine> {
  const name = `list_query_${randomBytes(4).toString('hex')}`;
  const { hostname, port, username, password } = new URL(url);
  const connection = await createConnection({
    host: hostname,
    port: Number(port || 3306),
    user: decodeURIComponent(username),
    password: decodeURIComponent(password),
    charset: 'utf8mb4',
    timezone: 'Z',
    dateStrings: true,
  });
  await connection.query(`CREATE DATABASE ${name} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin`);
  await connection.query(`USE ${name}`);
  return {
    dialect: mysqlDialect,
    async run(sql, params = []) {
      const [rows] = await connection.execute({ sql, rowsAsArray: true }, [...params]);
      return Array.isArray(rows) ? (rows as unknown as Row[]) : [];
    },
    async close() {
      await connection.query(`DROP DATABASE ${name}`);
      await connection.end();
    },
  };
}

/** SQLite always; a server of the MySQL family where there is one. */
export const engines: readonly (readonly [string, () => Promise<Engine>])[] = [
  ['sqlite', openSqlite],
  ...(process.env['TEST_DATABASE_URL']?.startsWith('mysql://')
    ? [['mysql', () => openMysql(process.env['TEST_DATABASE_URL']!)] as const]
    : []),
];
