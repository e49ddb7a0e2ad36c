import type { BinaryNode, Node, NumberNode, TextNode } from './ast.js';
import type { Columns, FqlColumn } from './columns.js';
import type { ConditionBuilder } from './condition-builder.js';
import { nearestNames } from './did-you-mean.js';
import type { Finding } from './diagnostic.js';
import type { FqlHost } from './host.js';
import { turned, type Order } from './number-set.js';
import { printShort } from './print-short.js';
import { print } from './printer.js';
import { excerpt, writeColumn, writeText } from './source-text.js';
import { replaceBy } from './suggestion.js';
import { postorder } from './tree-walk.js';

/** Values that a definition compares with, one by one: warnings that need no reasoning. */
export function literalWarnings(
  tree: Node,
  columns: Columns,
  host: FqlHost,
  builder: ConditionBuilder,
  decided: ReadonlySet<Node>,
): Finding[] {
  const found: Finding[] = [];
  const told = new Set<string>();
  // The same mistake made again is not told again.
  const isNew = (...cause: string[]): boolean => told.size !== told.add(JSON.stringify(cause)).size;
  let compared = 0;
  for (const node of postorder(tree)) {
    if (node.kind === 'number' && !isExact(node) && isNew('number', node.digits)) found.push(precision(node));
    const comparison = comparisonOf(node, builder);
    if (!comparison) continue;
    const column = comparison.operand.kind === 'column' ? columns.get(comparison.operand.name) : undefined;
    if (comparison.bound.kind === 'text') {
      const { bound } = comparison;
      if (bound.value === '') {
        if (isNew('empty', print(node))) found.push(emptyText(comparison));
      } else if (column?.type === 'category' && isUnknown(bound.value, column) && isNew('category', column.name, bound.value)) {
        // Near names cost time to find; who has so many wrong ones has another problem.
        compared += column.categories?.length ?? 0;
        found.push(unknownCategory(bound, column, compared <= maximumCompared ? host : undefined));
      }
    } else if (column && !decided.has(node)) {
      const bound = builder.constantOf(comparison.bound);
      if (typeof bound === 'number' && isBeyond(bound, column) && isNew('range', print(node)))
        found.push(outOfRange(comparison, bound, column));
    }
  }
  return found;
}

/** Categories looked at for near names in all: some 5 ms. */
const maximumCompared = 5_000;

/** A comparison of something that varies with something that does not. */
interface Comparison {
  readonly node: BinaryNode;
  readonly operand: Node;
  readonly bound: Node;
}

function comparisonOf(node: Node, builder: ConditionBuilder): Comparison | undefined {
  if (node.kind !== 'binary' || !comparing.has(node.operator)) return undefined;
  const { left, right } = node;
  if (builder.isConstant(left) === builder.isConstant(right)) return undefined;
  return builder.isConstant(right) ? { node, operand: left, bound: right } : { node, operand: right, bound: left };
}

const comparing: ReadonlySet<string> = new Set(Object.keys(turned));

/** Digits alone are meant to the last one; a double holds only some of the whole numbers above 2^53. */
function isExact({ digits, value }: NumberNode): boolean {
  return Math.abs(value) <= Number.MAX_SAFE_INTEGER || !/^\d+$/.test(digits) || BigInt(digits) === BigInt(value);
}

function precision({ start, end, digits, value }: NumberNode): Finding {
  return {
    code: 'FQL_W_PRECISION',
    span: { start, end },
    message: `${excerpt(digits)} has more digits than a number can hold; it is taken as ${excerpt(BigInt(value).toString())}.`,
    help: 'Whole numbers are exact up to 9007199254740992. Keep longer identifiers in a text column.',
    suggestions: [],
  };
}

function emptyText({ node, operand }: Comparison): Finding {
  const missing = `${node.operator === '==' ? 'is_null' : 'is_not_null'}(${printShort(operand)})`;
  const span = { start: node.left.start, end: node.right.end };
  return {
    code: 'FQL_W_EMPTY_STRING',
    span,
    message: `${printShort(operand)} is compared with empty text, which is not the same as a missing value.`,
    help: `${excerpt(missing)} looks at missing values and empty text alike.`,
    suggestions:
      operand.kind === 'column' ? [replaceBy(span, `${missing.slice(0, missing.indexOf('('))}(${writeColumn(operand.name)})`)] : [],
  };
}

function isUnknown(value: string, { categories }: FqlColumn): boolean {
  return categories !== null && categories !== undefined && categories.length > 0 && !categories.includes(value);
}

const categoriesShown = 10;

function unknownCategory(bound: TextNode, { name, categories }: FqlColumn, host: FqlHost | undefined): Finding {
  const all = categories ?? [];
  const near = host ? nearestNames(bound.value, all, (a, b) => host.editDistance(a, b)) : [];
  const some = all.slice(0, categoriesShown).map((category) => excerpt(writeText(category)));
  const span = { start: bound.start, end: bound.end };
  return {
    code: 'FQL_W_UNKNOWN_CATEGORY',
    span,
    message: `${excerpt(writeText(bound.value))} is not among the categories of ${excerpt(name)}.${near[0] === undefined ? '' : ` Did you mean ${excerpt(writeText(near[0]))}?`}`,
    help: `The model knows ${some.join(', ')}${all.length > categoriesShown ? ' and more' : ''}.`,
    suggestions: near.map((category) => replaceBy(span, writeText(category))),
  };
}

function isBeyond(bound: number, { min, max }: FqlColumn): boolean {
  return (typeof min === 'number' && bound < min) || (typeof max === 'number' && bound > max);
}

function outOfRange({ node, operand, bound: written }: Comparison, bound: number, { name, min, max }: FqlColumn): Finding {
  const below = typeof min === 'number' && bound < min;
  const operator = node.left === operand ? node.operator : turned[node.operator as Order];
  const holds = operator === '!=' || (below ? operator.startsWith('>') : operator.startsWith('<'));
  const range = [typeof min === 'number' ? `from ${min}` : '', typeof max === 'number' ? `to ${max}` : ''].filter(Boolean).join(' ');
  const isShare = min === 0 && max === 1 && bound > 1 && bound <= 100;
  return {
    code: 'FQL_W_OUT_OF_RANGE',
    span: { start: node.left.start, end: node.right.end },
    message: `${excerpt(name)} goes ${range} in this model, so ${printShort(node)} is ${holds ? 'true for every value' : 'true for no value'} in that range.`,
    help: isShare
      ? `A share of ${bound} per cent is written ${bound / 100}.`
      : 'Compare with a number inside the range, or correct the range in the model.',
    suggestions: isShare ? [replaceBy(written, String(bound / 100))] : [],
  };
}
