import { describe, expect, test } from '@jest/globals';
import { canonicalText } from './canonical.js';
import { fingerprint } from './fingerprint.js';
import { parse } from './parser.js';

const canonical = (text: string): string => canonicalText(parse(text));

test.each([
  ['age > 50', '50 < "age"'],
  ['50 >= age', '"age" <= 50'],
  ['"a""b" > 1', '1 < "a""b"'],
  // not goes inwards
  ['not (age <= 50)', '50 < "age"'],
  ['not (age < 50)', '50 <= "age"'],
  ['not (age == 50)', '"age" != 50'],
  ['not (a and not b)', '"b" or not "a"'],
  ['not not a', '"a"'],
  ['not true', 'false'],
  ['not is_null(age)', 'is_not_null("age")'],
  ["not match(s, 'x')", 'not match("s", \'x\')'],
  ['not if(a, b, c)', 'not if("a", "b", "c")'],
  // Booleans are conditions already
  ['a == true', '"a"'],
  ['false != a', '"a"'],
  ['a == false', 'not "a"'],
  ['(x > 1) == false', '"x" <= 1'],
  ['(true and true) == a', '"a"'],
  ['a == b', '"a" == "b"'],
  // numbers
  ['x == 1.50', '"x" == 1.5'],
  ['x == 60.0', '"x" == 60'],
  ['x > 2 * 3 + 1', '7 < "x"'],
  ['x > -(-1)', '1 < "x"'],
  ['x > 1 - 2', '-1 < "x"'],
  ['-(-x) > 0', '0 < "x"'],
  ['x > 0 * -1', '0 < "x"'],
  ['x > 1e308 * 10', '10 * 1e+308 < "x"'],
  ['x ^ (0 - 2) > 1', '1 < "x" ^ -2'],
  ['(0 - 2) ^ x > 1', '1 < (-2) ^ "x"'],
  // flat, sorted, once
  ['b and a and (c and a)', '"a" and "b" and "c"'],
  ['(b or a) and (a or b)', '"a" or "b"'],
  ['((a or b) and (b or a)) or c', '"a" or "b" or "c"'],
  ['c or b and a', '"a" and "b" or "c"'],
  ["s == 'x' and x > 1", '"s" == \'x\' and 1 < "x"'],
  ["'x' == s", '"s" == \'x\''],
  ['y * x + 1 > 0', '0 < "x" * "y" + 1'],
  ['1 + y * x > 0', '0 < "x" * "y" + 1'],
  // not regrouped, not reordered where order counts
  ['z + y + x > 0', '0 < "y" + "z" + "x"'],
  ['x + (z + y) > 0', '0 < "y" + "z" + "x"'],
  ['(x + 1) + 2 > 0', '0 < "x" + 1 + 2'],
  ['y - x > 0', '0 < "y" - "x"'],
  ['is_null(null)', 'is_null(null)'],
])('%s → %s', (text, expected) => expect(canonical(text)).toBe(expected));

describe('what says something else stays apart', () => {
  test.each([
    ['age > 50', 'age >= 50'],
    ['a and b', 'a or b'],
    ['x + y + z > 0', 'x + (y + z) > 0'],
    ['x - y > 0', 'y - x > 0'],
    ["s == 'a'", "s == 'A'"],
    ['not is_null(s)', "s != ''"],
    ['"a b" > 0', '"a  b" > 0'],
    ["s == '1'", 'x == 1'],
  ])('%s / %s', (a, b) => expect(canonical(a)).not.toBe(canonical(b)));
});

test('the fingerprint is half of a hash over the form and its version', () => {
  const sha256 = (text: string): string => `${text}|`.padEnd(64, '0');
  expect(fingerprint('50 < "age"', { sha256 })).toBe('fql1:50 < "age"|0000000000000000');
});
