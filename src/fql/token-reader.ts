import type { Span } from './ast.js';
import type { Columns } from './columns.js';
import { Lexer } from './lexer.js';
import type { FqlLimits } from './limits.js';
import { FqlSyntaxError, syntaxError } from './syntax-error.js';
import { neverClosed } from './syntax-errors.js';
import type { Token } from './token.js';

/**
 * Where the parser is in a text: the token at hand, the one before it, what is open, and how much has been used of each limit. It
 * reads the next token only when the one at hand is done with.
 */
export class TokenReader {
  token: Token;
  previous: Token | undefined;
  /** The parentheses that are open, outermost first. */
  private open: Span[] = [];
  private depth = 0;
  private nodes = 0;
  private readonly lexer: Lexer;

  constructor(
    readonly text: string,
    private readonly limits: FqlLimits,
    readonly columns: Columns,
  ) {
    this.lexer = new Lexer(text, columns);
    this.token = this.lexer.next();
  }

  get inParentheses(): boolean {
    return this.open.length > 0;
  }

  /** Whether this is a look at what follows, of which nothing is kept. */
  get isAhead(): boolean {
    return this.lexer.lenient;
  }

  get isAtEnd(): boolean {
    return this.token.kind === 'end';
  }

  isPunctuation(text: '(' | ')' | ','): boolean {
    return this.token.kind === 'punctuation' && this.token.text === text;
  }

  /** Whether a lone `=` follows the token at hand. */
  isBeforeEqualsSign(): boolean {
    return this.lexer.isBeforeEqualsSign();
  }

  advance(): void {
    this.previous = this.token;
    this.token = this.lexer.next();
  }

  /** Goes on behind a literal or a name, which is one node. */
  take(): void {
    this.count();
    this.advance();
  }

  count(): void {
    this.nodes += 1;
    if (this.nodes <= this.limits.nodes) return;
    const message = `The definition has more than ${this.limits.nodes} values and operators.`;
    throw syntaxError('FQL_TOO_COMPLEX', this.token, message, 'Make two segments of it, or ask for less in one.');
  }

  /** One level deeper; the token at hand is what nests. */
  enter(): void {
    this.depth += 1;
    if (this.depth <= this.limits.depth) return;
    const message = `The definition is nested more than ${this.limits.depth} levels deep.`;
    const help = 'Each parenthesis, each not, each minus sign before a value and each ^ is a level.';
    throw syntaxError('FQL_TOO_DEEP', this.token, message, help);
  }

  leave(): void {
    this.depth -= 1;
  }

  openParenthesis(): void {
    this.enter();
    this.open.push(this.token);
    this.advance();
  }

  /** The offset behind the parenthesis; undefined when another token stands in its place. */
  closeParenthesis(): number | undefined {
    if (this.isAtEnd) throw neverClosed(this.open, this.previous);
    if (!this.isPunctuation(')')) return undefined;
    const { end } = this.token;
    this.open.pop();
    this.leave();
    this.advance();
    return end;
  }

  /** What `read` makes of the text from `offset` on; undefined when there is a mistake in it. Leaves everything as it was. */
  lookAhead<Result>(offset: number, read: () => Result): Result | undefined {
    if (this.isAhead) return undefined;
    const { token, previous, depth, nodes, open } = this;
    this.open = [];
    this.lexer.lenient = true;
    try {
      this.lexer.offset = offset;
      this.token = this.lexer.next();
      return read();
    } catch (error) {
      if (error instanceof FqlSyntaxError) return undefined;
      throw error;
    } finally {
      this.lexer.lenient = false;
      this.token = token;
      this.previous = previous;
      this.depth = depth;
      this.nodes = nodes;
      this.open = open;
    }
  }
}
