import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DOUBLE, DuckDBInstance, VARCHAR, type DuckDBConnection } from '@duckdb/node-api';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churnV1, nobodysId, out, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const viewer = () => world.api.as(vic.email);
const definition = "age > 50 and geography == 'Hawaii'";
const ask = (changes: object) => viewer().post('/v3/segments/sql', { model_id: churnV1.id, definition, dialect: 'duckdb', ...changes });

describe('one definition', () => {
  test.each<[string, string]>([
    [
      'mysql',
      '(`age` > CAST(? AS SIGNED)) AND (CAST(CONVERT(`geography` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY))',
    ],
    ['duckdb', '("age" > CAST($1 AS BIGINT)) AND ((CAST("geography" AS VARCHAR) COLLATE C) = CAST($2 AS VARCHAR))'],
    ['bigquery', "(`age` > CAST(@p1 AS INT64)) AND (COLLATE(`geography`, '') = @p2)"],
    ['clickhouse', '(`age` > {p1:Int64}) AND (toString(`geography`) = {p2:String})'],
  ])('in %s', async (dialect, sql) => {
    expect(expectNormal(await ask({ dialect }))).toEqual({ dialect, sql, parameters: [50, 'Hawaii'] });
  });

  test('of a segment', async () => {
    const { id } = expectNormal(await world.api.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: 'for SQL', definition }));
    const ofSegment = expectNormal(await viewer().post('/v3/segments/sql', { segment_id: id, dialect: 'mysql' }));
    expect(ofSegment).toEqual(expectNormal(await ask({ dialect: 'mysql' })));
  });

  test.each<[string, object, string]>([
    ['a table', { table: 'e' }, '"e"."age" > CAST($1 AS BIGINT)'],
    ['a prefix', { column_prefix: 'feature_' }, '"feature_age" > CAST($1 AS BIGINT)'],
    ['both', { table: 'e', column_prefix: 'f.' }, '"e"."f.age" > CAST($1 AS BIGINT)'],
    ['quotes in them', { table: 'a"; --', column_prefix: '"' }, '"a""; --"."""age" > CAST($1 AS BIGINT)'],
    ['quotes in them, in mysql', { dialect: 'mysql', table: 'a`; --' }, '`a``; --`.`age` > CAST(? AS SIGNED)'],
    ['quotes in them, in bigquery', { dialect: 'bigquery', table: 'a\\`; --' }, '`a\\\\\\`; --`.`age` > CAST(@p1 AS INT64)'],
  ])('with %s', async (_, naming, sql) => {
    expect(expectNormal(await ask({ definition: 'age > 1', ...naming })).sql).toBe(sql);
  });

  test('a value is never in the text', async () => {
    const hostile = "'; DROP TABLE segment; --";
    for (const dialect of ['mysql', 'duckdb', 'bigquery', 'clickhouse']) {
      const { sql, parameters } = expectNormal(await ask({ dialect, definition: `geography == '${hostile.replaceAll("'", "''")}'` }));
      expect(sql).not.toContain('DROP');
      expect(parameters).toEqual([hostile]);
    }
  });
});

describe('what a dialect cannot do', () => {
  test('is refused, with the place, the reason and who can', async () => {
    const answer = await ask({ dialect: 'mysql', definition: "age > 1 and match(geography, '^H')" });
    expectError(answer, 400, 'UnfaithfulDialect', { field: 'definition', says: /ICU.*PCRE/, namesDialects: true });
    expect(answer.body.error.errors).toHaveLength(1);
    expect(answer.body.error.errors[0]).toMatchObject({
      help: 'It can be done in duckdb, bigquery, clickhouse.',
      position: { offset: 12, length: 5, line: 1, column: 13 },
      suggestions: [],
    });
  });

  test('each of them, in text order', async () => {
    const answer = await ask({ dialect: 'bigquery', definition: "to_string(tenure) == '1' or tenure % 2 == 1 or log2(age) > 1" });
    expectError(answer, 400, 'UnfaithfulDialect', { namesDialects: true });
    const offsets = answer.body.error.errors.map((one: { position: { offset: number } }) => one.position.offset);
    expect(offsets).toEqual([0, 35, 47]);
  });

  test.each<[string, string, string, string]>([
    ['mysql', 'a pattern', "match(geography, 'H')", 'duckdb, bigquery, clickhouse'],
    ['mysql', 'log2', 'log2(age) == 5', 'duckdb, clickhouse'],
    ['bigquery', 'log2', 'log2(age) == 5', 'duckdb, clickhouse'],
    ['bigquery', 'the remainder of a fraction', 'tenure % 2 == 1', 'mysql, duckdb'],
    ['clickhouse', 'the remainder of a fraction', 'tenure % 2 == 1', 'mysql, duckdb'],
  ])('%s: %s', async (dialect, _, text, others) => {
    expectError(await ask({ dialect, definition: text }), 400, 'UnfaithfulDialect', {
      says: `It can be done in ${others}.`,
      namesDialects: true,
    });
  });

  test('a number as text, in any', async () => {
    const answer = await ask({ definition: "to_string(tenure) == '1'" });
    expectError(answer, 400, 'UnfaithfulDialect', { says: 'No other dialect takes it either.' });
  });

  test('a text that would be too long', async () => {
    const answer = await ask({ dialect: 'mysql', definition: `${Array.from({ length: 400 }, () => 'tenure').join('+')} > 1` });
    expectError(answer, 400, 'UnfaithfulDialect', { says: '100,000', namesDialects: true });
  });
});

describe('refused', () => {
  test.each<[string, object, string, { field?: string; says?: string }]>([
    ['a wrong definition, as in a create', { definition: 'agee > 1' }, 'FQL_UNKNOWN_COLUMN', { field: 'definition' }],
    ['no dialect', { dialect: undefined }, 'ValidationError', { field: 'dialect', says: 'mysql, duckdb, bigquery, clickhouse' }],
    ['another dialect', { dialect: 'sqlite' }, 'ValidationError', { field: 'dialect' }],
    ['neither', { model_id: undefined, definition: undefined }, 'ValidationError', { field: 'model_id' }],
    ['no definition', { definition: undefined }, 'ValidationError', { field: 'definition' }],
    ['an empty table', { table: '' }, 'ValidationError', { field: 'table' }],
    ['a table that is null', { table: null }, 'ValidationError', { field: 'table' }],
    ['a line break in a name', { table: 'a\nb' }, 'ValidationError', { field: 'table' }],
    ['a number for a name', { column_prefix: 1 }, 'ValidationError', { field: 'column_prefix' }],
    ['a long name', { table: 'x'.repeat(256) }, 'ValidationError', { field: 'table' }],
    ['an unknown member', { tabel: 'x' }, 'ValidationError', { field: 'tabel', says: 'table' }],
  ])('%s', async (_, changes, reason, expected) => {
    expectError(await ask(changes), reason === 'ObjectNotFound' ? 404 : 400, reason, { ...expected, namesDialects: true });
  });

  test('both a definition and a segment that is there', async () => {
    const [segment] = expectPaginated(await world.api.as(vic.email).get('/v3/segments', { limit: 1 }));
    const both = { model_id: churnV1.id, definition, segment_id: segment.id };
    const says = 'Give either segment_id, or model_id and definition, not both.';
    for (const [route, more] of [
      ['sql', { dialect: 'duckdb' }],
      ['evaluate', { rows: [{}] }],
    ] as const) {
      const answer = await world.api.as(vic.email).post(`/v3/segments/${route}`, { ...both, ...more });
      expectError(answer, 400, 'ValidationError', { field: 'segment_id', says });
    }
  });

  test('to somebody without a role, and for no model', async () => {
    const body = { model_id: churnV1.id, definition, dialect: 'duckdb' };
    expectError(await world.api.as(out.email).post('/v3/segments/sql', body), 403, 'Forbidden');
    expectError(await ask({ model_id: nobodysId }), 404, 'ObjectNotFound');
  });
});

describe('over the wire into a database, the rows are those of evaluate', () => {
  let database: DuckDBInstance;
  let connection: DuckDBConnection;
  const rows = [
    { age: 61, geography: 'Hawaii', tenure: 12.5 },
    { age: 61, geography: 'hawaii', tenure: 0 },
    { age: 61, tenure: -3 },
    { geography: 'Hawaii', tenure: 1e300 },
    { age: 40, geography: '', tenure: 5.5 },
    { age: 0, geography: 'Hawaii ' },
  ];
  beforeAll(async () => {
    database = await DuckDBInstance.create(':memory:');
    connection = await database.connect();
    await connection.run('CREATE TABLE customers (line_number INTEGER, age BIGINT, geography VARCHAR, tenure DOUBLE)');
    const value = (one: string | number | undefined): string => (typeof one === 'string' ? `'${one}'` : String(one ?? 'NULL'));
    const lines = rows.map(({ age, geography, tenure }, index) => [index, age, geography, tenure].map(value).join(', '));
    await connection.run(`INSERT INTO customers VALUES ${lines.map((line) => `(${line})`).join(', ')}`);
  });
  afterAll(() => {
    connection?.closeSync();
    database?.closeSync();
  });

  test.each([
    definition,
    `not (${definition})`,
    "is_null(geography) or match(geography, '^H.*i$')",
    'tenure / age > 0.1',
    'tenure % 2 == 1.5',
    'tenure * tenure > 1',
    'age < 9007199254740993',
    "substring(geography, 2, 3) == 'awa' and if(age > 50, true, null)",
  ])('%s', async (text) => {
    const { sql, parameters } = expectNormal(await ask({ definition: text, table: 'c' }));
    const { results } = expectNormal(await viewer().post('/v3/segments/evaluate', { model_id: churnV1.id, definition: text, rows }));
    const types = parameters.map((one: unknown) => (typeof one === 'number' ? DOUBLE : VARCHAR));
    const reader = await connection.runAndReadAll(`SELECT ${sql} FROM customers AS c ORDER BY line_number`, parameters, types);
    expect(reader.getRows().map(([value]) => value)).toEqual(results);
  });
});
