import { describe, expect, test } from '@jest/globals';
import { failuresIn } from './support/server-errors.js';

/** What fails an end-to-end suite beside its tests. */
const line = (members: object) => JSON.stringify({ level: 'info', request_id: 'r1', method: 'GET', route: '/v3/segments', ...members });

describe('answers with a 5xx that no test asserted', () => {
  test.each<[string, string, string[], string[]]>([
    ['a 200', line({ status: 200 }), [], []],
    ['a 404', line({ status: 404 }), [], []],
    ['a 500', line({ status: 500 }), [], ['500 GET /v3/segments (request r1)']],
    ['a 503', line({ status: 503 }), [], ['503 GET /v3/segments (request r1)']],
    ['a 503 that is wanted', line({ status: 503 }), ['r1'], []],
    ['a 503 where another one is wanted', line({ status: 503 }), ['r2'], ['503 GET /v3/segments (request r1)']],
    [
      'a 500 without an access log',
      JSON.stringify({ level: 'error', request_id: 'r1', route: '/v3/segments', error: {} }),
      [],
      ['500 /v3/segments (request r1)'],
    ],
    ['an error outside of a request', JSON.stringify({ level: 'error', msg: 'no database' }), [], []],
    ['what is printed for people', 'the status: 500', [], []],
    [
      'several lines, the same request once',
      [line({ level: 'error', error: {} }), line({ status: 500 }), line({ status: 200, request_id: 'r2' })].join('\n'),
      [],
      ['500 GET /v3/segments (request r1)'],
    ],
  ])('%s', (_, log, wanted, failures) => {
    expect(failuresIn(log, new Set(wanted))).toEqual(failures);
  });
});
