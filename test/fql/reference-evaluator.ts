import type { Node } from '../../src/fql/ast.js';

/**
 * The rules of evaluation (`fql.md` section 6) once more, in the plainest way: no compilation, no short cuts, nothing taken from the
 * library. What the properties compare the evaluator with.
 */
export function evaluate(node: Node, row: Readonly<Record<string, unknown>>): unknown {
  const all = (nodes: readonly Node[]): unknown[] => nodes.map((one) => evaluate(one, row));
  switch (node.kind) {
    case 'number':
    case 'text':
    case 'boolean':
      return node.value;
    case 'null':
      return null;
    case 'column':
      return finite(row[node.name] ?? null);
    case 'unary': {
      const operand = evaluate(node.operand, row);
      if (operand === null) return null;
      return node.operator === 'not' ? operand === false : 0 - (operand as number);
    }
    case 'binary': {
      const [left, right] = all([node.left, node.right]);
      if (node.operator === 'and') return left === false || right === false ? false : left === null || right === null ? null : true;
      if (node.operator === 'or') return left === true || right === true ? true : left === null || right === null ? null : false;
      if (left === null || right === null) return null;
      return finite(binary(node.operator, left as number, right as number));
    }
    case 'call': {
      const given = all(node.arguments.map(({ value }) => value));
      if (node.name === 'if') return given[0] === true ? given[1] : given[2];
      if (node.name === 'is_null') return given[0] === null || given[0] === '';
      if (node.name === 'is_not_null') return given[0] !== null && given[0] !== '';
      if (given.includes(null)) return null;
      return finite(strict(node.name, given));
    }
  }
}

const finite = (value: unknown): unknown => (typeof value === 'number' && !Number.isFinite(value) ? null : value);

function binary(operator: string, a: number, b: number): unknown {
  if (operator === '==') return a === b;
  if (operator === '!=') return a !== b;
  if (operator === '<') return a < b;
  if (operator === '<=') return a <= b;
  if (operator === '>') return a > b;
  if (operator === '>=') return a >= b;
  if (operator === '+') return a + b;
  if (operator === '-') return a - b;
  if (operator === '*') return a * b;
  if (operator === '/') return a / b;
  if (operator === '%') return a % b;
  if (operator === '^') return Math.pow(a, b);
  throw new Error(`no operator ${operator}`);
}

function strict(name: string, given: readonly unknown[]): unknown {
  const [first, second, third] = given as [string & number, string & number, number];
  if (name === 'length') return Array.from(first as string).length;
  if (name === 'to_string') return `${first}`;
  if (name === 'startswith') return (first as string).slice(0, (second as string).length) === second;
  if (name === 'match') return new RegExp(second, 'u').test(first);
  if (name === 'substring') {
    if (!Number.isInteger(second) || (second as number) < 1 || !Number.isInteger(third) || third < 0) return null;
    return Array.from(first as string)
      .filter((_, index) => index + 1 >= (second as number) && index + 1 < (second as number) + third)
      .join('');
  }
  if (name === 'abs') return (first as number) < 0 ? 0 - first : first;
  if (['sqrt', 'exp', 'log', 'log2', 'log10'].includes(name)) return Math[name as 'sqrt' | 'exp' | 'log' | 'log2' | 'log10'](first);
  throw new Error(`no function ${name}`);
}
