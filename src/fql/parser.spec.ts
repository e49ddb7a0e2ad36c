import { describe, expect, test } from '@jest/globals';
import type { Node } from './ast.js';
import { fqlLimits } from './limits.js';
import { parse } from './parser.js';
import { FqlSyntaxError } from './syntax-error.js';

/** The tree in prefix form: `(+ 1 (* 2 3))`. */
function shape(node: Node): string {
  switch (node.kind) {
    case 'number':
      return node.digits;
    case 'text':
      return `'${node.value}'`;
    case 'boolean':
      return String(node.value);
    case 'null':
      return 'null';
    case 'column':
      return node.name;
    case 'call':
      return `${node.name}(${node.arguments.map(({ name, value }) => (name === undefined ? shape(value) : `${name}=${shape(value)}`)).join(' ')})`;
    case 'unary':
      return `(${node.operator} ${shape(node.operand)})`;
    case 'binary':
      return `(${node.operator} ${shape(node.left)} ${shape(node.right)})`;
  }
}

describe('how operators group', () => {
  test.each([
    ['a or b and c', '(or a (and b c))'],
    ['a and b or c', '(or (and a b) c)'],
    ['a or b or c', '(or (or a b) c)'],
    ['not a and b', '(and (not a) b)'],
    ['not a == b', '(not (== a b))'],
    ['not not a', '(not (not a))'],
    ['a == b and c != d', '(and (== a b) (!= c d))'],
    ['a + b < c * d', '(< (+ a b) (* c d))'],
    ['a - b - c', '(- (- a b) c)'],
    ['a / b * c % d', '(% (* (/ a b) c) d)'],
    ['a + b * c ^ d', '(+ a (* b (^ c d)))'],
    ['2 ^ 3 ^ 2', '(^ 2 (^ 3 2))'],
    ['-2 ^ 2', '(- (^ 2 2))'],
    ['2 ^ -3 ^ 2', '(^ 2 (- (^ 3 2)))'],
    ['2 ^ - - 3', '(^ 2 (- (- 3)))'],
    ['-a * b', '(* (- a) b)'],
    ['a * -b', '(* a (- b))'],
    ['a - - b', '(- a (- b))'],
    ['a -b', '(- a b)'],
    ['(a or b) and c', '(and (or a b) c)'],
    ['(a < b) == c', '(== (< a b) c)'],
    ['a == (not b)', '(== a (not b))'],
    ['f()', 'f()'],
    ['f (a, b + 1, g(c))', 'f(a (+ b 1) g(c))'],
    ['quantile(a, level = 0.5)', 'quantile(a level=0.5)'],
    ['f(a==b)', 'f((== a b))'],
    ['f(x=a==b)', 'f(x=(== a b))'],
    ['in > like', '(> in like)'],
    ['count > length', '(> count length)'],
    ['"a""b" == \'it\'\'s\'', "(== a\"b 'it's')"],
    ["'a\\b' == 'c\td'", "(== 'a\\b' 'c\td')"],
    ['.5e-3 < 1.50', '(< .5e-3 1.50)'],
    ['1e+5 < 1e5', '(< 1e+5 1e5)'],
    ['0e5 == 0.0e-7', '(== 0e5 0.0e-7)'],
  ])('%s', (text, expected) => {
    expect(shape(parse(text))).toBe(expected);
  });
});

describe('spans', () => {
  const spans = (text: string, node: Node = parse(text)): string[] => {
    const own = text.slice(node.start, node.end);
    if (node.kind === 'binary')
      return [own, text.slice(node.operatorSpan.start, node.operatorSpan.end), ...spans(text, node.left), ...spans(text, node.right)];
    if (node.kind === 'unary') return [own, text.slice(node.operatorSpan.start, node.operatorSpan.end), ...spans(text, node.operand)];
    if (node.kind === 'call')
      return [own, text.slice(node.nameSpan.start, node.nameSpan.end), ...node.arguments.flatMap(({ value }) => spans(text, value))];
    return node.kind === 'column' ? [own, text.slice(node.nameSpan.start, node.nameSpan.end)] : [own];
  };

  test.each([
    ['  a > 1 ', ['a > 1', '>', 'a', 'a', '1']],
    ['((a)) > (1)', ['((a)) > (1)', '>', '((a))', 'a', '(1)']],
    ['not ( "b c" )', ['not ( "b c" )', 'not', '( "b c" )', '"b c"']],
    ['(f ( x , -1 ))', ['(f ( x , -1 ))', 'f', 'x', 'x', '-1', '-', '1']],
    ["'😀' == a", ["'😀' == a", '==', "'😀'", 'a', 'a']],
  ])('%s', (text, expected) => {
    expect(spans(text)).toEqual(expected);
  });
});

describe('limits', () => {
  const refusal = (text: string, limits: { depth?: number; nodes?: number; length?: number }): string | undefined => {
    try {
      parse(text, { ...fqlLimits, ...limits });
    } catch (error) {
      if (error instanceof FqlSyntaxError) return `${error.finding.code} at ${error.finding.span.start}`;
      throw error;
    }
    return undefined;
  };

  test.each([
    ['a', { length: 1 }, undefined],
    ['ab', { length: 1 }, 'FQL_TOO_LONG at 1'],
    // What is closed again, or done with, is no level of what comes after it.
    ['((a)) and ((b)) and (c)', { depth: 2 }, undefined],
    ['((a)) and (((b)))', { depth: 2 }, 'FQL_TOO_DEEP at 12'],
    ['a + b * c + (((d)))', { depth: 2 }, 'FQL_TOO_DEEP at 14'],
    ['f(a) + f(f(a)) + f(a) > 1', { depth: 2 }, undefined],
    ['f(f(f(a)))', { depth: 2 }, 'FQL_TOO_DEEP at 5'],
    ['not a and not b and not c', { depth: 1 }, undefined],
    ['not not a', { depth: 1 }, 'FQL_TOO_DEEP at 4'],
    ['-a + -b + -c > 1', { depth: 1 }, undefined],
    ['a ^ 2 + b ^ 2 + c ^ 2 > 1', { depth: 1 }, undefined],
    ['a ^ 2 ^ 2', { depth: 1 }, 'FQL_TOO_DEEP at 6'],
    ['a + b - c * d == e and f', { depth: 0 }, undefined],
    ['a and b and c', { nodes: 5 }, undefined],
    ['a and b and c or d', { nodes: 5 }, 'FQL_TOO_COMPLEX at 14'],
    ["f(1, 'x', true, null)", { nodes: 5 }, undefined],
    ["f(1, 'x', true, null, a)", { nodes: 5 }, 'FQL_TOO_COMPLEX at 22'],
    // Looking ahead for a mend costs nothing.
    ['a in (1, 2, 3, 4)', { nodes: 2 }, 'FQL_UNSUPPORTED_OPERATOR at 2'],
    ['a between (1) and (2)', { depth: 0 }, 'FQL_UNSUPPORTED_OPERATOR at 2'],
  ])('%s within %j: %s', (text, limits, expected) => expect(refusal(text, limits)).toBe(expected));
});
