import { describe, expect, test } from '@jest/globals';
import { indexColumns } from '../../src/fql/columns.js';
import { compile } from '../../src/fql/evaluator.js';
import { parse } from '../../src/fql/parser.js';
import { effort } from '../support/effort.js';
import { fqlHost } from './host.js';

const columns = indexColumns([
  { name: 'i', type: 'int' },
  { name: 'x', type: 'float' },
  { name: 'y', type: 'float' },
  { name: 'a', type: 'bool' },
  { name: 'b', type: 'bool' },
  { name: 's', type: 'str' },
  { name: 'c', type: 'category' },
  { name: 't', type: 'timestamp' },
  { name: 'v', type: 'vector' },
  { name: '__proto__', type: 'int' },
  { name: 'constructor', type: 'int' },
]);

type Row = Readonly<Record<string, unknown>>;

const evaluate = (text: string, row: Row) => compile(parse(text), columns, fqlHost)(row);

const table = (rows: readonly (readonly [text: string, row: Row, expected: boolean | null])[]): void => {
  test.each(rows.map(([text, row, expected]) => [text, row, expected] as const))('%s of %j is %s', (text, row, expected) =>
    expect(evaluate(text, row)).toBe(expected),
  );
};

describe('three values', () => {
  const truth = [true, false, null];
  const kleene = (a: boolean | null, b: boolean | null) => ({
    'a and b': a === false || b === false ? false : a === null || b === null ? null : true,
    'a or b': a === true || b === true ? true : a === null || b === null ? null : false,
    'not a': a === null ? null : !a,
    'a == b': a === null || b === null ? null : a === b,
    'a != b': a === null || b === null ? null : a !== b,
    'if(a, b, not b)': a === true ? b : b === null ? null : !b,
    'is_null(a)': a === null,
    'is_not_null(a)': a !== null,
  });
  test.each(truth.flatMap((a) => truth.map((b) => [a, b] as const)))('a is %s, b is %s', (a, b) => {
    const expected = kleene(a, b);
    expect(Object.fromEntries(Object.keys(expected).map((text) => [text, evaluate(text, { a, b })]))).toEqual(expected);
  });

  table([
    ['x > 30', {}, null],
    ['not x > 30', {}, null],
    ["x > 30 or c == 'Texas'", { c: 'Texas' }, true],
    ["x > 30 and c == 'Texas'", { c: 'Hawaii' }, false],
    ['x == x', {}, null],
    ['(a and b) == b', { a: true, b: false }, true],
    ['(a or b) != a', { a: false, b: true }, true],
    ['(a and b) == (a or b)', { a: true }, null],
    ['if(x > 1, a, null)', { x: 0, a: true }, null],
    ['if(x > 1, null, a)', { a: true }, true],
    ['is_null(if(x > 1, 1, null))', { x: 0 }, true],
    ['is_null(null)', {}, true],
  ]);
});

describe('what a row has', () => {
  table([
    ['is_null(x)', { x: Number.NaN }, true],
    ['is_null(x)', { x: Infinity }, true],
    ['is_null(x)', { x: undefined }, true],
    ['is_null(x)', { x: 0 }, false],
    // What checkRow refuses is nothing of the column's type.
    ['is_null(x)', { x: '5' }, true],
    ['is_null(s)', { s: 5 }, true],
    ['is_null(a)', { a: 1 }, true],
    ['is_null(t)', { t: '2026-11-25T00:00:00Z' }, false],
    ['is_null(t)', { t: 1764028800 }, false],
    ['is_null(t)', {}, true],
    ['is_not_null(v)', { v: [1, 2] }, true],
    ['is_not_null(v)', { v: [] }, true],
    ['is_null("__proto__")', {}, true],
    ['is_null(constructor)', {}, true],
    ['"__proto__" == 1', JSON.parse('{"__proto__": 1}') as Row, true],
    ['constructor == 1', { constructor: 1 }, true],
    ['x > 1', Object.create({ x: 5 }) as Row, null],
  ]);
});

describe('numbers', () => {
  table([
    ['2 ^ 3 ^ 2 == 512', {}, true],
    ['-2 ^ 2 == -4', {}, true],
    ['2 ^ -1 == 0.5', {}, true],
    ['x % y == -1', { x: -7, y: 3 }, true],
    ['x % y == 1', { x: 7, y: -3 }, true],
    ['x % y == 1.5', { x: 7.5, y: 2 }, true],
    ['x / y > 0', { x: 1, y: 0 }, null],
    ['x % y == 0', { x: 1, y: 0 }, null],
    ['x * y > 0', { x: 1e200, y: 1e200 }, null],
    ['x * y - x * y == 0', { x: 1e200, y: 1e200 }, null],
    ['x ^ y > 0', { x: -8, y: 1 / 3 }, null],
    ['x ^ y == 1', { x: 0, y: 0 }, true],
    ['0.1 + 0.2 == 0.3', {}, false],
    ['x < y', { x: 1, y: 1 }, false],
    ['x >= y', { x: 0, y: 1 }, false],
    ['x + y == 1', { x: 1 }, null],
    ['x + y == 1', { y: 1 }, null],
    ['x > -y', { x: 1 }, null],
    ['x == 0', { x: -0 }, true],
    ['sqrt(x) == 3', { x: 9 }, true],
    ['sqrt(x) > 0', { x: -1 }, null],
    ['log(x) > 0', { x: 0 }, null],
    ['log2(x) == 3', { x: 8 }, true],
    ['log10(x) == 3', { x: 1000 }, true],
    ['exp(x) > 0', { x: 1000 }, null],
    ['exp(1) == e()', {}, true],
    ['abs(x) == 2', { x: -2 }, true],
    ['pi() > 3.14', {}, true],
  ]);
});

describe('texts', () => {
  table([
    ["s == 'Ab'", { s: 'ab' }, false],
    ["s == 'a'", { s: 'a ' }, false],
    ["s == 'é'", { s: 'e\u0301' }, false],
    ["'' == s", { s: '' }, true],
    ['is_null(s)', { s: '' }, true],
    ['is_not_null(s)', { s: ' ' }, true],
    ['is_null(substring(s, 1, 0))', { s: 'x' }, true],
    ['length(s) == 0', { s: '' }, true],
    ['length(s) == 2', { s: '👍🏽' }, true],
    ['length(s) == 1', { s: '\uffff' }, true],
    ['length(s) == 1', { s: '\u{10000}' }, true],
    ['length(s) == 1', { s: '\ud83d' }, true],
    ["startswith(s, '')", { s: '' }, true],
    ["startswith(s, 'Ab')", { s: 'abc' }, false],
    ["substring(s, 1, 2) == 'ab'", { s: 'abc' }, true],
    ["substring(s, 2, 9) == 'bc'", { s: 'abc' }, true],
    ["substring(s, 9, 2) == ''", { s: 'abc' }, true],
    ["substring(s, 2, 1) == '😀'", { s: 'a😀b' }, true],
    ['length(substring(s, 2, 0)) == 0', { s: 'abc' }, true],
    ['length(substring(s, 1, 1e15)) == 3', { s: 'abc' }, true],
    ["substring(s, i, 1) == 'a'", { s: 'abc', i: 0 }, null],
    ["substring(s, 1, i) == ''", { s: 'abc', i: -1 }, null],
    ["substring(s, x, 1) == 'a'", { s: 'abc', x: 1.5 }, null],
    ["match(s, 'b+')", { s: 'abbc' }, true],
    ["match(s, '^b')", { s: 'abc' }, false],
    ["match(s, '(?i)B')", { s: 'abc' }, true],
    ["match(s, '')", {}, null],
    ["to_string(x) == '1.5'", { x: 1.5 }, true],
    ["to_string(x) == '1e+21'", { x: 1e21 }, true],
    ["to_string(x) == '0'", { x: -0 }, true],
    ["to_string(1.50) == '1.5'", {}, true],
    ["to_string(a) == 'true'", { a: true }, true],
    ["to_string(a) == 'null'", {}, null],
    ["to_string(s) == 'x'", { s: 'x' }, true],
  ]);
});

describe('a tree that was not checked is refused', () => {
  test.each([
    ['nobody > 1', 'no column nobody'],
    ['nobody(x) > 1', 'no row function nobody'],
    ['sum(x) > 1', 'no row function sum'],
    ['match(s, s)', 'a pattern that is not literal'],
    ['match(s)', 'a pattern that is not literal'],
  ])('%s', (text, reason) => expect(() => evaluate(text, {})).toThrow(new Error(`unchecked definition: ${reason}`)));
});

describe('work', () => {
  test('a pattern that is a trap elsewhere takes linear time', () => {
    const run = () => expect(evaluate("match(s, '(a+)+$')", { s: `${'a'.repeat(20_000)}!` })).toBe(false);
    expect(effort(run, 500)).toBeLessThan(500);
  });

  test('a chain as long as a definition may be runs and does not exhaust the stack', () => {
    const sum = `${Array.from({ length: 990 }, () => 'x').join(' + ')} == 990`;
    expect(evaluate(sum, { x: 1 })).toBe(true);
    const or = Array.from({ length: 490 }, (_, index) => `x == ${index}`).join(' or ');
    expect(evaluate(or, { x: 489 })).toBe(true);
  });

  test('and, or and if look no further than they must', () => {
    let asked = 0;
    const host = { ...fqlHost, compilePattern: () => () => (asked += 1) > 0 };
    const run = (text: string): void => void compile(parse(text), columns, host)({ s: 'x', a: true, b: false });
    run("b and match(s, 'x')");
    run("a or match(s, 'x')");
    run("if(a, b, match(s, 'x'))");
    expect(asked).toBe(0);
    run("a and match(s, 'x')");
    expect(asked).toBe(1);
  });
});
