import type { BinaryNode, Node } from './ast.js';

/**
 * Walks in loops: a flat chain of 1,000 operators is a tree 1,000 deep to the left, which recursion should not follow. What is left
 * to recursion is nesting, and that has a limit.
 */

/** All nodes, operands before their operator. */
export function postorder(tree: Node): Node[] {
  const found: Node[] = [];
  const open = [tree];
  for (let node = open.pop(); node; node = open.pop()) {
    found.push(node);
    open.push(...children(node));
  }
  return found.reverse();
}

/** The operands or arguments, in text order. */
export function children(node: Node): readonly Node[] {
  switch (node.kind) {
    case 'binary':
      return [node.left, node.right];
    case 'unary':
      return [node.operand];
    case 'call':
      return node.arguments.map((argument) => argument.value);
    default:
      return [];
  }
}

/** What a chain of one operator joins, in text order: `a`, `b`, `c` of `a and (b and c)`. */
export function operands(chain: BinaryNode): Node[] {
  const found: Node[] = [];
  const open: Node[] = [chain];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.kind === 'binary' && node.operator === chain.operator) open.push(node.right, node.left);
    else found.push(node);
  }
  return found;
}

/** The binary nodes from `tree` down its left side as far as `belongs` says, innermost first. */
export function leftSpine(tree: BinaryNode, belongs: (node: BinaryNode) => boolean): [BinaryNode, ...BinaryNode[]] {
  const spine: [BinaryNode, ...BinaryNode[]] = [tree];
  for (let node = tree.left; node.kind === 'binary' && belongs(node); node = node.left) spine.push(node);
  return spine.reverse() as [BinaryNode, ...BinaryNode[]];
}
