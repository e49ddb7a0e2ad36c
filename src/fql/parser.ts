import type { Argument, BinaryNode, BinaryOperator, Node, Span, UnaryOperator } from './ast.js';
import type { Columns } from './columns.js';
import { foreignOperators, isForeignWord } from './foreign.js';
import { functions } from './functions.js';
import { fqlLimits, type FqlLimits } from './limits.js';
import { comparisonPrecedence, infixOperators, loosest, prefixOperators } from './operators.js';
import { FqlSyntaxError, syntaxError } from './syntax-error.js';
import * as mistakes from './syntax-errors.js';
import { TokenReader } from './token-reader.js';
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
  return new Parser(new TokenReader(text, limits, columns)).definition();
}

/**
 * One loop over operators by precedence (Pratt), one function for what begins a value.
 *
 * It looks at one token before it decides and reads the next only then, so the leftmost mistake is the one reported. Depth is
 * checked before each recursion and nodes are counted as they are made, so no text can exhaust the stack or make a large tree.
 */
class Parser {
  constructor(private readonly reader: TokenReader) {}

  definition(): Node {
    if (this.reader.isAtEnd) throw mistakes.empty(this.reader.text);
    const tree = this.expression(loosest);
    if (!this.reader.isAtEnd) throw unexpectedAfterValue(this.reader, tree);
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
      const sign = this.reader.token;
      this.reader.count();
      if (grouping === 'right') this.reader.enter();
      this.reader.advance();
      if (precedence < comparisonPrecedence) refuseMissingLeft(this.reader.token, left, this.reader.text);
      const right = this.expression(grouping === 'right' ? precedence : precedence + 1);
      if (grouping === 'right') this.reader.leave();
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
    const { token } = this.reader;
    switch (token.kind) {
      case 'operator':
        return infixOperators[token.text].precedence >= least ? token.text : undefined;
      case 'keyword':
        if (token.text === 'and' || token.text === 'or') return infixOperators[token.text].precedence >= least ? token.text : undefined;
        if (token.text === 'not') this.refuseForeign(least, left);
        return undefined;
      case 'miscased':
        // The AND of `between 1 AND 5` ends an operand that is read ahead.
        if (this.reader.isAhead) return undefined;
        this.refuseForeign(least, left);
        throw mistakes.keywordCase(token, this.reader.columns);
      case 'name':
      case 'foreign':
        this.refuseForeign(least, left);
        return undefined;
      case 'punctuation':
        if (token.text === '=') throw mistakes.singleEquals(token, this.reader.previous, this.reader.text);
        return undefined;
      default:
        return undefined;
    }
  }

  private value(least: number): Node {
    const { token } = this.reader;
    const { start, end } = token;
    switch (token.kind) {
      case 'number':
        this.reader.take();
        return { kind: 'number', value: Number(token.text), digits: token.text, start, end };
      case 'text':
        this.reader.take();
        return { kind: 'text', value: token.text, start, end };
      case 'quoted-name':
        this.reader.take();
        return { kind: 'column', name: token.text, quoted: true, nameSpan: { start, end }, start, end };
      case 'name':
        this.reader.take();
        if (this.reader.token.kind === 'punctuation' && this.reader.token.text === '(') return this.call(token.text, { start, end });
        return { kind: 'column', name: token.text, quoted: false, nameSpan: { start, end }, start, end };
      case 'keyword':
        if (token.text === 'not' && least <= prefixOperators.not.precedence) return this.prefixed('not');
        if (token.text === 'and' || token.text === 'or' || token.text === 'not') throw unexpectedInsteadOfValue(this.reader);
        this.reader.take();
        return token.text === 'null' ? { kind: 'null', start, end } : { kind: 'boolean', value: token.text === 'true', start, end };
      case 'operator':
        if (token.text === '-') return this.prefixed('-');
        throw unexpectedInsteadOfValue(this.reader);
      case 'punctuation':
        if (token.text === '(') return this.group();
        if (token.text === '=') throw mistakes.singleEquals(token, this.reader.previous, this.reader.text);
        throw unexpectedInsteadOfValue(this.reader);
      case 'miscased':
        throw mistakes.keywordCase(token, this.reader.columns);
      case 'foreign':
        throw mistakes.foreignWithoutLeft(token, this.reader.text);
      case 'end':
        throw mistakes.unexpectedEnd(this.reader.previous);
    }
  }

  private prefixed(operator: UnaryOperator): Node {
    const sign = this.reader.token;
    this.reader.count();
    this.reader.enter();
    this.reader.advance();
    const operand = this.expression(prefixOperators[operator].precedence);
    this.reader.leave();
    return { kind: 'unary', operator, operatorSpan: { start: sign.start, end: sign.end }, operand, start: sign.start, end: operand.end };
  }

  private group(): Node {
    const { start } = this.reader.token;
    this.reader.openParenthesis();
    const inner = this.expression(loosest);
    const end = this.close(inner);
    return { ...inner, start, end };
  }

  private call(name: string, nameSpan: Span): Node {
    this.reader.openParenthesis();
    const takesNames = functions.get(name)?.category !== 'row';
    const given: Argument[] = [];
    if (!this.reader.isPunctuation(')')) given.push(this.argument(takesNames));
    while (given.length > 0 && this.reader.isPunctuation(',')) {
      this.reader.advance();
      given.push(this.argument(takesNames));
    }
    const end = this.close(given.at(-1)?.value);
    return { kind: 'call', name, nameSpan, arguments: given, start: nameSpan.start, end };
  }

  /** A row-level function takes no names: there the `=` of `if(age=50, …)` is a mistake for `==`. */
  private argument(takesNames: boolean): Argument {
    const { token } = this.reader;
    if (!takesNames || token.kind !== 'name' || !this.reader.isBeforeEqualsSign()) return { value: this.expression(loosest) };
    this.reader.advance();
    this.reader.advance();
    return { name: token.text, value: this.expression(loosest) };
  }

  private close(inner: Node | undefined): number {
    const end = this.reader.closeParenthesis();
    if (end === undefined) throw unexpectedAfterValue(this.reader, inner);
    return end;
  }

  private chained(first: BinaryNode): FqlSyntaxError {
    const third = this.operandAt(this.reader.token.end, comparisonPrecedence + 1);
    return mistakes.chainedComparison(this.reader.token, first, third, this.reader.text);
  }

  /** Throws when an operator of another language stands here and this loop is the one whose operand it takes. */
  private refuseForeign(least: number, left: Node): void {
    const { token } = this.reader;
    const negated = token.kind === 'keyword' || token.kind === 'miscased';
    let end = token.end;
    let word = token.text.toLowerCase();
    if (negated) {
      const next = /^[ \t\r\n]+([A-Za-z_]\w*)/.exec(this.reader.text.slice(token.end));
      if (word !== 'not' || !next?.[1] || !isForeignWord(next[1])) return;
      word = next[1].toLowerCase();
      end += next[0].length;
    } else if (token.kind === 'name' && !isForeignWord(word)) return;
    const precedence = foreignOperators.get(word)?.precedence ?? comparisonPrecedence;
    if (least > precedence) return;
    const operand = (offset: number, tightness: number): Node | undefined => this.operandAt(offset, tightness);
    throw mistakes.foreignOperator(token, {
      text: this.reader.text,
      columns: this.reader.columns,
      operator: word,
      negated,
      left,
      rest: end,
      operand,
    });
  }

  /** The operand at `offset`, read for a mend and forgotten again; undefined when there is none. */
  private operandAt(offset: number, least: number): Node | undefined {
    return this.reader.lookAhead(offset, () => this.expression(least));
  }
}
