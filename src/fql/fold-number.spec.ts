import { expect, test } from '@jest/globals';
import { foldNumber } from './fold-number.js';
import { parse } from './parser.js';

test.each([
  ['2.5', 2.5],
  ['-2', -2],
  ['- -2', 2],
  ['1 + 2 * 3', 7],
  ['7 % 4 - 1', 2],
  ['2 ^ 3 ^ 2', 512],
  ['10 - 4 - 3', 3],
  ['1 / 0', Infinity],
  ['a', undefined],
  ['-a', undefined],
  ['a - 1 - 2', undefined],
  ['1 - a - 2', undefined],
  ['1 - 2 - a', undefined],
  ['1 == 1', undefined],
  ['not 5', undefined],
  ['1 < 2 and 3 < 4', undefined],
  ['abs(1)', undefined],
  ["'1'", undefined],
  ['true', undefined],
])('%s is %s', (text, expected) => expect(foldNumber(parse(text))).toBe(expected));
