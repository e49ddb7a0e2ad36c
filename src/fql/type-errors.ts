import type { BinaryNode, CallNode, Node } from './ast.js';
import { apparentType, nullTest, operands } from './column-errors.js';
import { corrections } from './corrections.js';
import type { Finding, Suggestion } from './diagnostic.js';
import { comparisonPrecedence, infixOperators } from './operators.js';
import { parse } from './parser.js';
import type { Place, Sources } from './place.js';
import { excerpt, writeText } from './source-text.js';
import { replaceBy } from './suggestion.js';
import { FqlSyntaxError } from './syntax-error.js';
import type { FqlType } from './types.js';

/** Errors about types and values. */

const maximumCategories = 10;

const source = (node: Node, { text }: Sources): string => excerpt(text.slice(node.start, node.end));
const bare = ({ start, end }: Node): { start: number; end: number } => ({ start, end });

export function operandMismatch(node: Node, actual: FqlType, expected: FqlType, place: Place, sources: Sources): Finding {
  const suggestions = corrections(node, expected, place, sources);
  return {
    code: 'FQL_TYPE_MISMATCH',
    span: bare(node),
    message: `${demand(place, expected)}, but ${source(node, sources)} is a ${actual}.`,
    help:
      expected === 'Boolean'
        ? compareHelp(node, actual, sources)
        : actual === 'String' && node.kind !== 'text'
          ? 'Text can only be compared with == and !=.'
          : '',
    suggestions,
  };
}

function demand({ parent, call, parameter }: Place, expected: FqlType): string {
  if (call && parameter) return `The ${parameter.name} of ${call.name}() must be a ${expected}`;
  if (parent?.operator === 'and' || parent?.operator === 'or') return `"${parent.operator}" joins conditions`;
  if (parent?.operator === 'not') return '"not" denies a condition';
  if (parent?.kind === 'binary' && ['<', '<=', '>', '>='].includes(parent.operator)) return `"${parent.operator}" compares Numbers`;
  return `"${parent?.operator}" computes with Numbers`;
}

/** How a value becomes a condition. */
function compareHelp(node: Node, actual: FqlType, sources: Sources): string {
  if (isLiteral(node)) return 'A value alone is no condition; compare a column with it.';
  const shown = source(node, sources);
  if (actual === 'Number') return `Compare it with a value: ${shown} > …`;
  const category = node.kind === 'column' ? sources.columns.get(node.name)?.categories?.[0] : undefined;
  return `Compare it with a value: ${shown} == ${category === undefined ? '…' : excerpt(writeText(category))}`;
}

export function equalityMismatch(node: BinaryNode, left: FqlType, right: FqlType, sources: Sources): Finding {
  const [mended, kept, wanted] =
    isLiteral(node.right) || !isLiteral(node.left) ? ([node.right, node.left, left] as const) : ([node.left, node.right, right] as const);
  const place: Place = { parent: node, other: kept };
  const suggestions = [...corrections(mended, wanted, place, sources), ...withoutComparison(node, mended, kept, wanted, sources)];
  // Of two literals the other one may be the wrong one: 'age' == 50.
  if (isLiteral(node.left) && isLiteral(node.right)) suggestions.unshift(...corrections(node.left, right, place, sources));
  // Two operands of which neither is a literal: either side may be turned into text.
  if (suggestions.length === 0 && !isLiteral(mended) && right === 'String')
    suggestions.push(...corrections(node.left, right, place, sources));
  return {
    code: 'FQL_TYPE_MISMATCH',
    span: node.operatorSpan,
    message: `"${node.operator}" compares values of one type, but ${source(node.left, sources)} is a ${left} and ${source(node.right, sources)} is a ${right}.`,
    help: categoriesOf(kept, sources),
    suggestions,
  };
}

function isLiteral(node: Node): boolean {
  return (
    node.kind === 'number' || node.kind === 'text' || node.kind === 'boolean' || (node.kind === 'unary' && node.operand.kind === 'number')
  );
}

/** `isactivemember == 1` says no more than `isactivemember`. */
function withoutComparison(node: BinaryNode, literal: Node, kept: Node, wanted: FqlType, { text, columns }: Sources): Suggestion[] {
  if (wanted !== 'Boolean' || apparentType(kept, columns) !== 'Boolean' || kept.kind === 'boolean') return [];
  const value = literal.kind === 'number' ? literal.digits : literal.kind === 'text' ? literal.value.toLowerCase() : '';
  if (!['1', '0', 'true', 'false'].includes(value)) return [];
  const holds = (value === '1' || value === 'true') === (node.operator === '==');
  return [replaceBy(operands(node), `${holds ? '' : 'not '}${text.slice(kept.start, kept.end)}`)];
}

function categoriesOf(node: Node, { columns }: Sources): string {
  const categories = (node.kind === 'column' && columns.get(node.name)?.categories) || [];
  if (node.kind !== 'column' || categories.length === 0) return '';
  const shown = categories.slice(0, maximumCategories).map((category) => excerpt(writeText(category)));
  return `The categories of ${excerpt(node.name)} ${categories.length > maximumCategories ? 'include' : 'are'} ${shown.join(', ')}.`;
}

export function branchMismatch(node: CallNode, yes: FqlType, no: FqlType, sources: Sources): Finding {
  const [, second, third] = node.arguments as unknown as readonly [unknown, { value: Node }, { value: Node }];
  return {
    code: 'FQL_IF_BRANCH_MISMATCH',
    span: bare(third.value),
    message: `The two values of if() must have one type, but ${source(second.value, sources)} is a ${yes} and ${source(third.value, sources)} is a ${no}.`,
    help: 'One of them may be null.',
    suggestions: corrections(third.value, yes, {}, sources),
  };
}

export function nullUse(node: Node, place: Place, { text }: Sources, bothBranches = false): Finding {
  const test = nullTest(place, text);
  const message = bothBranches
    ? 'One of the two values of if() must not be null.'
    : 'null can only be a value of if() or the argument of is_null() and is_not_null().';
  const help = test
    ? `A comparison with null is never true; write ${excerpt(test.edits[0]?.text ?? '')}.`
    : 'To test for a missing value write is_null(x) or is_not_null(x).';
  return { code: 'FQL_NULL_USE', span: bare(node), message, help: bothBranches ? '' : help, suggestions: test ? [test] : [] };
}

export function divisionByZero(node: BinaryNode): Finding {
  return {
    code: 'FQL_DIVISION_BY_ZERO',
    span: bare(node.right),
    message: `The divisor of "${node.operator}" is always 0.`,
    help: 'A division by zero gives null, so no row would match.',
    suggestions: [],
  };
}

export function notBoolean(tree: Node, actual: string, sources: Sources): Finding {
  const condition = tree.kind === 'text' && isCondition(tree.value) ? [replaceBy(tree, tree.value)] : [];
  return {
    code: 'FQL_NOT_BOOLEAN',
    span: bare(tree),
    message: `A segment needs a condition that is true or false, but this is a ${actual}.`,
    help: condition.length > 0 ? 'Leave out the quotes round the condition.' : compareHelp(tree, actual as FqlType, sources),
    suggestions: condition,
  };
}

/** A whole condition put in quotes by mistake. */
function isCondition(text: string): boolean {
  if (!/[<>=]/.test(text)) return false;
  try {
    const tree = parse(text);
    return tree.kind === 'binary' && infixOperators[tree.operator].precedence <= comparisonPrecedence;
  } catch (error) {
    if (error instanceof FqlSyntaxError) return false;
    throw error;
  }
}
