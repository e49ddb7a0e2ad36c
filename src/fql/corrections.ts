import type { Node } from './ast.js';
import { apparentType } from './column-errors.js';
import type { Suggestion } from './diagnostic.js';
import { fold } from './did-you-mean.js';
import { infixOperators } from './operators.js';
import type { Place, Sources } from './place.js';
import { writeColumn, writeText } from './source-text.js';
import { replaceBy } from './suggestion.js';
import { lastComparison } from './syntax-errors.js';
import { columnTypes, type FqlType } from './types.js';

/** What an operand of the wrong type was probably meant to be, as text in its place, best first. */
export function corrections(node: Node, expected: FqlType, place: Place, sources: Sources): Suggestion[] {
  const meant = [...repeated(node, place, sources), ...asColumn(node, expected, sources), ...converted(node, expected, place, sources)];
  return [...new Set(meant)].map((text) => replaceBy(node, text));
}

/** `x == 'a' or 'b'`: the comparison was to be repeated. */
function repeated(node: Node, { parent, other }: Place, { text, columns }: Sources): string[] {
  if (parent?.kind !== 'binary' || (parent.operator !== 'and' && parent.operator !== 'or') || node !== parent.right || !other) return [];
  const comparison = lastComparison(other);
  if (!comparison) return [];
  const own = apparentType(node, columns);
  const { operands } = infixOperators[comparison.operator];
  const fits = operands === 'same' ? own !== 'Boolean' : own === operands;
  if (own === undefined || !fits || apparentType(comparison.left, columns) !== own) return [];
  return [`${text.slice(comparison.left.start, comparison.left.end)} ${comparison.operator} ${text.slice(node.start, node.end)}`];
}

/** `'age' > 50`. */
function asColumn(node: Node, expected: FqlType, { columns }: Sources): string[] {
  if (node.kind !== 'text') return [];
  const exact = columns.get(node.value);
  const column = exact ?? [...columns.values()].find(({ name }) => fold(name) === fold(node.value));
  return column && columnTypes[column.type] === expected ? [writeColumn(column.name)] : [];
}

function converted(node: Node, expected: FqlType, place: Place, sources: Sources): string[] {
  const text = sources.text.slice(node.start, node.end);
  if (expected === 'Number') {
    if (node.kind === 'text') return numberIn(node.value, sources.text[node.start - 1] === '-');
    return isBoolean(node, sources) ? [`if(${text}, 1, 0)`] : [];
  }
  if (expected === 'Boolean') {
    if (node.kind === 'text') return ['true', 'false'].includes(node.value.toLowerCase()) ? [node.value.toLowerCase()] : [];
    if (node.kind === 'number') return node.value === 1 ? ['true'] : node.value === 0 ? ['false'] : [];
    return place.parent?.operator !== '==' && place.parent?.operator !== '!=' && isFlag(node, sources) ? [`${text} == 1`] : [];
  }
  if (node.kind === 'number' || node.kind === 'boolean' || (node.kind === 'unary' && node.operand.kind === 'number')) {
    const plain = text.replace(/[\s()]/g, '');
    const categories = categoriesBeside(place, sources);
    return categories.length === 0 || categories.includes(plain) ? [writeText(plain)] : [];
  }
  return node.kind === 'null' ? [] : [`to_string(${text})`];
}

/** An integer column that says yes or no by 1 or 0. */
function isFlag(node: Node, { columns }: Sources): boolean {
  const column = node.kind === 'column' ? columns.get(node.name) : undefined;
  return column?.type === 'int' && (/^(?:is|has)/i.test(column.name) || (column.min === 0 && column.max === 1));
}

/** The number that a text in quotes holds, if it is one as FQL writes it. */
function numberIn(text: string, afterMinus: boolean): string[] {
  if (!/^-?(?:(?:0|[1-9]\d{0,300})(?:\.\d{1,300})?|\.\d{1,300})$/.test(text)) return [];
  return [afterMinus && text.startsWith('-') ? `(${text})` : text];
}

function isBoolean(node: Node, { columns }: Sources): boolean {
  return apparentType(node, columns) === 'Boolean';
}

function categoriesBeside({ other }: Place, { columns }: Sources): readonly string[] {
  return (other?.kind === 'column' && columns.get(other.name)?.categories) || [];
}
