import type { BinaryNode, Node } from './ast.js';
import { infixOperators } from './operators.js';
import { writeColumn, writeText } from './source-text.js';
import { leftSpine } from './tree-walk.js';
import { call, joined, prefixed, whole, wrapped, type Written } from './written.js';

/**
 * A definition as text for people: the order as given, numbers by their digits, quotes where a name needs them, one space round each
 * operator, no parentheses but the needed ones and those round `and` inside `or`. Reading it again gives the same tree.
 */
export function print(tree: Node): string {
  return write(tree).text;
}

function write(node: Node): Written {
  switch (node.kind) {
    case 'number':
      return whole(node.digits);
    case 'text':
      return whole(writeText(node.value));
    case 'boolean':
      return whole(String(node.value));
    case 'null':
      return whole('null');
    case 'column':
      return whole(writeColumn(node.name));
    case 'call': {
      const given = node.arguments.map(({ name, value }) => (name === undefined ? write(value) : whole(`${name}=${write(value).text}`)));
      return call(node.name, given);
    }
    case 'unary':
      return prefixed(node.operator, write(node.operand));
    case 'binary':
      return chain(node);
  }
}

function chain(tree: BinaryNode): Written {
  const spine = leftSpine(tree, () => true);
  let written = write(spine[0].left);
  for (const { operator, right } of spine) {
    const side = (one: Written): Written => (operator === 'or' && one.precedence === and ? whole(wrapped(one, and + 1)) : one);
    written = joined(operator, side(written), side(write(right)));
  }
  return written;
}

const and = infixOperators.and.precedence;
