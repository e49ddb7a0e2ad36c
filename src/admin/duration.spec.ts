import { describe, expect, test } from '@jest/globals';
import { parseDuration } from './duration.js';

describe('parseDuration', () => {
  test.each([
    ['1s', 1],
    ['90s', 90],
    ['30m', 1_800],
    ['1h', 3_600],
    ['7d', 604_800],
    ['3660d', 316_224_000],
  ])('%s is %d seconds', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds);
  });

  test.each(['', '1', 'h', '0s', '-1h', '1.5h', '1 h', ' 1h', '1H', '1w', '01h', '1h30m', '3661d', '999999999d', 'soon', '1h\n', '٣h'])(
    'refuses %j, saying how to write one',
    (text) => {
      expect(() => parseDuration(text)).toThrow(new RangeError('Write a duration as 90s, 30m, 1h or 7d; ten years at most.'));
    },
  );
});
