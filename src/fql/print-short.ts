import type { Node } from './ast.js';
import { print } from './printer.js';
import { excerpt } from './source-text.js';

/** An expression for a message: 40 characters at most. */
export function printShort(node: Node): string {
  return excerpt(print(node));
}
