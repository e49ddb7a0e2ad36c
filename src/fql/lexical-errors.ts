import type { Span } from './ast.js';
import { codePointName, oddCharacters, smartQuotes } from './characters.js';
import type { Columns } from './columns.js';
import type { Suggestion } from './diagnostic.js';
import { excerpt, isBareName, writeColumn, writeText } from './source-text.js';
import { remove, replaceBy } from './suggestion.js';
import { syntaxError, type FqlSyntaxError } from './syntax-error.js';

/** Mistakes below the level of words, other than those of numbers and names, each with its mend. */

/** Characters that begin something in other languages, with what to do instead. */
const brackets = 'A column name that needs quotes takes double quotes, as in "max age"; there are no lists.';
const characterHelp: ReadonlyMap<string, string> = new Map([
  ['[', brackets],
  [']', brackets],
  ['{', 'A definition is one condition, for example age > 50, without braces.'],
  ['}', 'A definition is one condition, for example age > 50, without braces.'],
  [';', 'A definition is one condition and has no end mark.'],
  ['`', 'A column name that needs quotes takes double quotes, as in "max age".'],
  ['«', "Text takes straight single quotes, as in 'Texas'."],
  ['»', "Text takes straight single quotes, as in 'Texas'."],
  ['$', 'Write a column by its name alone, for example age > 50.'],
  ['@', 'Write a column by its name alone, for example age > 50.'],
  [':', 'A choice between two values is written if(condition, value, other value).'],
  ['.', 'A decimal number has digits round its point, as in 0.5; a column name with a dot takes double quotes.'],
  ['\\', 'A backslash is an ordinary character inside quotes and has no use outside of them.'],
]);

export function unexpectedCharacter(text: string, start: number): FqlSyntaxError {
  const character = characterAt(text, start);
  const code = character.codePointAt(0) ?? 0;
  const span = { start, end: start + character.length };
  const odd = oddCharacters.get(code);
  if (odd) {
    const help =
      odd.instead === ''
        ? 'Leave it out.'
        : odd.instead === ' '
          ? 'Write an ordinary space in its place.'
          : `Write ${odd.instead} in its place.`;
    return syntaxError(
      'FQL_UNEXPECTED_CHARACTER',
      span,
      `${capital(withArticle(odd.name))} (${codePointName(code)}) cannot stand here.`,
      help,
      [mend(text, span, odd.instead)],
    );
  }
  const ascii = asciiRun(text, start);
  if (ascii) {
    const message = `The character ${excerpt(character)} (${codePointName(code)}) is a look-alike of ${ascii.text[0]}.`;
    return syntaxError('FQL_UNEXPECTED_CHARACTER', span, message, `Write ${excerpt(ascii.text)}.`, [replaceBy(ascii.span, ascii.text)]);
  }
  const message = `${capital(nameOf(character))} is not part of FQL.`;
  const half = /\p{Cs}/u.test(character);
  const help = characterHelp.get(character) ?? (code > 127 && !half ? 'A column name with such a character takes double quotes.' : '');
  const suggestions = /[\p{Cc}\p{Cs}]/u.test(character) ? [remove(span, 'the character')] : [];
  return syntaxError('FQL_UNEXPECTED_CHARACTER', span, message, help, suggestions);
}

export function refusedInLiteral(text: string, start: number): FqlSyntaxError {
  const character = characterAt(text, start);
  const span = { start, end: start + 1 };
  const message = `${capital(nameOf(character))} is not allowed inside quotes.`;
  const help = 'Control characters and direction marks make a definition read otherwise than it is.';
  return syntaxError('FQL_UNEXPECTED_CHARACTER', span, message, help, [remove(span, 'the character')]);
}

export function commentMark(text: string, span: Span): FqlSyntaxError {
  const mark = text.slice(span.start, span.end);
  const close = mark === '/*' ? text.indexOf('*/', span.end) : text.slice(span.start).search(/[\r\n]/) + span.start;
  const end = close < span.end ? text.length : close + (mark === '/*' ? 2 : 0);
  const suggestions = [remove({ start: span.start, end }, 'the comment')];
  if (mark === '--') suggestions.unshift(replaceBy(span, '- -'));
  const help =
    mark === '--'
      ? 'To subtract a negative number put a space between the two signs, as in age - -1.'
      : mark === '//'
        ? 'For a division write one slash.'
        : 'Keep remarks in the description of the segment.';
  return syntaxError('FQL_COMMENT', span, `FQL has no comments, and ${mark} begins one in other languages.`, help, suggestions);
}

export function unterminated(text: string, start: number): FqlSyntaxError {
  const quote = text[start] ?? '';
  const span = { start, end: start + 1 };
  const [code, what, help] =
    quote === "'"
      ? ['FQL_UNTERMINATED_STRING', 'text', "Close the text with '. A quote inside it is written twice, as in 'it''s'."]
      : ['FQL_UNTERMINATED_NAME', 'column name', "Close the name with \". Text takes single quotes, as in 'Texas'."];
  return syntaxError(code, span, `The ${what} that begins here is not closed on its line.`, help, mistakenClose(text, start, quote));
}

/** `'Texas’`, `'Texas"`: the one other quote on the line was to close it. */
function mistakenClose(text: string, start: number, quote: string): Suggestion[] {
  const line = /^[^\r\n]*/.exec(text.slice(start + 1))?.[0] ?? '';
  const quotes = [...line.matchAll(/["'‘’‚‛´′“”„‟″]/g)];
  const [close] = quotes;
  if (!close || quotes.length > 1 || close.index === 0) return [];
  const at = start + 1 + close.index;
  return [replaceBy({ start: at, end: at + 1 }, quote)];
}

export function emptyName(span: Span): FqlSyntaxError {
  const help = "Write the column's name between the double quotes. An empty text is written ''.";
  return syntaxError('FQL_EMPTY_NAME', span, 'A column name cannot be empty.', help, [replaceBy(span, "''")]);
}

/** Both quotes of a pair are mended at once: half a mend would leave a text that is never closed. */
export function smartQuote(text: string, start: number, columns: Columns): FqlSyntaxError {
  const quote = text[start] ?? '';
  const straight = smartQuotes.get(quote) ?? "'";
  const span = { start, end: start + 1 };
  const message = `The quote ${quote} (${codePointName(quote.charCodeAt(0))}) is a typographic one.`;
  const help = `Write the straight quote ${straight}. Text takes single quotes, a column name double quotes.`;
  const close = closingQuote(text, start);
  if (close < 0) return syntaxError('FQL_SMART_QUOTE', span, message, help, [replaceBy(span, straight)]);
  const inner = text.slice(start + 1, close);
  const pair = { start, end: close + 1 };
  const asColumn = replaceBy(pair, writeQuotedColumn(inner));
  const asText = replaceBy(pair, writeText(inner));
  const suggestions: Suggestion[] =
    straight === "'" || inner.trim() === '' ? [asText] : columns.has(inner) ? [asColumn] : [asColumn, asText];
  return syntaxError('FQL_SMART_QUOTE', span, message, help, suggestions);
}

function closingQuote(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const character = text[at] ?? '';
    if (character === '\n' || character === '\r') return -1;
    if (smartQuotes.get(character) === smartQuotes.get(text[start] ?? '')) return at;
  }
  return -1;
}

/** In double quotes even where they are not needed: the writer meant quotes. */
function writeQuotedColumn(name: string): string {
  return isBareName(name) ? `"${name}"` : writeColumn(name);
}

/** Words that replace a symbol need white space round them. */
function mend(text: string, span: Span, instead: string): Suggestion {
  if (instead.trim() === '')
    return instead === '' ? remove(span, 'the character') : { ...replaceBy(span, ' '), title: 'Replace by a space' };
  if (!/^[a-z]/.test(instead)) return replaceBy(span, instead);
  const before = /\S$/.test(text.slice(0, span.start)) ? ' ' : '';
  const after = /^\S/.test(text.slice(span.end, span.end + 1)) ? ' ' : '';
  return { ...replaceBy(span, `${before}${instead}${after}`), title: `Replace by ${instead}` };
}

/** Full-width forms and other compatibility characters that stand for ASCII ones, the whole run at once. */
function asciiRun(text: string, start: number): { span: Span; text: string } | undefined {
  let end = start;
  let ascii = '';
  for (;;) {
    const character = characterAt(text, end);
    const plain = character.normalize('NFKC');
    if (plain === character || !/^[!-~]+$/.test(plain)) break;
    ascii += plain;
    end += character.length;
  }
  if (ascii === '=') ascii = '==';
  return hasUse.test(ascii) ? { span: { start, end }, text: ascii } : undefined;
}

/** A point alone, a bracket and other signs without use here would only be refused again. */
const hasUse = /^(?:[\w()<>=!+\-*/%^,"'&|~?]|\.\d)/;

function characterAt(text: string, start: number): string {
  return String.fromCodePoint(text.codePointAt(start) ?? 0);
}

function nameOf(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const name = oddCharacters.get(code)?.name;
  if (name) return `${withArticle(name)} (${codePointName(code)})`;
  if (/\p{Cs}/u.test(character)) return `half of a surrogate pair (${codePointName(code)})`;
  if (/\p{Cc}/u.test(character)) return `the control character ${codePointName(code)}`;
  return `the character ${excerpt(character)} (${codePointName(code)})`;
}

function withArticle(name: string): string {
  return `${/^[aeiou]/i.test(name) ? 'an' : 'a'} ${name}`;
}

function capital(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}
