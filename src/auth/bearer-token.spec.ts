import { expect, test } from '@jest/globals';
import { bearerToken } from './bearer-token.js';

test.each<[authorization: string | undefined, token: string | null]>([
  ['Bearer a.b.c', 'a.b.c'],
  ['bearer a.b.c', 'a.b.c'],
  ['BEARER a.b.c', 'a.b.c'],
  [undefined, null],
  ['', null],
  ['Bearer', null],
  ['Bearer ', null],
  ['Bearer  a.b.c', null],
  ['Bearer\ta.b.c', null],
  ['Bearer a.b.c ', null],
  ['Bearer a.b.c d', null],
  ['Bearer a.b.c, Bearer d.e.f', null],
  ['x Bearer a.b.c', null],
  [' Bearer a.b.c', null],
  ['Basic a.b.c', null],
  ['a.b.c', null],
  ['Bearera.b.c', null],
])('%j holds the token %j', (authorization, token) => {
  expect(bearerToken({ headers: { authorization } })).toBe(token);
});
