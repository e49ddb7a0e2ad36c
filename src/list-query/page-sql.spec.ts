import { describe, expect, test } from '@jest/globals';
import { mysqlDialect, sqliteDialect } from './dialect.js';
import { enumOf, fieldMap, setOf, text, time, uuid } from './field-map.js';
import type { ListSource, Scope } from './list-source.js';
import { countSql, pageSql } from './page-sql.js';
import { holdersOf, holdersSql, textSource } from './search-sql.js';
import { parseListQuery } from './parse-list-query.js';

const source: ListSource = {
  fields: fieldMap({
    id: uuid('s.id'),
    name: text('s.name', { folded: 's.name_folded', searchable: true, tidy: true }),
    description: text('s.description', { folded: 's.description_folded', searchable: true }),
    fingerprint: text('s.fingerprint', { folded: 's.fingerprint', tidy: 'ascii' }),
    created_at: time('s.created_at'),
    'model.name': text('m.name', { folded: 'm.name_folded', searchable: true, tidy: true }),
    'project.name': text('p.name', { folded: 'p.name_folded', tidy: true }),
    'project.asset_type': enumOf('p.asset_type', ['ML_MODEL']),
    columns: setOf({ element: 'c.column_name', from: 'segment_column c', owner: 'c.segment_id', item: 's.id', tidy: true }),
  }),
  table: 'segment',
  alias: 's',
  joins: [
    { table: 'model', alias: 'm', key: 's.model_id' },
    { table: 'project', alias: 'p', key: 'm.project_id' },
  ],
  columns: 's.id, m.name, p.name',
};
const scope: Scope = { sql: 's.organization_id = ?', params: ['org'], needs: new Set() };
const both = 'LEFT JOIN model m ON m.id = s.model_id LEFT JOIN project p ON p.id = m.project_id';

/** The part between the scope and the order, and its parameters. */
const conditions = (raw: Record<string, string>, dialect = mysqlDialect) => {
  const { sql, params } = countSql(source, scope, parseListQuery(source.fields, raw), dialect);
  return [sql.replace('SELECT COUNT(*) AS total FROM segment s ', ''), params.slice(1)];
};
const rule = (field: string, operator: string, value?: unknown) => ({ filter: JSON.stringify({ field, operator, value }) });

describe('pageSql', () => {
  test('reads the ids of a page first, without joins, and joins these few', () => {
    expect(pageSql(source, scope, parseListQuery(source.fields, { limit: '10', offset: '20' }), mysqlDialect)).toEqual({
      sql: `SELECT s.id, m.name, p.name FROM (SELECT s.id AS id FROM segment s WHERE s.organization_id = ? ORDER BY s.name, s.id LIMIT ? OFFSET ?) page LEFT JOIN segment s ON s.id = page.id ${both} ORDER BY s.name, s.id`,
      params: ['org', '10', '20'],
    });
  });

  test('joins inside what the order or the filter needs, and the way to it', () => {
    const { sql } = pageSql(source, scope, parseListQuery(source.fields, { ordering: '-project.name' }), mysqlDialect);
    expect(sql).toContain(
      `(SELECT s.id AS id FROM segment s ${both} WHERE s.organization_id = ? ORDER BY p.name DESC, s.id LIMIT ? OFFSET ?) page`,
    );
  });

  test.each([
    ['before the middle', '10', '20', 100, 's.name, s.id', ['org', '10', '20']],
    ['past the middle', '10', '80', 100, 's.name DESC, s.id DESC', ['org', '10', '10']],
    ['the last, short page', '10', '95', 100, 's.name DESC, s.id DESC', ['org', '5', '0']],
    ['past the end', '10', '100', 100, 's.name DESC, s.id DESC', ['org', '0', '0']],
    ['nothing there', '10', '0', 0, 's.name, s.id', ['org', '0', '0']],
  ])('with a known total reads from the nearer end: %s', (_, limit, offset, total, order, params) => {
    const page = pageSql(source, scope, parseListQuery(source.fields, { limit, offset }), mysqlDialect, total);
    expect(page.params).toEqual(params);
    expect(page.sql).toContain(`ORDER BY ${order} LIMIT`);
    expect(page.sql).toMatch(/ORDER BY s\.name, s\.id$/);
  });

  test('orders by nothing after a field that is unique in its scope', () => {
    const page = pageSql(source, { ...scope, unique: ['name'] }, parseListQuery(source.fields, { ordering: '-name' }), mysqlDialect);
    expect(page.sql).toMatch(/ORDER BY s\.name DESC$/);
  });

  test('orders text that may hold anything by its bytes', () => {
    const { sql } = pageSql(source, scope, parseListQuery(source.fields, { ordering: 'description' }), mysqlDialect);
    expect(sql).toMatch(/ORDER BY CAST\(s\.description AS BINARY\), s\.id$/);
  });
});

describe('the conditions', () => {
  test.each<[Record<string, string>, string, readonly string[]]>([
    [{}, 'WHERE s.organization_id = ?', []],
    [rule('name', 'equal', 'a'), 'WHERE s.organization_id = ? AND s.name = ?', ['a']],
    [rule('name', 'equal', 'a '), 'WHERE s.organization_id = ? AND CAST(s.name AS BINARY) = ?', ['a ']],
    [rule('name', 'equal', 'a\tb'), 'WHERE s.organization_id = ? AND CAST(s.name AS BINARY) = ?', ['a\tb']],
    [rule('description', 'equal', 'a'), 'WHERE s.organization_id = ? AND CAST(s.description AS BINARY) = ?', ['a']],
    [rule('fingerprint', 'equal', 'a'), 'WHERE s.organization_id = ? AND s.fingerprint = ?', ['a']],
    [rule('fingerprint', 'equal', 'é'), 'WHERE s.organization_id = ? AND CAST(s.fingerprint AS BINARY) = ?', ['é']],
    [rule('name', 'not_equal', 'a'), 'WHERE s.organization_id = ? AND (s.name IS NULL OR NOT (s.name = ?))', ['a']],
    [rule('name', 'any', ['a', 'b']), 'WHERE s.organization_id = ? AND s.name IN (?, ?)', ['a', 'b']],
    [rule('name', 'in', []), 'WHERE s.organization_id = ? AND 1 = 0', []],
    [rule('name', 'not_in', []), 'WHERE s.organization_id = ? AND NOT (1 = 0)', []],
    [rule('name', 'contains', ''), 'WHERE s.organization_id = ? AND 1 = 1', []],
    [rule('name', 'contains', 'A%_\\'), 'WHERE s.organization_id = ? AND INSTR(CAST(s.name_folded AS BINARY), ?) > 0', ['a%_\\']],
    [rule('name', 'begins_with', 'A'), 'WHERE s.organization_id = ? AND LEFT(CAST(s.name_folded AS BINARY), LENGTH(?)) = ?', ['a', 'a']],
    [
      rule('created_at', 'between', ['2025-08-13T00:00Z', '2025-08-14T00:00Z']),
      'WHERE s.organization_id = ? AND s.created_at BETWEEN CAST(? AS DATETIME(6)) AND CAST(? AS DATETIME(6))',
      ['2025-08-13 00:00:00.000', '2025-08-14 00:00:00.000'],
    ],
    [rule('created_at', 'is_empty'), 'WHERE s.organization_id = ? AND s.created_at IS NULL', []],
    [rule('project.name', 'is_not_null'), `${both} WHERE s.organization_id = ? AND NOT (p.name IS NULL)`, []],
    [rule('model.name', 'equal', 'a'), 'LEFT JOIN model m ON m.id = s.model_id WHERE s.organization_id = ? AND m.name = ?', ['a']],
    [
      rule('columns', 'any', ['age', 'sex']),
      'WHERE s.organization_id = ? AND EXISTS (SELECT 1 FROM segment_column c WHERE c.segment_id = s.id AND c.column_name IN (?, ?))',
      ['age', 'sex'],
    ],
    [
      rule('columns', 'not_equal', 'age'),
      'WHERE s.organization_id = ? AND NOT EXISTS (SELECT 1 FROM segment_column c WHERE c.segment_id = s.id AND c.column_name IN (?))',
      ['age'],
    ],
    [
      rule('columns', 'is_empty'),
      'WHERE s.organization_id = ? AND NOT EXISTS (SELECT 1 FROM segment_column c WHERE c.segment_id = s.id)',
      [],
    ],
    [
      { search: 'A' },
      'WHERE s.organization_id = ? AND (INSTR(CAST(s.name_folded AS BINARY), ?) > 0 OR INSTR(CAST(s.description_folded AS BINARY), ?) > 0 OR s.model_id IN (SELECT m.id FROM model m WHERE INSTR(CAST(m.name_folded AS BINARY), ?) > 0))',
      ['a', 'a', 'a'],
    ],
  ])('%j', (raw, where, params) => expect(conditions(raw)).toEqual([where, params]));

  test("stay inside the tenant's, whatever the tree", () => {
    const tree = {
      condition: 'OR',
      rules: [
        { field: 'name', operator: 'not_equal', value: 'zz' },
        { field: 'name', operator: 'is_null' },
      ],
    };
    expect(conditions({ filter: JSON.stringify(tree), search: 'x' }, sqliteDialect)[0]).toBe(
      'WHERE s.organization_id = ? AND (((s.name IS NULL OR NOT (s.name = ?)) OR s.name IS NULL) AND (INSTR(s.name_folded, ?) > 0 OR INSTR(s.description_folded, ?) > 0 OR s.model_id IN (SELECT m.id FROM model m WHERE INSTR(m.name_folded, ?) > 0)))',
    );
  });
});

describe('what a scope knows', () => {
  const total = { sql: 'SELECT 7', params: [] };
  const indexes = { 'name,id': 'ix_name', '-created_at,id': 'ix_created_down' };
  const known: Scope = { ...scope, total, indexes };

  test.each([
    [{}, true],
    [{ search: ' ' }, true],
    [{ search: 'a' }, false],
    [rule('name', 'equal', 'a'), false],
  ])('%j: the kept total: %j', (raw, kept) => {
    expect(countSql(source, known, parseListQuery(source.fields, raw), mysqlDialect) === total).toBe(kept);
  });

  test.each<[string, Record<string, string>, number, string]>([
    ['the index of its order', {}, 401, ' FORCE INDEX (ix_name) '],
    ['the same read backwards', { ordering: '-name,-id' }, 401, ' FORCE INDEX (ix_name) '],
    ['its own for ties upwards', { ordering: '-created_at' }, 401, ' FORCE INDEX (ix_created_down) '],
    ['none for another order', { ordering: '-name' }, 401, ' '],
    ['none for what is sorted in no time', {}, 400, ' '],
    ['none where a filter knows better', rule('name', 'equal', 'a'), 401, ' '],
  ])('a page is read by %s', (_, raw, count, hint) => {
    const { sql } = pageSql(source, known, parseListQuery(source.fields, raw), mysqlDialect, count);
    expect(sql).toContain(`FROM segment s${hint}WHERE`);
  });

  test('in SQLite the hint is its own', () =>
    expect(pageSql(source, known, parseListQuery(source.fields, {}), sqliteDialect, 401).sql).toContain(' INDEXED BY ix_name '));
});

describe('a search in the copy of the texts', () => {
  const query = parseListQuery(source.fields, { search: 'a b' });
  const copied = textSource({ ...source, texts: { table: 'segment_text', column: 'words' } })!;

  test('a source without one has none', () => expect(textSource(source)).toBeUndefined());

  test('asks the parents once', () => {
    const one = (place: number) =>
      `SELECT 'm', ${place}, x.id FROM (SELECT m.id FROM model m WHERE INSTR(m.name_folded, ?) > 0 LIMIT 301) x`;
    expect(holdersSql(copied, query.search, sqliteDialect)).toEqual({ sql: `${one(0)} UNION ALL ${one(1)}`, params: ['a', 'b'] });
  });

  test('names few of them, none of none, and leaves many to the database', () => {
    const many = Array.from({ length: 301 }, (_, n) => ['m', 1, `id ${n}`]);
    const holders = holdersOf(copied, query.search, [['m', 0, 'one'], ...many]);
    expect(countSql({ ...copied, holders }, scope, query, sqliteDialect)).toEqual({
      sql: 'SELECT COUNT(*) AS total FROM segment_text s WHERE s.organization_id = ? AND ((INSTR(s.words, ?) > 0 OR s.model_id IN (?)) AND (INSTR(s.words, ?) > 0 OR s.model_id IN (SELECT m.id FROM model m WHERE INSTR(m.name_folded, ?) > 0)))',
      params: ['org', 'a', 'one', 'b', 'b'],
    });
    const nobody = countSql({ ...copied, holders: holdersOf(copied, query.search, []) }, scope, query, sqliteDialect);
    expect(nobody.sql).toMatch(/AND \(\(INSTR\(s\.words, \?\) > 0\) AND \(INSTR\(s\.words, \?\) > 0\)\)$/);
  });
});
