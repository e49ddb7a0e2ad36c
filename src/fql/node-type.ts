import type { Node } from './ast.js';
import type { Columns } from './columns.js';
import { functions } from './functions.js';
import { infixOperators, prefixOperators } from './operators.js';
import { columnTypes, type FqlType } from './types.js';

/** The type of an expression of a checked tree; undefined for `null` and for a timestamp or vector column. */
export function typeOf(node: Node, columns: Columns): FqlType | undefined {
  switch (node.kind) {
    case 'number':
      return 'Number';
    case 'text':
      return 'String';
    case 'boolean':
      return 'Boolean';
    case 'null':
      return undefined;
    case 'column': {
      const column = columns.get(node.name);
      return column && columnTypes[column.type];
    }
    case 'unary':
      return prefixOperators[node.operator].operand;
    case 'binary':
      return infixOperators[node.operator].result;
    case 'call': {
      const result = functions.get(node.name)?.result;
      if (result !== 'Branch') return result;
      const [, yes, no] = node.arguments;
      return (yes && typeOf(yes.value, columns)) ?? (no && typeOf(no.value, columns));
    }
  }
}
