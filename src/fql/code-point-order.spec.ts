import { expect, test } from '@jest/globals';
import { compareCodePoints } from './code-point-order.js';

test.each([
  ['a', 'a', 0],
  ['', '', 0],
  ['', 'a', -1],
  ['a', 'b', -1],
  ['ab', 'b', -1],
  ['a', 'ab', -1],
  ['Z', 'a', -1],
  ['z', 'é', -1],
  ['a\u0000', 'a\u0001', -1],
  // Surrogate pairs stand for code points behind U+FFFF, though their units lie before U+E000.
  ['\ud7ff', '\ue000', -1],
  ['\ud7ff', '\ud800\udc00', -1],
  ['\ue000', '\ud800\udc00', -1],
  ['\uffff', '\u{10000}', -1],
  ['\u{1f600}', '\u{1f601}', -1],
  ['\u{10000}', '\u{10ffff}', -1],
  ['a\uffee', 'a\u{1f600}', -1],
])('%j and %j: %d', (a, b, expected) => {
  expect(Math.sign(compareCodePoints(a, b))).toBe(expected);
  expect(Math.sign(compareCodePoints(b, a)) + expected).toBe(0);
});
