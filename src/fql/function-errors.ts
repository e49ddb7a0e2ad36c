import type { CallNode, Node, TextNode } from './ast.js';
import { alternatives } from './column-errors.js';
import type { Finding, Suggestion } from './diagnostic.js';
import { nearestNames } from './did-you-mean.js';
import { functions, signature, type FqlFunction, type Parameter } from './functions.js';
import { functionAliases, functionHints } from './hints.js';
import type { Sources } from './place.js';
import { excerpt, writeColumn, writeText } from './source-text.js';
import { replaceBy } from './suggestion.js';

/** Errors about a call: its name, how many arguments it has, and arguments that fit their type but not their purpose. */

const rowFunctions = [...functions.values()].filter((called) => called.category === 'row').map((called) => called.name);

export function unknownFunction(node: CallNode, { columns, host, text }: Sources): Finding {
  const { name, nameSpan } = node;
  const lower = name.toLowerCase();
  const finding = (help: string, suggestions: Suggestion[] = [], more = ''): Finding => ({
    code: 'FQL_UNKNOWN_FUNCTION',
    span: nameSpan,
    message: `The function ${excerpt(name)}() is not in FQL.${more}`,
    help,
    suggestions,
  });
  const renamed = functions.has(lower) ? lower : functionAliases.get(lower);
  if (renamed !== undefined) {
    const help = functions.has(lower) ? 'Names of functions are written in lower case.' : (functions.get(renamed)?.description ?? '');
    return finding(help, [replaceBy(nameSpan, renamed)], ` Did you mean ${renamed}()?`);
  }
  const hint = functionHints.get(lower);
  if (hint !== undefined) return finding(hint, asOperator(node, text));
  if (columns.has(name)) return finding('Write it without parentheses.', [], ` ${excerpt(name)} is a column.`);
  const near = nearestNames(name, [...functions.keys()], (a, b) => host.editDistance(a, b));
  if (near.length === 0) return finding(`The row-level functions are ${rowFunctions.join(', ')}.`);
  return finding(
    '',
    near.map((one) => replaceBy(nameSpan, one)),
    ` Did you mean ${alternatives(near.map((one) => `${one}()`))}?`,
  );
}

/** `pow(x, 2)` as `((x) ^ (2))`. */
function asOperator(node: CallNode, text: string): Suggestion[] {
  const sign = new Map([
    ['pow', '^'],
    ['power', '^'],
    ['mod', '%'],
  ]).get(node.name.toLowerCase());
  const [first, second, ...more] = node.arguments;
  if (sign === undefined || !first || !second || more.length > 0) return [];
  const operand = ({ start, end }: Node): string => text.slice(start, end);
  const wrap = (value: Node): string => (value.kind === 'binary' || value.kind === 'unary' ? `(${operand(value)})` : operand(value));
  const start = node.nameSpan.start;
  return [replaceBy({ start, end: endOfCall(node, text) }, `(${wrap(first.value)} ${sign} ${wrap(second.value)})`)];
}

/** A call in parentheses ends with them; this is the end of the call itself. */
function endOfCall(node: CallNode, text: string): number {
  const last = node.arguments.at(-1)?.value.end ?? node.nameSpan.end;
  return text.indexOf(')', last) + 1;
}

const confusion = "Write the condition itself, for example predicted_churn >= 0.5 and churn == 'no'.";

export function aggregateCall(node: CallNode, called: FqlFunction): Finding {
  return {
    code: 'FQL_AGGREGATE_IN_SEGMENT',
    span: node.nameSpan,
    message: `${node.name}() gives one value for many rows; a segment decides row by row.`,
    help: called.grouping === 'confusion' ? confusion : 'Use it in a custom metric.',
    suggestions: [],
  };
}

export function wrongArity(node: CallNode, called: FqlFunction): Finding {
  const wanted = called.parameters.length;
  const count = wanted === 0 ? 'no arguments' : wanted === 1 ? '1 argument' : `${wanted} arguments`;
  return {
    code: 'FQL_WRONG_ARITY',
    span: node.nameSpan,
    message: `${signature(called)} takes ${count}, but got ${node.arguments.length}.`,
    help: called.description,
    suggestions: [],
  };
}

export function invalidArgument(value: Node, constant: number, called: FqlFunction, parameter: Parameter): Finding {
  return {
    code: 'FQL_INVALID_ARGUMENT',
    span: { start: value.start, end: value.end },
    message: `The ${parameter.name} of ${called.name}() must be a whole number of at least ${parameter.minimum}, but is ${constant}.`,
    help: called.description,
    suggestions: constant === 0 && parameter.minimum === 1 ? [replaceBy(value, '1')] : [],
  };
}

export function patternNotLiteral(value: Node, { text }: Sources): Finding {
  const literal =
    value.kind === 'number' || value.kind === 'boolean'
      ? [replaceBy(value, writeText(text.slice(value.start, value.end).replace(/^[(\s]+|(?<![)\s])[)\s]+$/g, '')))]
      : [];
  const help =
    value.kind === 'column'
      ? `A search for the value of another column is not possible; write the pattern itself, not ${excerpt(writeColumn(value.name))}.`
      : '';
  return {
    code: 'FQL_REGEX_NOT_LITERAL',
    span: { start: value.start, end: value.end },
    message: "The pattern of match() must be a text in single quotes, as in match(name, '^A').",
    help,
    suggestions: literal,
  };
}

const missingFeatures: readonly { readonly pattern: RegExp; readonly name: string }[] = [
  { pattern: /\(\?<?[=!]/, name: 'Look-around, such as (?=…) and (?<!…), is not part of the RE2 syntax.' },
  { pattern: /\\[1-9]|\\k[<{']|\(\?P=/, name: 'Back-references, such as \\1, are not part of the RE2 syntax.' },
  { pattern: /\(\?>|[*+?}]\+/, name: 'Atomic groups and possessive quantifiers are not part of the RE2 syntax.' },
];

export function invalidPattern(value: TextNode, reason: string): Finding {
  const missing = missingFeatures.find(({ pattern }) => pattern.test(value.value));
  return {
    code: 'FQL_REGEX_INVALID',
    span: { start: value.start, end: value.end },
    message: `The pattern of match() is not valid: ${reason}.`,
    help: missing?.name ?? 'Patterns are regular expressions in the RE2 syntax.',
    suggestions: [],
  };
}
