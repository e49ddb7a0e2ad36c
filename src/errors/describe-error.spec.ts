import { expect, test } from '@jest/globals';
import { describeError } from './describe-error.js';

const secret = "Duplicate entry 'hunter2'\n    hunter2 for key 'uq'";
const drivers = (members: object) => Object.assign(new Error(secret), members);
const places = expect.arrayContaining([expect.stringMatching(/^ +at .+:\d+:\d+/)]);

test.each<[string, unknown, object]>([
  ['a bug of ours', new TypeError('x is not a function'), { name: 'TypeError', message: 'x is not a function', stack: places }],
  [
    "MySQL's",
    drivers({ errno: 1062, code: 'ER_DUP_ENTRY', sql: 'INSERT' }),
    { name: 'Error', errno: 1062, code: 'ER_DUP_ENTRY', stack: places },
  ],
  ["TypeORM's", drivers({ query: 'INSERT' }), { name: 'Error', stack: places }],
  ['what is no error', 'hunter2', { name: 'string' }],
  ['nothing', undefined, { name: 'undefined' }],
])('%s', (_, error, told) => {
  expect(describeError(error)).toEqual(told);
  expect(JSON.stringify(describeError(error))).not.toContain('hunter2');
});
