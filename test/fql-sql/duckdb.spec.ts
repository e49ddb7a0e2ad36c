import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { BOOLEAN, DOUBLE, DuckDBInstance, SQLNULL, VARCHAR, type DuckDBConnection, type DuckDBType } from '@duckdb/node-api';
import { duckdb as dialect } from '../../src/fql-sql/duckdb.js';
import { differences, expectAgreement, pitfalls, type Engine } from './agreement.js';
import { engineColumns, engineRows } from './engine-columns.js';

/** What comes out for DuckDB, run in DuckDB. */
const types = {
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  str: 'VARCHAR COLLATE NOCASE',
  category: 'VARCHAR',
  timestamp: 'TIMESTAMP',
  vector: 'DOUBLE[]',
};

type Value = string | number | boolean | null;
/** Left to itself the client takes whole doubles for integers, and finds 1e21 too large for one. */
const typeOf = (value: Value): DuckDBType =>
  value === null ? SQLNULL : { string: VARCHAR, number: DOUBLE, boolean: BOOLEAN }[typeof value as 'string' | 'number' | 'boolean'];

let database: DuckDBInstance;
let connection: DuckDBConnection;
const run = (sql: string, values: readonly Value[] = []) => connection.runAndReadAll(sql, [...values], values.map(typeOf));

beforeAll(async () => {
  database = await DuckDBInstance.create(':memory:');
  connection = await database.connect();
  const columns = [...engineColumns.values()];
  await run(`CREATE TABLE r (row_number INTEGER, ${columns.map(({ name, type }) => `${dialect.quote(name)} ${types[type]}`).join(', ')})`);
  const places = ['row_number', ...columns].map((_, index) => `$${index + 1}`).join(', ');
  for (const [index, row] of engineRows.entries())
    await run(`INSERT INTO r VALUES (${places})`, [index, ...columns.map(({ name }) => (row[name] ?? null) as Value)]);
});
afterAll(() => {
  connection?.closeSync();
  database?.closeSync();
});

const engine: Engine = {
  dialect: 'duckdb',
  results: async ({ sql, parameters }) =>
    (await run(`SELECT ${sql} FROM r ORDER BY row_number`, parameters)).getRows().map(([value]) => value as boolean | null),
};

describe('each pitfall', () => {
  test.each(pitfalls)('%s: %s', async (_, definition) => expect(await differences(engine, definition)).toEqual([]));
});

test('300 random definitions', () => expectAgreement(engine, 300));
