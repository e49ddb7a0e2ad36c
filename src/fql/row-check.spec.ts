import { expect, test } from '@jest/globals';
import type { ColumnType } from './columns.js';
import { checkRow } from './row-check.js';

test.each<[ColumnType, unknown, string | undefined]>([
  ['int', 5, undefined],
  ['int', 5.5, 'a whole number or null, not a fraction.'],
  ['int', '5', 'a whole number or null, not a text.'],
  ['float', 5.5, undefined],
  ['float', Number('1e999'), 'a number or null, not a number beyond the range of a double.'],
  ['float', true, 'a number or null, not a truth value.'],
  ['bool', false, undefined],
  ['bool', 0, 'true, false or null, not a number.'],
  ['str', '', undefined],
  ['str', 5, 'a text or null, not a number.'],
  ['category', ['a'], 'a text or null, not a list.'],
  ['category', {}, 'a text or null, not an object.'],
  ['int', () => 1, 'a whole number or null, not a value of another type.'],
  ['timestamp', 1764028800, undefined],
  ['timestamp', '2026', undefined],
  ['vector', [1, 2], undefined],
  ['int', null, undefined],
])('%s takes %j: %s', (type, value, expected) => {
  const problems = checkRow({ x: value, other: 'left alone' }, [{ name: 'x', type }]);
  expect(problems).toEqual(expected ? [{ column: 'x', message: `The column "x" has the type ${type} and takes ${expected}` }] : []);
});

test('a missing key is fine, and what is inherited is missing', () => {
  expect(
    checkRow(
      {},
      ['x', 'constructor', '__proto__'].map((name) => ({ name, type: 'int' })),
    ),
  ).toEqual([]);
});

test('every column with a problem is named', () => {
  expect(
    checkRow({ x: 'a', y: 'b' }, [
      { name: 'x', type: 'int' },
      { name: 'y', type: 'bool' },
    ]).map(({ column }) => column),
  ).toEqual(['x', 'y']);
});
