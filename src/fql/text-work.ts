import type { Node } from './ast.js';
import type { FqlHost } from './host.js';
import type { Row } from './row-value.js';

/** Instructions of the pattern that this node itself matches texts against: each may look at each character. */
export function instructions(node: Node, { patternSize }: Pick<FqlHost, 'patternSize'>): number {
  const pattern = node.kind === 'call' && node.name === 'match' ? node.arguments[1]?.value : undefined;
  return pattern?.kind === 'text' ? patternSize(pattern.value) : 0;
}

/** Characters of text, in UTF-16 units, in the row or in these columns of it. */
export function textLength(row: Row, columns?: readonly string[]): number {
  const values = columns === undefined ? Object.values(row) : columns.map((name) => (Object.hasOwn(row, name) ? row[name] : undefined));
  return values.reduce<number>((length, value) => (typeof value === 'string' ? length + value.length : length), 0);
}
