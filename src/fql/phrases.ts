import type { Node } from './ast.js';
import type { Condition } from './condition.js';
import { printShort } from './print-short.js';

/** `age`, `age and tenure`, `age, tenure and balance`. */
function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  if (words.length <= 1) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

const shown = 3;

/** ` where age is known`, or nothing if no column needs to be. */
export function whereKnown(conditions: readonly Condition[]): string {
  const words = [...new Set(conditions.flatMap(variablesOf).map(printShort))];
  if (words.length === 0) return '';
  const most = words.length > shown ? [...words.slice(0, shown), 'others'] : words;
  return ` where ${listed(most)} ${words.length === 1 ? 'is' : 'are'} known`;
}

function variablesOf(condition: Condition): readonly Node[] {
  switch (condition.kind) {
    case 'constant':
      return [];
    case 'atom':
      return condition.variable.known;
    case 'is':
      return variablesOf(condition.part);
    case 'choice':
      return [condition.test, condition.yes, condition.no].flatMap(variablesOf);
    default:
      return condition.parts.flatMap(variablesOf);
  }
}

/** Some conditions as they are written, each once, at most three. */
export function quoted(nodes: readonly Node[], last: 'and' | 'or' = 'and'): string {
  const words = [...new Set(nodes.map(nodes.length > 1 ? apart : printShort))];
  return listed(words.length > shown ? [...words.slice(0, shown), 'others'] : words, last);
}

/** The words between several conditions are not to be taken for those inside one. */
function apart(node: Node): string {
  const isChain = node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or');
  return isChain ? `(${printShort(node)})` : printShort(node);
}
