import { describe, expect, test } from '@jest/globals';
import { fqlHost } from '../../test/fql/host.js';
import { indexColumns } from './columns.js';
import { findRow } from './find-row.js';
import { parse } from './parser.js';

const columns = indexColumns([
  { name: 'age', type: 'int' },
  { name: 'balance', type: 'float' },
  { name: 'region', type: 'category' },
  { name: 'active', type: 'bool' },
]);

const both = (a: string, b: string) =>
  findRow(
    [a, b].map((text) => ({ tree: parse(text), isIn: true })),
    columns,
    fqlHost,
  );
const firstAlone = (a: string, b: string) =>
  findRow(
    [
      { tree: parse(a), isIn: true },
      { tree: parse(b), isIn: false },
    ],
    columns,
    fqlHost,
  );

describe('a row in both of two segments', () => {
  test.each([
    ['age > 30', 'age < 40', { kind: 'row', row: { age: 31 } }],
    ['age > 30', 'age < 31', { kind: 'none' }],
    ['age > 30 and active', "region == 'West'", { kind: 'row', row: { age: 31, active: true, region: 'West' } }],
    ["region == 'West' or region == 'East'", "region != 'West' and region != 'East'", { kind: 'none' }],
    ['is_null(balance)', 'balance > 0', { kind: 'none' }],
    ['is_null(balance)', 'age == 1', { kind: 'row', row: { balance: null, age: 1 } }],
    // Two columns compared are beyond it: a chance row decides nothing.
    ['age > balance + 1', 'age == 1', { kind: 'unknown' }],
  ])('%s / %s', (a, b, expected) => expect(both(a, b)).toEqual(expected));
});

describe('a row in the first alone', () => {
  test.each([
    ['age > 30', 'age > 20', { kind: 'none' }],
    ['age > 20', 'age > 30', { kind: 'row', row: { age: 21 } }],
    ['not active', 'active', { kind: 'row', row: { active: false } }],
    ['age == age', 'is_not_null(age)', { kind: 'none' }],
  ])('%s / %s', (a, b, expected) => expect(firstAlone(a, b)).toEqual(expected));
});
