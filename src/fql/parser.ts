import type { Argument, BinaryNode, BinaryOperator, Node, Span, UnaryOperator } from './ast.js';
import type { Columns } from './columns.js';
import { foreignOperators, isForeignWord } from './foreign.js';
import { functions } from './functions.js';
import { Lexer } from './lexer.js';
import { fqlLimits, type FqlLimits } from './limits.js';
import { comparisonPrecedence, infixOperators, loosest, prefixOperators } from './operators.js';
import { FqlSyntaxError, syntaxError } from './syntax-error.js';
import * as mistakes from './syntax-errors.js';
import type { Token } from './token.js';
import { refuseMissingLeft, unexpectedAfterValue, unexpectedInsteadOfValue } from './unexpected-token.js';

const noColumns: Columns = new Map();

/**
 * The tree of a definition. Throws an {@link FqlSyntaxError} that carries the first mistake, and nothing else, for any text.
 *
 * `columns` only make the mends better ("max age" is a column); whether a column exists is the checker's business.
 */
export function parse(text: string, limits: FqlLimits = fqlLimits, columns: Columns = noColumns): Node {
  if (text.length > limits.length) {
    const message = `The definition has ${text.length} characters; ${limits.length} are allowed.`;
    throw syntaxError(
      'FQL_TOO_LONG',
      { start: limits.length, end: text.length },
      message,
      'Leave out line breaks and spaces, or make two segments.',
    );
  }
  return new Parser(text, limits, columns).definition();
}

/**
 * One loop over operators by precedence (Pratt), one function for what begins a value.
 *
 * It looks at one token before it decides and reads the next only then, so the leftmost mistake is the one reported. Depth is
 * checked before each recursion and nodes are counted as they are made, so no text can exhaust the stack or make a large tree.
 */
class Parser {
  private readonly lexer: Lexer;
  private token: Token;
  private previous: Token | undefined;
  private depth = 0;
  private nodes = 0;
  private readonly open: Span[] = [];

  constructor(
    private readonly text: string,
    private readonly limits: FqlLimits,
    private readonly columns: Columns,
  ) {
    this.lexer = new Lexer(text, columns);
    this.token = this.lexer.next();
  }

  definition(): Node {
    if (this.isAtEnd()) throw mistakes.empty(this.text);
    const tree = this.expression(loosest);
    if (!this.isAtEnd()) throw this.unexpectedAfter(tree);
    return tree;
  }

  /** An expression of operators that bind at least as tightly as `least`. */
  private expression(least: number): Node {
    let left = this.value(least);
    let compared: BinaryNode | undefined;
    for (;;) {
      const operator = this.infix(least, left);
      if (operator === undefined) return left;
      const { precedence, grouping } = infixOperators[operator];
      if (precedence === comparisonPrecedence && compared) throw this.chained(compared);
      const sign = this.token;
      this.count();
      if (grouping === 'right') this.enter();
      this.advance();
      if (precedence < comparisonPrecedence) refuseMissingLeft(this.token, left, this.text);
      const right = this.expression(grouping === 'right' ? precedence : precedence + 1);
      if (grouping === 'right') this.depth -= 1;
      const node: BinaryNode = {
        kind: 'binary',
        operator,
        operatorSpan: { start: sign.start, end: sign.end },
        left,
        right,
        start: left.start,
        end: right.end,
      };
      compared = precedence === comparisonPrecedence ? node : undefined;
      left = node;
    }
  }

  /** The infix operator at hand if it binds tightly enough; undefined when the expression ends here. */
  private infix(least: number, left: Node): BinaryOperator | undefined {
    const { token } = this;
    switch (token.kind) {
      case 'operator':
        return infixOperators[token.text].precedence >= least ? token.text : undefined;
      case 'keyword':
        if (token.text === 'and' || token.text === 'or') return infixOperators[token.text].precedence >= least ? token.text : undefined;
        if (token.text === 'not') this.refuseForeign(least, left);
        return undefined;
      case 'miscased':
        // The AND of `between 1 AND 5` ends an operand that is read ahead.
        if (this.lexer.lenient) return undefined;
        this.refuseForeign(least, left);
        throw mistakes.keywordCase(token, this.columns);
      case 'name':
      case 'foreign':
        this.refuseForeign(least, left);
        return undefined;
      case 'punctuation':
        if (token.text === '=') throw mistakes.singleEquals(token, this.previous, this.text);
        return undefined;
      default:
        return undefined;
    }
  }

  private value(least: number): Node {
    const { token } = this;
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
        this.take();
        return { kind: 'number', value: Number(token.text), digits: token.text, start, end };
      case 'text':
        this.take();
        return { kind: 'text', value: token.text, start, end };
      case 'quoted-name':
        this.take();
        return { kind: 'column', name: token.text, quoted: true, nameSpan: { start, end }, start, end };
      case 'name':
        this.take();
        if (this.token.kind === 'punctuation' && this.token.text === '(') return this.call(token.text, { start, end });
        return { kind: 'column', name: token.text, quoted: false, nameSpan: { start, end }, start, end };
      case 'keyword':
        if (token.text === 'not' && least <= prefixOperators.not.precedence) return this.prefixed('not');
        if (token.text === 'and' || token.text === 'or' || token.text === 'not') throw this.unexpectedInstead();
        this.take();
        return token.text === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', value: token.text === 'true', start, end };
      case 'operator':
        if (token.text === '-') return this.prefixed('-');
        throw this.unexpectedInstead();
      case 'punctuation':
        if (token.text === '(') return this.group();
        if (token.text === '=') throw mistakes.singleEquals(token, this.previous, this.text);
        throw this.unexpectedInstead();
      case 'miscased':
        throw mistakes.keywordCase(token, this.columns);
      case 'foreign':
        throw mistakes.foreignWithoutLeft(token, this.text);
      case 'end':
        throw mistakes.unexpectedEnd(this.previous);
    }
  }

  private prefixed(operator: UnaryOperator): Node {
    const sign = this.token;
    this.count();
    this.enter();
    this.advance();
    const operand = this.expression(prefixOperators[operator].precedence);
    this.depth -= 1;
    return { kind: 'unary', operator, operatorSpan: { start: sign.start, end: sign.end }, operand, start: sign.start, end: operand.end };
  }

  private group(): Node {
    const { start } = this.token;
    this.openParenthesis();
    const inner = this.expression(loosest);
    const end = this.closeParenthesis(inner);
    return { ...inner, start, end };
  }

  private call(name: string, nameSpan: Span): Node {
    this.openParenthesis();
    const takesNames = functions.get(name)?.category !== 'row';
    const given: Argument[] = [];
    let end = this.token.end;
    if (this.isPunctuation(')')) this.endParenthesis();
    else {
      given.push(this.argument(takesNames));
      while (this.isPunctuation(',')) {
        this.advance();
        given.push(this.argument(takesNames));
      }
      end = this.closeParenthesis(given.at(-1)?.value);
    }
    return { kind: 'call', name, nameSpan, arguments: given, start: nameSpan.start, end };
  }

  /** A row-level function takes no names: there the `=` of `if(age=50, …)` is a mistake for `==`. */
  private argument(takesNames: boolean): Argument {
    const { token } = this;
    if (!takesNames || token.kind !== 'name' || !this.lexer.isBeforeEqualsSign()) return { value: this.expression(loosest) };
    this.advance();
    this.advance();
    return { name: token.text, value: this.expression(loosest) };
  }

  private openParenthesis(): void {
    this.enter();
    this.open.push(this.token);
    this.advance();
  }

  private closeParenthesis(inner: Node | undefined): number {
    const { token } = this;
    if (token.kind === 'end') throw mistakes.neverClosed(this.open, this.previous);
    if (!this.isPunctuation(')')) throw this.unexpectedAfter(inner);
    this.endParenthesis();
    return token.end;
  }

  private endParenthesis(): void {
    this.open.pop();
    this.depth -= 1;
    this.advance();
  }

  private isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  private isPunctuation(text: ')' | ','): boolean {
    return this.token.kind === 'punctuation' && this.token.text === text;
  }

  private advance(): void {
    this.previous = this.token;
    this.token = this.lexer.next();
  }

  /** Goes on behind a literal or a name, which is one node. */
  private take(): void {
    this.count();
    this.advance();
  }

  private count(): void {
    this.nodes += 1;
    if (this.nodes <= this.limits.nodes) return;
    const message = `The definition has more than ${this.limits.nodes} values and operators.`;
    throw syntaxError('FQL_TOO_COMPLEX', this.token, message, 'Make two segments of it, or ask for less in one.');
  }

  private enter(): void {
    this.depth += 1;
    if (this.depth <= this.limits.depth) return;
    const message = `The definition is nested more than ${this.limits.depth} levels deep.`;
    throw syntaxError(
      'FQL_TOO_DEEP',
      this.token,
      message,
      'Each parenthesis, each not, each minus sign before a value and each ^ is a level.',
    );
  }

  private chained(first: BinaryNode): FqlSyntaxError {
    const third = this.lookAhead(this.token.end, comparisonPrecedence + 1);
    return mistakes.chainedComparison(this.token, first, third, this.text);
  }

  private unexpectedAfter(value: Node | undefined): FqlSyntaxError {
    return unexpectedAfterValue(this.token, {
      previous: this.previous,
      value,
      inside: this.open.length > 0,
      text: this.text,
      columns: this.columns,
    });
  }

  private unexpectedInstead(): FqlSyntaxError {
    return unexpectedInsteadOfValue(this.token, { previous: this.previous, inside: this.open.length > 0, text: this.text });
  }

  /** Throws when an operator of another language stands here and this loop is the one whose operand it takes. */
  private refuseForeign(least: number, left: Node): void {
    const { token } = this;
    const negated = token.kind === 'keyword' || token.kind === 'miscased';
    let end = token.end;
    let word = token.text.toLowerCase();
    if (negated) {
      const next = /^[ \t\r\n]+([A-Za-z_]\w*)/.exec(this.text.slice(token.end));
      if (word !== 'not' || !next?.[1] || !isForeignWord(next[1])) return;
      word = next[1].toLowerCase();
      end += next[0].length;
    } else if (token.kind === 'name' && !isForeignWord(word)) return;
    const precedence = foreignOperators.get(word)?.precedence ?? comparisonPrecedence;
    if (least > precedence) return;
    const operand = (offset: number, tightness: number): Node | undefined => this.lookAhead(offset, tightness);
    throw mistakes.foreignOperator(token, { text: this.text, columns: this.columns, operator: word, negated, left, rest: end, operand });
  }

  /** The operand at `offset`, read for a mend and forgotten again; undefined when there is none. */
  private lookAhead(offset: number, least: number): Node | undefined {
    if (this.lexer.lenient) return undefined;
    const { token, previous, depth, nodes } = this;
    const open = this.open.splice(0);
    this.lexer.lenient = true;
    try {
      this.lexer.offset = offset;
      this.token = this.lexer.next();
      return this.expression(least);
    } catch (error) {
      if (error instanceof FqlSyntaxError) return undefined;
      throw error;
    } finally {
      this.lexer.lenient = false;
      this.open.splice(0, this.open.length, ...open);
      Object.assign(this, { token, previous, depth, nodes });
    }
  }
}
