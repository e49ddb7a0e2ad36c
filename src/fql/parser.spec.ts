import { describe, expect, test } from '@jest/globals';
import type { Node } from './ast.js';
import { parse } from './parser.js';

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
