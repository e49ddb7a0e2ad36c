import type { Node } from './ast.js';
import type { Columns } from './columns.js';
import type { Suggestion } from './diagnostic.js';
import { functions } from './functions.js';
import { comparisonPrecedence, infixOperators } from './operators.js';
import { excerpt, writeColumn } from './source-text.js';
import { insert, remove, replaceBy } from './suggestion.js';
import { found, lastComparison } from './syntax-errors.js';
import { syntaxError, type FqlSyntaxError } from './syntax-error.js';
import type { Token } from './token.js';

/** A token that does not fit, and where it stands. */
export interface Surroundings {
  readonly token: Token;
  readonly previous: Token | undefined;
  readonly inParentheses: boolean;
  readonly text: string;
  readonly columns: Columns;
}

interface AfterValue {
  readonly previous: Token | undefined;
  readonly text: string;
  readonly columns: Columns;
  /** What was read before the token. */
  readonly value: Node | undefined;
}

interface Hint {
  readonly help: string;
  readonly suggestions?: readonly Suggestion[];
}

/** A token where an operator, a comma or a parenthesis could stand. */
export function unexpectedAfterValue(place: Surroundings, value: Node | undefined): FqlSyntaxError {
  const { token, previous, inParentheses, text, columns } = place;
  const around: AfterValue = { previous, text, columns, value };
  if (token.text === ')' && token.kind === 'punctuation' && !inParentheses) return nothingToClose(token);
  const hint =
    apostrophe(token, around) ??
    calledName(token, around) ??
    joinedWords(token, around) ??
    thousands(token, around) ??
    gluedKeyword(token, around) ??
    callBehind(token, around) ??
    statement(around) ??
    forgottenOperator(token, around);
  const expected = inParentheses ? 'an operator such as and, or, < or a closing parenthesis' : 'an operator such as and, or, <';
  return syntaxError('FQL_UNEXPECTED_TOKEN', token, `Expected ${expected}, but found ${found(token)}.`, hint.help, hint.suggestions);
}

function nothingToClose(token: Token): FqlSyntaxError {
  return syntaxError(
    'FQL_UNBALANCED_PAREN',
    token,
    'This ")" closes nothing.',
    'Leave it out, or put a ( where the part in parentheses begins.',
    [remove(token, ')')],
  );
}

/** `'Hawai'i'`: the text ended at a quote that belongs to it. */
function apostrophe(token: Token, { previous, text }: AfterValue): Hint | undefined {
  if (previous?.kind !== 'text' || previous.end !== token.start || !/^[\p{L}\d_ ]/u.test(text.slice(token.start))) return undefined;
  const help = "A quote inside text is written twice, as in 'it''s'. A backslash does not escape it.";
  const escaped = text[previous.end - 2] === '\\';
  const span = { start: previous.end - (escaped ? 2 : 1), end: previous.end };
  return { help, suggestions: [{ ...replaceBy(span, "''"), title: 'Write the quote twice' }] };
}

/** `"length"(x)`: quotes make a column of it. */
function calledName(token: Token, { previous }: AfterValue): Hint | undefined {
  if (token.text !== '(' || previous?.kind !== 'quoted-name') return undefined;
  const help = 'A name in double quotes is a column and cannot be called.';
  return functions.has(previous.text)
    ? { help: `${help} A function has no quotes.`, suggestions: [replaceBy(previous, previous.text)] }
    : { help };
}

/** `max age`: the words together are a column. */
function joinedWords(token: Token, { previous, text, columns }: AfterValue): Hint | undefined {
  if (previous?.kind !== 'name' || (token.kind !== 'name' && token.kind !== 'number')) return undefined;
  const words = /^\w+(?:[ \t]+\w+){1,9}/.exec(text.slice(previous.start))?.[0] ?? '';
  for (let name = words; name.length > previous.text.length; name = name.replace(/(?<![ \t])[ \t]*\b\w+$/, '')) {
    if (!columns.has(name)) continue;
    const quoted = writeColumn(name);
    return {
      help: `Write ${excerpt(quoted)} for the column of that name.`,
      suggestions: [replaceBy({ start: previous.start, end: previous.start + name.length }, quoted)],
    };
  }
  return undefined;
}

/** `1,000`. */
function thousands(token: Token, { previous, text }: AfterValue): Hint | undefined {
  if (token.text !== ',' || token.kind !== 'punctuation') return undefined;
  const number =
    previous?.kind === 'number' && previous.end === token.start
      ? /^\d{1,3}(?:,\d{3})+(?![\d,])/.exec(text.slice(previous.start))?.[0]
      : undefined;
  if (number === undefined || !previous) return { help: 'Join two conditions with "and" or "or".' };
  const plain = number.replaceAll(',', '');
  return {
    help: `A number has no thousands separator: ${excerpt(plain)}.`,
    suggestions: [replaceBy({ start: previous.start, end: previous.start + number.length }, plain)],
  };
}

/** `andtenure`. */
function gluedKeyword(token: Token, { columns }: AfterValue): Hint | undefined {
  const [, keyword, name] = token.kind === 'name' ? (/^(and|or|AND|OR)(.+)$/.exec(token.text) ?? []) : [];
  if (keyword === undefined || name === undefined || !columns.has(name)) return undefined;
  const apart = `${keyword.toLowerCase()} ${name}`;
  return { help: `A space is missing: ${excerpt(apart)}.`, suggestions: [replaceBy(token, apart)] };
}

/** `geography is_null`: the function comes before what it is about. */
function callBehind(token: Token, { value, text }: AfterValue): Hint | undefined {
  const called = token.kind === 'name' ? functions.get(token.text) : undefined;
  if (called?.parameters.length !== 1 || value?.kind !== 'column') return undefined;
  const call = `${called.name}(${text.slice(value.start, value.end)})`;
  return { help: `Write ${excerpt(call)}.`, suggestions: [replaceBy({ start: value.start, end: token.end }, call)] };
}

function statement({ text }: AfterValue): Hint | undefined {
  return /^\s*(?:select|where|filter)\b/i.test(text)
    ? { help: 'A definition is the condition alone, for example age > 50, without SELECT, FROM or WHERE.' }
    : undefined;
}

/** Two conditions side by side. */
function forgottenOperator(token: Token, { value, previous, text }: AfterValue): Hint {
  const condition =
    value?.kind === 'binary'
      ? infixOperators[value.operator].precedence <= comparisonPrecedence
      : value?.kind === 'call' || value?.kind === 'boolean';
  if (!condition)
    return {
      help:
        previous?.kind === 'name' && token.kind === 'name'
          ? 'Text takes single quotes, and a column name of several words double quotes.'
          : 'Two values need an operator between them.',
    };
  const gap = /\s$/.test(text.slice(0, token.start)) ? '' : ' ';
  return {
    help: 'Did you forget "and" or "or" between two conditions?',
    suggestions: [insert(token.start, `${gap}and `), insert(token.start, `${gap}or `)],
  };
}

/** A token where a value could stand. */
export function unexpectedInsteadOfValue(place: Surroundings): FqlSyntaxError {
  const { token, inParentheses } = place;
  if (token.text === ')' && token.kind === 'punctuation' && !inParentheses) return nothingToClose(token);
  const { help, suggestions } = insteadOfValue(place);
  const message = `Expected a value such as a column, a number or a text, but found ${found(token)}.`;
  return syntaxError('FQL_UNEXPECTED_TOKEN', token, message, help, suggestions);
}

function insteadOfValue({ token, previous, text }: Surroundings): Hint {
  if (token.text === 'not') return { help: 'Put parentheses round not and what it denies, as in a == (not b).' };
  if (token.text === ')')
    return {
      help: previous?.text === ',' ? 'A value is missing after the comma.' : 'The parentheses lack a value.',
      suggestions: previous?.text === ',' ? [remove(previous, ',')] : [],
    };
  if (token.text === '+') return { help: 'A number has no plus sign.', suggestions: [remove(token, '+')] };
  if (token.text === '*' && previous?.text === '(') return { help: 'The sign * does not stand for all columns; name one.' };
  const doubled =
    previous && previous.kind === token.kind && previous.text === token.text && text.slice(previous.end, token.start).trim() === '';
  if (doubled)
    return {
      help: `${found(token)} stands here twice.`,
      suggestions: [remove({ start: previous.end, end: token.end }, `the second ${token.text}`)],
    };
  return { help: '' };
}

/** `age > 5 and < 10`: throws with the left operand to repeat. */
export function refuseMissingLeft(token: Token, left: Node, text: string): void {
  if (token.kind !== 'operator' || infixOperators[token.text].precedence !== comparisonPrecedence) return;
  const comparison = lastComparison(left);
  if (!comparison) return;
  const repeated = text.slice(comparison.left.start, comparison.left.end);
  const message = `Expected a value such as a column, a number or a text, but found ${found(token)}.`;
  throw syntaxError('FQL_UNEXPECTED_TOKEN', token, message, `Repeat what is compared: ${excerpt(repeated)} ${token.text} …`, [
    insert(token.start, `${repeated} `),
  ]);
}
