import { arithmetic, isArithmetic } from './arithmetic.js';
import type { Node } from './ast.js';
import { leftSpine } from './tree-walk.js';

/**
 * The number that a constant expression stands for: literals, unary minus and the six arithmetic operators. Undefined when anything
 * else is in it; not finite when the arithmetic is.
 */
export function foldNumber(node: Node): number | undefined {
  if (node.kind === 'number') return node.value;
  if (node.kind === 'unary' && node.operator === '-') {
    const operand = foldNumber(node.operand);
    return operand === undefined ? undefined : -operand;
  }
  if (node.kind !== 'binary' || !isArithmetic(node.operator)) return undefined;
  const spine = leftSpine(node, ({ operator }) => isArithmetic(operator));
  let value = foldNumber(spine[0].left);
  for (const { operator, right } of spine) {
    const next = value === undefined ? undefined : foldNumber(right);
    if (value === undefined || next === undefined || !isArithmetic(operator)) return undefined;
    value = arithmetic[operator](value, next);
  }
  return value;
}
