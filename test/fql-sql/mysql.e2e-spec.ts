import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection, type Connection } from 'mysql2/promise';
import { mysql as dialect } from '../../src/fql-sql/mysql.js';
import { engine as database, freshDatabase, type TestDatabase } from '../support/database.js';
import { differences, expectAgreement, pitfalls, translate, type Engine } from './agreement.js';
import { engineColumns, engineRows } from './engine-columns.js';

/** What comes out for MySQL, run on the server that the suites run on. */
const types = {
  int: 'BIGINT',
  float: 'DOUBLE',
  bool: 'BOOLEAN',
  str: 'TEXT',
  // The usual collations: neither case nor accents nor blanks at the end make a difference.
  category: 'VARCHAR(255) CHARACTER SET latin1 COLLATE latin1_swedish_ci',
  timestamp: 'DATETIME',
  vector: 'JSON',
};

const onMysql = database === 'mysql' ? describe : describe.skip;

onMysql('the SQL for MySQL', () => {
  let own: TestDatabase;
  let connection: Connection;
  beforeAll(async () => {
    own = await freshDatabase();
    connection = await createConnection({ uri: own.url, charset: 'utf8mb4' });
    const columns = [...engineColumns.values()];
    const list = columns.map(({ name, type }) => `${dialect.quote(name)} ${types[type]}`).join(', ');
    await connection.query(`CREATE TABLE r (line_number INT PRIMARY KEY, ${list}) CHARACTER SET utf8mb4 COLLATE utf8mb4_general_ci`);
    const rows = engineRows.map((row, index) => [index, ...columns.map(({ name }) => row[name] ?? null)]);
    await connection.query('INSERT INTO r VALUES ?', [rows]);
  }, 60_000);
  afterAll(async () => {
    await connection?.end();
    await own?.drop();
  });

  const engine: Engine = {
    dialect: 'mysql',
    results: async ({ sql, parameters }) => {
      const [rows] = await connection.execute({ sql: `SELECT ${sql} FROM r ORDER BY line_number`, rowsAsArray: true }, [...parameters]);
      return (rows as unknown as [number | null][]).map(([value]) => (value === null ? null : value === 1));
    },
  };
  const refused = /\b(?:match|log2)\(/;

  describe('each pitfall', () => {
    test.each(pitfalls.filter(([, definition]) => !refused.test(definition)))('%s: %s', async (_, definition) =>
      expect(await differences(engine, definition)).toEqual([]),
    );
  });

  describe('refused', () => {
    test.each(pitfalls.filter(([, definition]) => refused.test(definition)))('%s: %s', (_, definition) =>
      expect(translate(definition, 'mysql')).toHaveProperty('refusals'),
    );
  });

  test('300 random definitions', () => expectAgreement(engine, 300), 120_000);
});
