import { expect, test } from '@jest/globals';
import { fqlHost } from '../../test/fql/host.js';
import { indexColumns } from './columns.js';
import { compareDefinitions, type Relation } from './compare.js';
import type { FoundRow } from './find-rows.js';
import { parse } from './parser.js';

const columns = indexColumns([
  { name: 'age', type: 'int' },
  { name: 'balance', type: 'float' },
  { name: 'region', type: 'category' },
  { name: 'active', type: 'bool' },
]);

const none: FoundRow = { kind: 'none' };
const unknown: FoundRow = { kind: 'unknown' };
const row = (values: Record<string, unknown>): FoundRow => ({ kind: 'row', row: values });

test.each<[Relation, string, string, FoundRow, FoundRow, FoundRow]>([
  ['equal', 'age > 30', 'not (age <= 30)', row({ age: 31 }), none, none],
  ['equal', 'age > 30', 'age >= 31', row({ age: 31 }), none, none],
  // Nothing is known of it but that it is the same.
  ['equal', 'age * age == 12345679', '12345679 == age * age', unknown, none, none],
  ['equal', 'age > 5 and age < 5', 'age != age', none, none, none],
  ['contained', 'age > 30 and active', 'age > 20', row({ age: 31, active: true }), none, row({ age: 21, active: null })],
  ['contained', 'age > 5 and age < 5', 'active', none, none, row({ age: 0, active: true })],
  ['contains', "region != 'West'", "region == 'East' or region == 'North'", row({ region: 'East' }), row({ region: 'other' }), none],
  ['disjoint', 'age < 30', 'age >= 30', none, row({ age: 0 }), row({ age: 30 })],
  // A missing value is in neither, so these two leave rows out.
  ['disjoint', 'is_null(balance)', 'balance > 0', none, row({ balance: null }), row({ balance: 1 })],
  ['overlapping', 'age > 30', 'age < 40', row({ age: 31 }), row({ age: 40 }), row({ age: 0 })],
  ['unknown', 'age * age == 12345679', 'active', unknown, unknown, row({ age: null, active: true })],
])('%s: %s / %s', (relation, first, second, both, firstOnly, secondOnly) => {
  expect(compareDefinitions(parse(first), parse(second), columns, fqlHost)).toEqual({ relation, both, firstOnly, secondOnly });
});
