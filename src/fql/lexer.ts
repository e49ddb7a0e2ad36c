import type { BinaryOperator } from './ast.js';
import { anyWord, classes, digit, isRefusedInLiterals, letter, smartQuotes, space } from './characters.js';
import type { Columns } from './columns.js';
import { commentMark, emptyName, refusedInLiteral, smartQuote, unexpectedCharacter, unterminated } from './lexical-errors.js';
import { keywords, type Keyword, type Punctuation, type Token } from './token.js';
import { invalidNumber, numberOutOfRange, unquotedName } from './word-errors.js';

/** Symbols by length, longest first, so that `===` is read as one mistake and not as `==` and `=`. */
const foreignSymbols: ReadonlySet<string> = new Set([
  '===',
  '!==',
  '&&',
  '||',
  '<>',
  '=>',
  '=<',
  '**',
  ':=',
  '<<',
  '>>',
  '&',
  '|',
  '~',
  '!',
  '?',
]);
const operators: ReadonlySet<string> = new Set(['==', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', '%', '^']);
const punctuation: ReadonlySet<string> = new Set(['(', ')', ',', '=']);
const comments: ReadonlySet<string> = new Set(['--', '//', '/*', '#']);

const dot = 0x2e;
const singleQuote = 0x27;
const doubleQuote = 0x22;

/**
 * Reads a text token by token, only as far as the parser asks. So the mistake reported is always the leftmost one:
 * `region in ['a']` is about `in`, and the `[` behind it is never looked at.
 */
export class Lexer {
  /** Where the next token is read from. */
  offset = 0;
  /** Take a character outside the language for the end of the text: for looking ahead while a mend is worked out. */
  lenient = false;

  constructor(
    readonly text: string,
    private readonly columns: Columns,
  ) {}

  next(): Token {
    const { text } = this;
    const start = this.skipSpace();
    if (start >= text.length) return this.emit({ kind: 'end', text: '', start, end: start });
    const code = text.charCodeAt(start);
    const kind = classes[code];
    if (kind === letter) return this.word(start);
    if (kind === digit || (code === dot && classes[text.charCodeAt(start + 1)] === digit)) return this.number(start);
    if (code === singleQuote || code === doubleQuote) return this.quoted(start, code);
    return this.symbol(start, code);
  }

  /** Whether a lone `=` comes next. */
  isBeforeEqualsSign(): boolean {
    const at = this.skipSpace();
    return this.text[at] === '=' && !['=', '<', '>'].includes(this.text[at + 1] ?? '');
  }

  private skipSpace(): number {
    let at = this.offset;
    while (classes[this.text.charCodeAt(at)] === space) at += 1;
    return at;
  }

  private word(start: number): Token {
    const { text } = this;
    let end = start + 1;
    while ((classes[text.charCodeAt(end)] ?? 0) >= digit) end += 1;
    const code = text.charCodeAt(end);
    if (code === dot || code > 127) {
      const wholeEnd = this.endOfWord(end);
      if (wholeEnd > end) throw unquotedName(text, { start, end: wholeEnd }, this.columns);
    }
    const word = text.slice(start, end);
    if (keywords.has(word)) return this.emit({ kind: 'keyword', text: word as Keyword, start, end });
    if (word.length <= 5 && keywords.has(word.toLowerCase())) return this.emit({ kind: 'miscased', text: word, start, end });
    return this.emit({ kind: 'name', text: word, start, end });
  }

  private number(start: number): Token {
    const { text } = this;
    let end = this.endOfDigits(start);
    if (text.charCodeAt(end) === dot && classes[text.charCodeAt(end + 1)] === digit) end = this.endOfDigits(end + 1);
    if (text[end] === 'e') {
      const sign = text[end + 1] === '+' || text[end + 1] === '-' ? 1 : 0;
      if (classes[text.charCodeAt(end + 1 + sign)] === digit) end = this.endOfDigits(end + 1 + sign);
    }
    const glued = text.charCodeAt(end);
    const wholeEnd = glued === dot || glued > 127 || (classes[glued] ?? 0) >= digit ? this.endOfWord(end) : end;
    const leadingZero = text[start] === '0' && classes[text.charCodeAt(start + 1)] === digit;
    if (wholeEnd > end || leadingZero) throw invalidNumber(text, { start, end: wholeEnd }, this.columns);
    const digits = text.slice(start, end);
    const value = Number(digits);
    // Only a text of zeros may stand for zero: 1e-999 would silently become another number.
    if (!Number.isFinite(value) || (value === 0 && /^[0.]*[1-9]/.test(digits))) throw numberOutOfRange({ start, end }, digits);
    return this.emit({ kind: 'number', text: digits, start, end });
  }

  private quoted(start: number, quote: number): Token {
    const { text } = this;
    let refused = -1;
    let doubled = false;
    let end = start + 1;
    for (; ; end += 1) {
      const code = text.charCodeAt(end);
      if (end >= text.length || code === 0x0a || code === 0x0d) throw unterminated(text, start);
      if (code === quote) {
        if (text.charCodeAt(end + 1) !== quote) break;
        doubled = true;
        end += 1;
      } else if (code >= 0xd800 && code <= 0xdfff) {
        const pair = code <= 0xdbff && (text.charCodeAt(end + 1) & 0xfc00) === 0xdc00;
        if (pair) end += 1;
        else if (refused < 0) refused = end;
      } else if (refused < 0 && isRefusedInLiterals(code)) refused = end;
    }
    end += 1;
    if (refused >= 0) throw refusedInLiteral(text, refused);
    const inner = text.slice(start + 1, end - 1);
    if (quote === singleQuote) return this.emit({ kind: 'text', text: doubled ? inner.replaceAll("''", "'") : inner, start, end });
    if (inner.trim() === '') throw emptyName({ start, end });
    return this.emit({ kind: 'quoted-name', text: doubled ? inner.replaceAll('""', '"') : inner, start, end });
  }

  private symbol(start: number, code: number): Token {
    const { text } = this;
    const one = text[start] ?? '';
    const two = text.slice(start, start + 2);
    if (comments.has(one) || comments.has(two)) throw commentMark(text, { start, end: start + (comments.has(one) ? 1 : 2) });
    for (const symbol of [text.slice(start, start + 3), two, one]) {
      const end = start + symbol.length;
      if (foreignSymbols.has(symbol)) return this.emit({ kind: 'foreign', text: symbol, start, end });
      if (operators.has(symbol)) return this.emit({ kind: 'operator', text: symbol as Exclude<BinaryOperator, 'and' | 'or'>, start, end });
      if (punctuation.has(symbol)) return this.emit({ kind: 'punctuation', text: symbol as Punctuation, start, end });
    }
    if (smartQuotes.has(one)) throw smartQuote(text, start, this.columns);
    const character = String.fromCodePoint(text.codePointAt(start) ?? code);
    if (/^\p{L}/u.test(character)) throw unquotedName(text, { start, end: this.endOfWord(start) }, this.columns);
    if (this.lenient) return this.emit({ kind: 'end', text: '', start, end: start });
    throw unexpectedCharacter(text, start);
  }

  private emit(token: Token): Token {
    this.offset = token.end;
    return token;
  }

  private endOfDigits(from: number): number {
    let end = from;
    while (classes[this.text.charCodeAt(end)] === digit) end += 1;
    return end;
  }

  private endOfWord(from: number): number {
    anyWord.lastIndex = from;
    const match = anyWord.exec(this.text);
    return from + (match?.[0].length ?? 0);
  }
}
