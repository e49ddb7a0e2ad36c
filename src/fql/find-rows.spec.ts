import { describe, expect, test } from '@jest/globals';
import { fqlHost } from '../../test/fql/host.js';
import { indexColumns } from './columns.js';
import { findRows } from './find-rows.js';
import { parse } from './parser.js';

const columns = indexColumns([
  { name: 'age', type: 'int' },
  { name: 'balance', type: 'float' },
  { name: 'region', type: 'category' },
  { name: 'active', type: 'bool' },
]);

const both = (a: string, b: string) => findRows([parse(a), parse(b)], [[true, true]], columns, fqlHost)[0];
const firstAlone = (a: string, b: string) => findRows([parse(a), parse(b)], [[true, false]], columns, fqlHost)[0];

describe('a row in both of two segments', () => {
  test.each([
    ['age > 30', 'age < 40', { kind: 'row', row: { age: 31 } }],
    ['age > 30', 'age < 31', { kind: 'none' }],
    ['age > 30 and active', "region == 'West'", { kind: 'row', row: { age: 31, active: true, region: 'West' } }],
    ["region == 'West' or region == 'East'", "region != 'West' and region != 'East'", { kind: 'none' }],
    ['is_null(balance)', 'balance > 0', { kind: 'none' }],
    ['is_null(balance)', 'age == 1', { kind: 'row', row: { balance: null, age: 1 } }],
    // Beyond reasoning: rows near the values that the definitions speak of are tried.
    ['age > balance + 1', 'age == 1', { kind: 'row', row: { age: 1, balance: -0.5 } }],
    ['age * 2 > 100', 'balance / age > 12.5', { kind: 'row', row: { age: 99, balance: 1e6 } }],
    ["match(region, '(?i)^new')", 'active', { kind: 'row', row: { active: true, region: 'new' } }],
    ['length(region) > 5', "region != 'other'", { kind: 'row', row: { region: 'other_' } }],
    // Found nowhere, excluded by nothing.
    ['age * age == 12345679', 'active', { kind: 'unknown' }],
    // Longer than a region may be: taken apart.
    [
      Array.from({ length: 100 }, (_, i) => `age + balance == ${i}`).join(' or '),
      Array.from({ length: 100 }, (_, i) => `age + balance != ${i}`).join(' and '),
      { kind: 'none' },
    ],
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
