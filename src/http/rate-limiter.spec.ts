import { describe, expect, test } from '@jest/globals';
import { RateLimiter } from './rate-limiter.js';

/** Requests at these milliseconds, each by `caller at`; what came of them. */
function outcomes(perSecond: number, perMinute: number, requests: readonly (readonly [ms: number, caller: string])[]) {
  let clock = 0;
  const limiter = new RateLimiter({ perSecond, perMinute }, () => clock);
  return requests.map(([ms, caller]) => {
    clock = ms;
    const { isAllowed, limit, remaining, reset } = limiter.take(caller);
    return [isAllowed, limit, remaining, reset];
  });
}

describe('a request is allowed, with the window that is nearest to its end', () => {
  test.each<[string, number, number, [number, string][], [boolean, number, number, number][]]>([
    ['the first', 2, 10, [[0, 'a']], [[true, 2, 1, 1]]],
    [
      'the last of a second, and one past it',
      2,
      10,
      [
        [0, 'a'],
        [1, 'a'],
        [2, 'a'],
      ],
      [
        [true, 2, 1, 1],
        [true, 2, 0, 1],
        [false, 2, 0, 1],
      ],
    ],
    [
      'a second later',
      1,
      10,
      [
        [0, 'a'],
        [999, 'a'],
        [1_000, 'a'],
      ],
      [
        [true, 1, 0, 1],
        [false, 1, 0, 1],
        [true, 1, 0, 1],
      ],
    ],
    [
      'the last of a minute, and one past it',
      5,
      2,
      [
        [0, 'a'],
        [2_000, 'a'],
        [4_000, 'a'],
      ],
      [
        [true, 2, 1, 60],
        [true, 2, 0, 58],
        [false, 2, 0, 56],
      ],
    ],
    [
      'a minute later',
      5,
      1,
      [
        [0, 'a'],
        [59_999, 'a'],
        [60_000, 'a'],
      ],
      [
        [true, 1, 0, 60],
        [false, 1, 0, 1],
        [true, 1, 0, 60],
      ],
    ],
    [
      'one who is refused in both windows waits for the longer',
      1,
      1,
      [
        [0, 'a'],
        [1, 'a'],
      ],
      [
        [true, 1, 0, 1],
        [false, 1, 0, 60],
      ],
    ],
    [
      'callers do not count for each other',
      1,
      10,
      [
        [0, 'a'],
        [0, 'b'],
        [1, 'a'],
      ],
      [
        [true, 1, 0, 1],
        [true, 1, 0, 1],
        [false, 1, 0, 1],
      ],
    ],
    [
      'what is refused does not count',
      1,
      2,
      [
        [0, 'a'],
        [1, 'a'],
        [2, 'a'],
        [1_000, 'a'],
        [2_000, 'a'],
      ],
      [
        [true, 1, 0, 1],
        [false, 1, 0, 1],
        [false, 1, 0, 1],
        [true, 1, 0, 1],
        [false, 2, 0, 58],
      ],
    ],
  ])('%s', (_, perSecond, perMinute, requests, expected) => {
    expect(outcomes(perSecond, perMinute, requests)).toEqual(expected);
  });
});
