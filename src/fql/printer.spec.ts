import { expect, test } from '@jest/globals';
import { parse } from './parser.js';
import { print } from './printer.js';

test.each([
  ['  age>50 ', 'age > 50'],
  ['(age)>(50)', 'age > 50'],
  ['"age" > 1.50', 'age > 1.50'],
  ['"max age" > 1e3', '"max age" > 1e3'],
  ['"a""b" > 0', '"a""b" > 0'],
  ['"and" or "True"', '"and" or "True"'],
  ['"größe" > 1', '"größe" > 1'],
  ["name == 'it''s'", "name == 'it''s'"],
  // Parentheses that mean nothing go, those that mean something stay.
  ['((a and b)) and c', 'a and b and c'],
  ['a and (b and c)', 'a and (b and c)'],
  ['a or (b or c)', 'a or (b or c)'],
  ['a or b or c', 'a or b or c'],
  ['true == a or false', 'true == a or false'],
  ['a or b and c', 'a or (b and c)'],
  ['(a or b) and c', '(a or b) and c'],
  ['(x + y) * 2 > 1', '(x + y) * 2 > 1'],
  ['x + (y * 2) > 1', 'x + y * 2 > 1'],
  ['x - (y - 1) > 1', 'x - (y - 1) > 1'],
  ['(x - y) - 1 > 1', 'x - y - 1 > 1'],
  ['x / (y * 2) > 1', 'x / (y * 2) > 1'],
  ['(x ^ y) ^ 2 > 1', '(x ^ y) ^ 2 > 1'],
  ['x ^ (y ^ 2) > 1', 'x ^ y ^ 2 > 1'],
  ['x ^ (-y) > 1', 'x ^ -y > 1'],
  ['-(x ^ 2) > 1', '-x ^ 2 > 1'],
  ['(-x) ^ 2 > 1', '(-x) ^ 2 > 1'],
  ['-(x * 2) > 1', '-(x * 2) > 1'],
  ['(-x) * 2 > 1', '-x * 2 > 1'],
  // Two signs in a row would begin a comment elsewhere.
  ['-(-1) > 0', '-(-1) > 0'],
  ['- - -x > 0', '-(-(-x)) > 0'],
  ['x - -1 > 0', 'x - -1 > 0'],
  // `not` is looser than a comparison.
  ['not (a == b)', 'not a == b'],
  ['(not a) == b', '(not a) == b'],
  ['not (not a)', 'not not a'],
  ['not (a and b)', 'not (a and b)'],
  ['(not a) and b', 'not a and b'],
  ['(a == b) == c', '(a == b) == c'],
  ['if ( a,b , null )', 'if(a, b, null)'],
  ["match( name , 'x' )", "match(name, 'x')"],
  ['quantile(x, level = 0.9) > 1', 'quantile(x, level=0.9) > 1'],
  ['e() > 1', 'e() > 1'],
])('%s → %s', (text, expected) => expect(print(parse(text))).toBe(expected));
