import { describe, expect, test } from '@jest/globals';
import { VerifiedTokens } from './verified-tokens.js';

describe('a token that was found good', () => {
  test.each<[string, number, string | undefined]>([
    ['before it expires', 999, 'ada'],
    ['within the leeway', 1_004, 'ada'],
    ['at its end, as the library has it', 1_005, undefined],
    ['later', 2_000, undefined],
  ])('%s', (_, now, subject) => {
    const tokens = new VerifiedTokens();
    tokens.keep('a token', 'ada', 1_000);
    expect(tokens.subject('a token', now)).toBe(subject);
    expect(tokens.subject('another', now)).toBeUndefined();
  });

  test('many of them take no more than their share of memory', () => {
    const tokens = new VerifiedTokens();
    const long = (index: number): string => `${index}.${'x'.repeat(8_000)}`;
    for (let index = 0; index < 1_000; index++) tokens.keep(long(index), 'ada', 1_000);
    const kept = Array.from({ length: 1_000 }, (_, index) => tokens.subject(long(index), 0)).filter((one) => one !== undefined);
    expect(kept).toHaveLength(499);
    expect(tokens.subject(long(999), 0)).toBe('ada');
  });
});
