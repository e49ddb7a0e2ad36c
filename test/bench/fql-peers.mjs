/**
 * The same conditions in languages that others would take: Common Expression Language (cel-js), and JavaScript expressions parsed by
 * jsep and walked, the usual small evaluator. Neither knows columns, checks a type, or has three values; null is theirs to trip over, so
 * the rows have none. cel-js divides no fractions, so nothing is divided.
 */
import { evaluate as evaluateCel, parse as parseCel } from 'cel-js';
import jsep from 'jsep';

const operators = {
  '||': (left, right) => left() || right(),
  '&&': (left, right) => left() && right(),
  '==': (left, right) => left() === right(),
  '!=': (left, right) => left() !== right(),
  '<': (left, right) => left() < right(),
  '>': (left, right) => left() > right(),
  '>=': (left, right) => left() >= right(),
  '+': (left, right) => left() + right(),
  '-': (left, right) => left() - right(),
  '*': (left, right) => left() * right(),
  '/': (left, right) => left() / right(),
};

function walk(node, row) {
  switch (node.type) {
    case 'Literal':
      return node.value;
    case 'Identifier':
      return row[node.name];
    case 'UnaryExpression':
      return node.operator === '!' ? !walk(node.argument, row) : -walk(node.argument, row);
    case 'BinaryExpression':
    case 'LogicalExpression':
      return operators[node.operator](
        () => walk(node.left, row),
        () => walk(node.right, row),
      );
    default:
      throw new Error(`no such node: ${node.type}`);
  }
}

/** A condition in the words of each language. */
export const conditions = [
  { fql: "age > 30 and geography == 'Hawaii'", cel: "age > 30 && geography == 'Hawaii'", jsep: "age > 30 && geography == 'Hawaii'" },
  {
    fql: "(age < 25 or age > 60) and balance > 12500.5 and gender != 'Male'",
    cel: "(age < 25 || age > 60) && balance > 12500.5 && gender != 'Male'",
    jsep: "(age < 25 || age > 60) && balance > 12500.5 && gender != 'Male'",
  },
];

/** Each: text → something prepared; prepared and row → true or false. */
export const peers = [
  {
    name: 'cel-js',
    text: ({ cel }) => cel,
    prepare: (text) => {
      const parsed = parseCel(text);
      if (!parsed.isSuccess) throw new Error(parsed.errors.join('\n'));
      return parsed.cst;
    },
    matches: (tree, row) => evaluateCel(tree, row),
  },
  { name: 'jsep, walked', text: (one) => one.jsep, prepare: (text) => jsep(text), matches: (tree, row) => walk(tree, row) },
];
