import { describe, expect, test } from '@jest/globals';
import type { Problem } from '../errors/app-error.js';
import { parsePaging } from './parse-paging.js';

describe('parsePaging', () => {
  test.each([
    ['limit', undefined, 50],
    ['limit', '1', 1],
    ['limit', '1000', 1000],
    ['limit', '007', 7],
    ['offset', undefined, 0],
    ['offset', '0', 0],
    ['offset', '1000000', 1_000_000],
  ] as const)('%s=%s → %d', (parameter, text, number) => {
    const problems: Problem[] = [];
    expect(parsePaging(parameter, text, problems)).toBe(number);
    expect(problems).toEqual([]);
  });

  const notDigits = [
    '',
    ' 5',
    '5 ',
    '+1',
    '-1',
    '1.5',
    '1e3',
    '1e21',
    '0x10',
    'abc',
    'NaN',
    'Infinity',
    '٣',
    '5\n',
    '9007199254740992',
    '9223372036854775807',
  ];

  test.each([...notDigits, '0', '1001'])('refuses limit=%j', (text) => {
    const problems: Problem[] = [];
    parsePaging('limit', text, problems);
    expect(problems).toEqual([
      {
        reason: 'InvalidPagination',
        message: 'The limit must be a whole number from 1 to 1,000.',
        help: 'Write digits only, as in "limit=50".',
        field: 'limit',
      },
    ]);
  });

  test.each([...notDigits, '1000001', '2147483648'])('refuses offset=%j', (text) => {
    const problems: Problem[] = [];
    parsePaging('offset', text, problems);
    expect(problems).toEqual([
      {
        reason: 'InvalidPagination',
        message: 'The offset must be a whole number from 0 to 1,000,000.',
        help: 'Write digits only, as in "offset=0".',
        field: 'offset',
      },
    ]);
  });
});
