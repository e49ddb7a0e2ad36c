/**
 * The tree of a definition. Positions are UTF-16 offsets into the text as sent, `end` exclusive.
 *
 * A node's `start`/`end` run from its first to its last character; a parenthesised operand includes its parentheses. What a
 * diagnostic points at (a name, an operator) therefore has a span of its own.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type BinaryOperator = '^' | '*' | '/' | '%' | '+' | '-' | '<' | '<=' | '>' | '>=' | '==' | '!=' | 'and' | 'or';
export type UnaryOperator = '-' | 'not';

/** `2.50`: `value` is the double, `digits` the source text, kept for exact output. */
export interface NumberNode extends Span {
  readonly kind: 'number';
  readonly value: number;
  readonly digits: string;
}

/** `'it''s'`: `value` is the text it stands for, `it's`. */
export interface TextNode extends Span {
  readonly kind: 'text';
  readonly value: string;
}

/** `true` or `false`. */
interface BooleanNode extends Span {
  readonly kind: 'boolean';
  readonly value: boolean;
}

/** `null`. */
interface NullNode extends Span {
  readonly kind: 'null';
}

/** `age` or `"max age"`: `name` is the column meant, without quotes; `nameSpan` covers the name as written. */
export interface ColumnNode extends Span {
  readonly kind: 'column';
  readonly name: string;
  readonly quoted: boolean;
  readonly nameSpan: Span;
}

/** `x` or, in an aggregate's call only, `level=0.5`. */
export interface Argument {
  readonly name?: string;
  readonly value: Node;
}

/** `substring(name, 1, 3)`. */
export interface CallNode extends Span {
  readonly kind: 'call';
  readonly name: string;
  readonly nameSpan: Span;
  readonly arguments: readonly Argument[];
}

/** `-x` or `not x`. */
export interface UnaryNode extends Span {
  readonly kind: 'unary';
  readonly operator: UnaryOperator;
  readonly operatorSpan: Span;
  readonly operand: Node;
}

/** `left operator right`. */
export interface BinaryNode extends Span {
  readonly kind: 'binary';
  readonly operator: BinaryOperator;
  readonly operatorSpan: Span;
  readonly left: Node;
  readonly right: Node;
}

export type Node = NumberNode | TextNode | BooleanNode | NullNode | ColumnNode | CallNode | UnaryNode | BinaryNode;
