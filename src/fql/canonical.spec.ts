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
  // together, and the deeper operand of a sum first
  ['-(x - 1) > 0', '0 < -("x" - 1)'],
  ['-(1 + 2) < x', '-3 < "x"'],
  ['x > -(0 - 5)', '5 < "x"'],
  ['not (a or not b) and c', '"b" and "c" and not "a"'],
  ['a and (b or a and c)', '"a" and ("a" and "c" or "b")'],
  ['(a and b) == true', '"a" and "b"'],
  ['(a or b) == false', 'not "a" and not "b"'],
  ['not ((a or b) == false)', '"a" or "b"'],
  ['true == (a and b)', '"a" and "b"'],
  ['false == a', 'not "a"'],
  ['true != a', 'not "a"'],
  ['false == false', 'true'],
  ['a == a', '"a" == "a"'],
  ['x + 1 + y > 0', '0 < "x" + 1 + "y"'],
  ['2 + 3 + x > 0', '0 < "x" + 5'],
  ['x - 2 - 3 > 0', '0 < "x" - 2 - 3'],
  ['(x - (y - (z - 1))) + w > 0', '0 < "x" - ("y" - ("z" - 1)) + "w"'],
  ['w + (x - (y - (z - 1))) > 0', '0 < "x" - ("y" - ("z" - 1)) + "w"'],
  ['b + abs(abs(c)) > 0', '0 < abs(abs("c")) + "b"'],
  ['abs(c) + abs(b + abs(d)) > 0', '0 < abs(abs("d") + "b") + abs("c")'],
  ['f(b, abs(abs(c))) + abs(abs(abs(d))) > 0', '0 < abs(abs(abs("d"))) + f("b", abs(abs("c")))'],
  ['f(abs(abs(c)), b) + abs(abs(abs(d))) > 0', '0 < abs(abs(abs("d"))) + f(abs(abs("c")), "b")'],
  ['b + c ^ 2 > 0', '0 < "c" ^ 2 + "b"'],
  ['b + c ^ (d - 1) > 0', '0 < "c" ^ ("d" - 1) + "b"'],
  ['(b ^ c) ^ d + (b - (c - d)) > 0', '0 < "b" - ("c" - "d") + ("b" ^ "c") ^ "d"'],
  ['b + -(c + 1) > 0', '0 < -("c" + 1) + "b"'],
  ['abs(b) + -(c + 1) > 0', '0 < -("c" + 1) + abs("b")'],
  ['-b + abs(abs(c)) > 0', '0 < abs(abs("c")) + -"b"'],
  ['b * (c + 1) > 0', '0 < ("c" + 1) * "b"'],
  ['b + (c + d) * 2 > 0', '0 < ("c" + "d") * 2 + "b"'],
  ['if(a and (b or c), 1, 2) + if(not d, 1, 2) > 0', '0 < if("a" and ("b" or "c"), 1, 2) + if(not "d", 1, 2)'],
  ['if(not not d, 1, 2) + if(a, 1, 2) > 0', '0 < if("a", 1, 2) + if("d", 1, 2)'],
  ['if(not a and b, 1, 2) + if(c, abs(1), 2) > 0', '0 < if("b" and not "a", 1, 2) + if("c", abs(1), 2)'],
  ['if((a or b) and c, 1, 2) + abs(abs(x)) > 0', '0 < abs(abs("x")) + if(("a" or "b") and "c", 1, 2)'],
  ['if(a == (b == c), 1, 2) + abs(x) > 0', '0 < if("a" == ("b" == "c"), 1, 2) + abs("x")'],
  ['not a or not (b or not c)', '"c" and not "b" or not "a"'],
  ['(a or b) and (c or d) or e', '"e" or ("a" or "b") and ("c" or "d")'],
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
