import { expect, test } from '@jest/globals';
import { indexColumns } from './columns.js';

test('of two columns of one name the first counts', () => {
  const columns = indexColumns([
    { name: 'a', type: 'int' },
    { name: '__proto__', type: 'bool' },
    { name: 'a', type: 'str' },
  ]);
  expect([...columns]).toEqual([
    ['a', { name: 'a', type: 'int' }],
    ['__proto__', { name: '__proto__', type: 'bool' }],
  ]);
});
