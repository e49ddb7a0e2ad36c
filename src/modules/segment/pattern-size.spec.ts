import { expect, test } from '@jest/globals';
import { patternSize } from './pattern-size.js';

test.each([
  ['', 0],
  ['abc', 3],
  ['a{1000}', 1_000],
  ['a{2,50}', 50],
  ['a{7,}', 7],
  ['(ab){10}', 40],
  ['((a{10}){10}){10}', 1_220],
  ['[abc]{100}', 100],
  ['[]a{9}]{100}', 100],
  ['[^]a]{100}', 100],
  ['[[:alpha:]]{100}', 100],
  ['[\\]a]{100}', 100],
  ['\\d{100}', 100],
  ['\\{100}', 5],
  ['x{a}', 4],
  ['(a{1000})'.repeat(100), 100_200],
])('%s', (pattern, size) => {
  expect(patternSize(pattern)).toBe(size);
});
