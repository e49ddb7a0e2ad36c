import { expect, test } from '@jest/globals';
import { columnsUsed } from './columns-used.js';
import { parse } from './parser.js';

test.each([
  ['true', []],
  ['b > 1 and a > 1 and b < 9', ['a', 'b']],
  ['if(is_null(z), x, y) > length("a b")', ['a b', 'x', 'y', 'z']],
  // By code points: U+FF5E before U+1F600, whatever their UTF-16 units.
  ['"😀" > 1 or "～" > 1 or "Z" > 1 or "_" > 1', ['Z', '_', '～', '😀']],
])('%s', (text, expected) => expect(columnsUsed(parse(text))).toEqual(expected));
