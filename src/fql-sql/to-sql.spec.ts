import { describe, expect, test } from '@jest/globals';
import { indexColumns } from '../fql/columns.js';
import { parse } from '../fql/parser.js';
import type { DialectName } from './dialects.js';
import { toSql } from './to-sql.js';

const columns = indexColumns([
  { name: 'i', type: 'int' },
  { name: 'k', type: 'int' },
  { name: 'x', type: 'float' },
  { name: 'y', type: 'float' },
  { name: 'b', type: 'bool' },
  { name: 's', type: 'str' },
  { name: 'c', type: 'category' },
  { name: 't', type: 'timestamp' },
  { name: 'v', type: 'vector' },
  { name: 'a"b', type: 'int' },
  { name: 'a`b', type: 'int' },
  { name: 'a\\', type: 'int' },
]);
const translate = (text: string, dialect: DialectName) => toSql(parse(text), columns, dialect);

/** What is run in a real database is in `test/fql-sql`; here is what it reads like. */
describe.each<[DialectName, [definition: string, sql: string, parameters: (string | number)[]][]]>([
  [
    'mysql',
    [
      ['i == 1', '`i` = CAST(? AS SIGNED)', [1]],
      ['i > 1 and i > 1', '(`i` > CAST(? AS SIGNED)) AND (`i` > CAST(? AS SIGNED))', [1, 1]],
      ['i > 9007199254740993', '`i` > CAST(? AS DECIMAL(65, 0))', ['9007199254740993']],
      ['i > -(-1)', '`i` > CAST(? AS SIGNED)', [1]],
      ['-(-i) > 1', '(-(-CAST(`i` AS DOUBLE))) > CAST(? AS DOUBLE)', [1]],
      ['i + k > 0.5', '(CAST(`i` AS DOUBLE) + CAST(`k` AS DOUBLE)) > CAST(? AS DOUBLE)', [0.5]],
      ['i / 2 > 0.5', '(CAST(`i` AS DOUBLE) / CAST(? AS DOUBLE)) > CAST(? AS DOUBLE)', [2, 0.5]],
      ['log(i) > 1', 'CASE WHEN CAST(`i` AS DOUBLE) <= 0 THEN NULL ELSE LN(CAST(`i` AS DOUBLE)) END > CAST(? AS DOUBLE)', [1]],
      ['"a`b" == 1', '`a``b` = CAST(? AS SIGNED)', [1]],
      ['is_null(s)', 'COALESCE(CHAR_LENGTH(CONVERT(`s` USING utf8mb4)), 0) = 0', []],
      ["s != ''", 'NOT (CAST(CONVERT(`s` USING utf8mb4) AS BINARY) = CAST(CONVERT(? USING utf8mb4) AS BINARY))', ['']],
      ['is_not_null(v)', 'NOT (`v` IS NULL)', []],
      ['b or b or not b', '`b` OR `b` OR (NOT `b`)', []],
      ['if(b, true, null)', 'CASE WHEN `b` THEN TRUE ELSE NULL END', []],
    ],
  ],
  [
    'duckdb',
    [
      ['i > 1 and k > 1', '("i" > CAST($1 AS BIGINT)) AND ("k" > CAST($2 AS BIGINT))', [1, 1]],
      ['x > 0.5', 'CASE WHEN NOT isfinite(CAST("x" AS DOUBLE)) THEN NULL ELSE CAST("x" AS DOUBLE) END > CAST($1 AS DOUBLE)', [0.5]],
      ['i > 99999999999999999999', '"i" > CAST($1 AS HUGEINT)', ['99999999999999999999']],
      ['"a""b" == 1', '"a""b" = CAST($1 AS BIGINT)', [1]],
      ["match(s, 'a''b')", 'regexp_matches(CAST("s" AS VARCHAR) COLLATE C, $1)', ["a'b"]],
      ['i ^ 2 == 4', 'pow(CAST("i" AS DOUBLE), CAST($1 AS DOUBLE)) = CAST($2 AS DOUBLE)', [2, 4]],
    ],
  ],
  [
    'bigquery',
    [
      ['i > 1 and i > 1', '(`i` > CAST(@p1 AS INT64)) AND (`i` > CAST(@p2 AS INT64))', [1, 1]],
      ['i * k > 0.5', 'SAFE_MULTIPLY(CAST(`i` AS FLOAT64), CAST(`k` AS FLOAT64)) > CAST(@p1 AS FLOAT64)', [0.5]],
      ['i % k == 1', 'MOD(`i`, NULLIF(`k`, 0)) = CAST(@p1 AS INT64)', [1]],
      ['log(i) > 1', 'SAFE.LN(CAST(`i` AS FLOAT64)) > CAST(@p1 AS FLOAT64)', [1]],
      ['"a`b" == 1', '`a\\`b` = CAST(@p1 AS INT64)', [1]],
      ['"a\\" == 1', '`a\\\\` = CAST(@p1 AS INT64)', [1]],
      ["match(c, '^a')", "REGEXP_CONTAINS(COLLATE(`c`, ''), @p1)", ['^a']],
    ],
  ],
  [
    'clickhouse',
    [
      [
        'i > 1 and x > 0.5',
        '(`i` > {p1:Int64}) AND (CASE WHEN NOT isFinite(toFloat64(`x`)) THEN NULL ELSE toFloat64(`x`) END > {p2:Float64})',
        [1, 0.5],
      ],
      ['i % k == 1', 'MOD(`i`, NULLIF(`k`, 0)) = {p1:Int64}', [1]],
      ['length(s) == 1', 'lengthUTF8(`s`) = {p1:Int64}', [1]],
      ["match(s, 'a.b')", 'match(`s`, {p1:String})', ['(?-s)a.b']],
      ["substring(s, 2, 1) == 'x'", 'substringUTF8(`s`, {p1:Int64}, {p2:Int64}) = {p3:String}', [2, 1, 'x']],
      ['"a`b" == 1', '`a\\`b` = {p1:Int64}', [1]],
      ["c == 'x'", 'toString(`c`) = {p1:String}', ['x']],
    ],
  ],
])('%s', (dialect, rows) => {
  test.each(rows)('%s', (definition, sql, parameters) => {
    expect(translate(definition, dialect)).toEqual({ predicate: { sql, parameters } });
  });
});

describe('refused, where it stands', () => {
  test.each<[DialectName, string, number[], RegExp]>([
    ['mysql', "match(s, 'a') or b or match(c, 'a')", [0, 22], /ICU/],
    ['mysql', 'log2(i) > 1', [0], /logarithms/],
    ['bigquery', 'b or x % 2 == 1', [7], /remainder/],
    ['bigquery', 'is_null(v)', [8], /empty/],
    ['clickhouse', 'x % 2 == 1', [2], /remainder/],
    ['clickhouse', 'is_not_null(v)', [12], /empty/],
    ['duckdb', "to_string(x) == '1'", [0], /text/],
    ['duckdb', "to_string(i + 1) == '1'", [0], /text/],
    ['mysql', `${'x*'.repeat(400)}x > 1`, [0], /100,000/],
  ])('%s: %s', (dialect, definition, offsets, why) => {
    const result = translate(definition, dialect);
    if ('predicate' in result) throw new Error(`not refused: ${result.predicate.sql}`);
    expect(result.refusals.map(({ span }) => span.start)).toEqual(offsets);
    expect(result.refusals[0].why).toMatch(why);
  });
});

test.each<[DialectName, number]>([
  ['mysql', 30],
  ['duckdb', 400],
  ['bigquery', 400],
  ['clickhouse', 400],
])('%s: a sum of %d columns is not too long', (dialect, count) => {
  expect(translate(`${Array.from({ length: count }, () => 'x').join('+')} > 1`, dialect)).toHaveProperty('predicate');
});
