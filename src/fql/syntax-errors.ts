import type { BinaryNode, Node, Span } from './ast.js';
import type { Columns } from './columns.js';
import type { Suggestion } from './diagnostic.js';
import { foreignOperators } from './foreign.js';
import { comparisonPrecedence, infixOperators } from './operators.js';
import { rewrite, type ForeignUse } from './rewrites.js';
import { excerpt } from './source-text.js';
import { insert, remove, replaceBy } from './suggestion.js';
import { syntaxError, type FqlSyntaxError } from './syntax-error.js';
import type { Token } from './token.js';

/** Mistakes in how words are put together, other than an unexpected one (`unexpected-token.ts`), each with its mend. */

export function empty(text: string): FqlSyntaxError {
  return syntaxError('FQL_EMPTY', { start: 0, end: text.length }, 'A segment needs a condition, for example age > 50.');
}

export function keywordCase(token: Token, columns: Columns): FqlSyntaxError {
  const keyword = token.text.toLowerCase();
  const suggestions = [replaceBy(token, keyword)];
  if (columns.has(token.text)) suggestions.push(replaceBy(token, `"${token.text}"`));
  const help = `Write ${keyword}. A column of that name takes double quotes.`;
  return syntaxError('FQL_KEYWORD_CASE', token, `${token.text} is written in lower case: ${keyword}.`, help, suggestions);
}

export function singleEquals(token: Token, previous: Token | undefined, text: string): FqlSyntaxError {
  const message = '"=" does not compare in FQL; write "==".';
  // `> =`: one operator with a space in it.
  if (previous?.kind === 'operator' && ['<', '>', '<=', '>=', '==', '!='].includes(previous.text)) {
    const more = /^(?:\s*=)*/.exec(text.slice(token.end))?.[0] ?? '';
    const whole = previous.text.endsWith('=') ? previous.text : `${previous.text}=`;
    return syntaxError('FQL_SINGLE_EQUALS', token, `"=" cannot follow "${previous.text}".`, `Write ${whole}.`, [
      replaceBy({ start: previous.start, end: token.end + more.length }, whole),
    ]);
  }
  const help = 'A comparison is written ==, as in age == 50.';
  return syntaxError('FQL_SINGLE_EQUALS', token, message, help, [replaceBy(token, '==')]);
}

/** `x in ('a', 'b')`: the whole use is rewritten when it has the usual shape. */
export function foreignOperator(token: Token, use: ForeignUse): FqlSyntaxError {
  const operator = foreignOperators.get(use.operator);
  const written = use.text.slice(token.start, use.rest).replace(/\s+/g, ' ');
  const suggestions: Suggestion[] = [];
  const rewritten = rewrite(use);
  if (rewritten) suggestions.push(replaceBy(rewritten.span, rewritten.text));
  else if (operator?.instead !== undefined && !use.negated && operator.instead !== 'not')
    suggestions.push(wordInstead(token, operator.instead, use.text));
  const help = rewritten && rewritten.text.length <= 40 ? `Write ${excerpt(rewritten.text)}.` : (operator?.help ?? '');
  return syntaxError('FQL_UNSUPPORTED_OPERATOR', token, `FQL has no operator "${excerpt(written)}".`, help, suggestions);
}

/** `!x`, or an operator that has nothing before it. */
export function foreignWithoutLeft(token: Token, text: string): FqlSyntaxError {
  const operator = foreignOperators.get(token.text);
  const suggestions = operator?.instead === 'not' ? [wordInstead(token, 'not', text)] : [];
  return syntaxError('FQL_UNSUPPORTED_OPERATOR', token, `FQL has no operator "${token.text}".`, operator?.help ?? '', suggestions);
}

/** A word in the place of a symbol needs white space round it. */
function wordInstead(token: Span, instead: string, text: string): Suggestion {
  // Of `====` the whole run is replaced.
  const last = text[token.end - 1];
  let end = token.end;
  while (instead !== 'not' && text[end] === last) end += 1;
  const span = { start: token.start, end };
  if (!/^[a-z]/.test(instead)) return replaceBy(span, instead);
  const before = /[\w"')]$/.test(text.slice(0, token.start)) ? ' ' : '';
  const after = /^\s/.test(text.slice(end)) ? '' : ' ';
  return { ...replaceBy(span, `${before}${instead}${after}`), title: `Replace by ${instead}` };
}

export function unexpectedEnd(previous: Token | undefined): FqlSyntaxError {
  const end = previous?.end ?? 0;
  const message = previous
    ? `The definition ends after ${found(previous)}, where a value is due.`
    : 'The definition ends where a value is due.';
  const help =
    previous?.text === '%'
      ? 'The sign % is the remainder of a division; for a percentage write a fraction, such as 0.5 for 50%.'
      : 'A value is a column, a number, a text, true, false or a call such as length(name).';
  const suggestions = previous?.text === '%' ? [remove(previous, '%')] : [];
  return syntaxError('FQL_UNEXPECTED_END', { start: end, end }, message, help, suggestions);
}

export function neverClosed(open: readonly Span[], previous: Token | undefined): FqlSyntaxError {
  const span = open.at(-1) ?? { start: 0, end: 1 };
  const parentheses = ')'.repeat(open.length);
  return syntaxError('FQL_UNBALANCED_PAREN', span, 'This "(" is never closed.', 'Put a ) where the part in parentheses ends.', [
    insert(previous?.end ?? span.end, parentheses),
  ]);
}

/** `1 < x < 3` reads as `1 < x and x < 3`; `a > 5 == true` needs parentheses, or nothing after the first comparison. */
export function chainedComparison(operator: Token, first: BinaryNode, third: Node | undefined, text: string): FqlSyntaxError {
  const source = (span: Span): string => text.slice(span.start, span.end);
  const suggestions: Suggestion[] = [];
  const middle = source(first.right);
  const span = { start: first.left.start, end: third?.end ?? operator.end };
  const second = third && `${operator.text} ${source(third)}`;
  const firstText = source({ start: first.left.start, end: first.right.end });
  const equality = operator.text === '==' || operator.text === '!=';
  if (second !== undefined && third && equality && (third.kind === 'boolean' || infixOperators[first.operator].operands === 'Number')) {
    suggestions.push(replaceBy(span, `(${firstText}) ${second}`));
    if (third.kind === 'boolean' && third.value === (operator.text === '==')) suggestions.unshift(replaceBy(span, firstText));
  } else if (second !== undefined) {
    const alone = text.slice(0, span.start).trim() === '' && text.slice(span.end).trim() === '';
    const joined = `${firstText} and ${middle} ${second}`;
    suggestions.push(replaceBy(span, alone ? joined : `(${joined})`));
  }
  const written = suggestions[0]?.edits[0]?.text;
  const help = written === undefined ? 'Join two comparisons with and, as in 18 < age and age < 65.' : `Write ${excerpt(written)}.`;
  return syntaxError(
    'FQL_CHAINED_COMPARISON',
    operator,
    'Comparisons do not chain; join them with and, or use parentheses.',
    help,
    suggestions,
  );
}

/** How a token is called in a message. */
export function found(token: Token): string {
  switch (token.kind) {
    case 'end':
      return 'the end';
    case 'quoted-name':
      return `"${excerpt(token.text)}"`;
    case 'text':
      return `the text '${excerpt(token.text)}'`;
    case 'number':
      return `the number ${excerpt(token.text)}`;
    case 'name':
      return excerpt(token.text);
    default:
      return `"${token.text}"`;
  }
}

/** The comparison that a node ends with: `age == 6` in `b or age == 6`. */
export function lastComparison(node: Node): BinaryNode | undefined {
  if (node.kind !== 'binary') return node.kind === 'unary' && node.operator === 'not' ? lastComparison(node.operand) : undefined;
  const { precedence } = infixOperators[node.operator];
  if (precedence > comparisonPrecedence) return undefined;
  return precedence === comparisonPrecedence ? node : lastComparison(node.right);
}
