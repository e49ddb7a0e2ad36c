import { randomBytes } from 'node:crypto';
import { copyFile, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { createConnection } from 'mysql2/promise';

/** Which database this run is about: `npm test` runs the suites once for each. */
export const engine = chosenEngine();

type Value = string | number | null;

/** An empty database of one suite's own. */
export interface TestDatabase {
  readonly url: string;
  /** Reads or writes behind the service's back. `?` stands for a parameter on both engines. */
  query(sql: string, params?: readonly Value[]): Promise<Record<string, Value>[]>;
  /** Every row of every table, for comparing what stood before with what stands after. */
  content(): Promise<Record<string, Record<string, Value>[]>>;
  drop(): Promise<void>;
}

type Query = TestDatabase['query'];

async function contentOf(query: Query, tablesSql: string): Promise<Record<string, Record<string, Value>[]>> {
  const content: Record<string, Record<string, Value>[]> = {};
  for (const { name } of await query(tablesSql)) {
    const rows = await query(`SELECT * FROM ${name}`);
    content[String(name)] = rows.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
  }
  return content;
}

export const freshDatabase = (): Promise<TestDatabase> => (engine === 'sqlite' ? freshSqlite() : freshMysql());

/** A database of one suite's own with the two tenants in it: a copy of what `global-setup.mjs` made. */
export const filledDatabase = (): Promise<TestDatabase> => (engine === 'sqlite' ? freshSqlite(template()) : freshMysql(template()));

function template(): string {
  const file = process.env['DATABASE_TEMPLATE'];
  if (file === undefined) throw new Error('DATABASE_TEMPLATE is not set: end-to-end suites run through jest.config.js, which makes it.');
  return file;
}

function chosenEngine(): 'sqlite' | 'mysql' {
  const chosen = process.env['E2E_DATABASE'] ?? 'sqlite';
  if (chosen === 'sqlite' || chosen === 'mysql') return chosen;
  throw new Error(`E2E_DATABASE is sqlite or mysql, not ${chosen}.`);
}

async function freshSqlite(copyOf?: string): Promise<TestDatabase> {
  const directory = await mkdtemp(join(tmpdir(), 'segments-e2e-'));
  const path = join(directory, 'segments.sqlite');
  if (copyOf !== undefined) await copyFile(copyOf, path);
  const query: Query = async (sql, params = []) => {
    const database = new Database(path, { timeout: 5_000 });
    try {
      const statement = database.prepare(sql);
      if (statement.reader) return statement.all(...params) as Record<string, Value>[];
      statement.run(...params);
      return [];
    } finally {
      database.close();
    }
  };
  return {
    url: `sqlite:${path}`,
    query,
    content: () => contentOf(query, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name"),
    drop: () => rm(directory, { recursive: true, force: true }),
  };
}

async function freshMysql(filledBy?: string): Promise<TestDatabase> {
  const server = process.env['TEST_DATABASE_URL'];
  if (server === undefined) throw new Error('TEST_DATABASE_URL is not set. `npm run test:mysql` starts a server and sets it.');
  const name = `segments_test_${randomBytes(6).toString('hex')}`;
  const url = new URL(server);
  url.pathname = '/';
  // One short connection a statement: nothing to close when a suite fails half way.
  const onServer = async (sql: string, params: readonly Value[], database?: string, multipleStatements = false) => {
    const settings = { uri: url.href, database, charset: 'utf8mb4', timezone: 'Z', dateStrings: true, multipleStatements };
    const connection = await createConnection(settings);
    try {
      const [rows] = await connection.query(sql, [...params]);
      return Array.isArray(rows) ? (rows as Record<string, Value>[]) : [];
    } finally {
      await connection.end();
    }
  };
  await onServer(`CREATE DATABASE ${name}`, []);
  if (filledBy !== undefined) await onServer(await readFile(filledBy, 'utf8'), [], name, true);
  const query: Query = (sql, params = []) => onServer(sql, params, name);
  return {
    url: new URL(`/${name}`, url).href,
    query,
    content: () =>
      contentOf(query, 'SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY table_name'),
    drop: async () => void (await onServer(`DROP DATABASE IF EXISTS ${name}`, [])),
  };
}
