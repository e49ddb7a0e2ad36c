import type { Node } from './ast.js';
import { compareCodePoints } from './code-point-order.js';
import { postorder } from './tree-walk.js';

/** Names of the columns that a definition reads, each once, in code point order. */
export function columnsUsed(tree: Node): string[] {
  const names = new Set(postorder(tree).flatMap((node) => (node.kind === 'column' ? [node.name] : [])));
  return [...names].sort(compareCodePoints);
}
