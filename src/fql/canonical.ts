import { arithmetic, isArithmetic, type ArithmeticOperator } from './arithmetic.js';
import type { BinaryNode, CallNode, Node } from './ast.js';
import { compareCodePoints } from './code-point-order.js';
import { quoteColumn, writeText } from './source-text.js';
import { leftSpine } from './tree-walk.js';
import { call, joined, leastPrecedence, prefixed, whole, type Written } from './written.js';

/**
 * The canonical form (`fql.md` section 13): the same text for definitions that say the same in another order or wording. It is for
 * fingerprints and comparison, never stored in place of what was sent.
 *
 * Each step keeps the value of every row in three-valued logic. Sums and products are not regrouped, as doubles would differ.
 */
export function canonicalText(tree: Node): string {
  return canonicalTexts()(tree);
}

/** The same for many parts of one tree, each looked at once. */
export function canonicalTexts(): (node: Node) => string {
  const canonical = new Canonical();
  return (node) => canonical.of(node, false).text;
}

interface Piece extends Written {
  /** Levels of nesting inside, as the parser counts them. */
  readonly depth: number;
  /** The number, if it is a constant one. */
  readonly number?: number;
  /** The operands, if it is a chain of `and` or `or`. */
  readonly chain?: { readonly operator: Connective; readonly parts: readonly Piece[] };
}

type Connective = 'and' | 'or';

const connectives: Readonly<Record<Connective, Connective>> = { and: 'or', or: 'and' };

/** What says the opposite for every row, unknown included. */
const oppositeCalls: ReadonlyMap<string, string> = new Map([
  ['is_null', 'is_not_null'],
  ['is_not_null', 'is_null'],
]);

class Canonical {
  /** A Boolean compared with a constant is looked at twice, once to see and once to negate; nested, that would double each time. */
  private readonly plain = new Map<Node, Piece>();
  private readonly negated = new Map<Node, Piece>();

  /** The canonical form of a node, or of its negation. */
  of(node: Node, negate: boolean): Piece {
    const known = negate ? this.negated : this.plain;
    const piece = known.get(node) ?? this.make(node, negate);
    known.set(node, piece);
    return piece;
  }

  private make(node: Node, negate: boolean): Piece {
    switch (node.kind) {
      case 'boolean':
        return leaf(String(node.value !== negate));
      case 'number':
        return constant(node.value);
      case 'text':
        return leaf(writeText(node.value));
      case 'null':
        return leaf('null');
      case 'column':
        return not(leaf(quoteColumn(node.name)), negate);
      case 'call':
        return this.call(node, negate);
      case 'unary':
        return node.operator === 'not' ? this.of(node.operand, !negate) : this.minus(node.operand);
      case 'binary':
        if (isConnective(node.operator)) return this.connective(node, negate);
        return isArithmetic(node.operator) ? this.arithmetic(node) : this.comparison(node, negate);
    }
  }

  private call(node: CallNode, negate: boolean): Piece {
    const given = node.arguments.map(({ value }) => this.of(value, false));
    const opposite = negate ? oppositeCalls.get(node.name) : undefined;
    const piece = { ...call(opposite ?? node.name, given), depth: 1 + deepest(given) };
    return not(piece, negate && opposite === undefined);
  }

  private minus(operand: Node): Piece {
    if (operand.kind === 'unary' && operand.operator === '-') return this.of(operand.operand, false);
    const piece = this.of(operand, false);
    return piece.number === undefined ? { ...prefixed('-', piece), depth: 1 + nested(piece, minusLeast) } : constant(-piece.number);
  }

  /** De Morgan for a negation; then flat, sorted, each part once. */
  private connective(node: BinaryNode, negate: boolean): Piece {
    const operator = negate ? connectives[node.operator as Connective] : (node.operator as Connective);
    const parts = new Map<string, Piece>();
    const open: Node[] = [node];
    for (let next = open.pop(); next; next = open.pop()) {
      if (next.kind === 'binary' && next.operator === node.operator) open.push(next.right, next.left);
      else {
        const piece = this.of(next, negate);
        for (const part of piece.chain?.operator === operator ? piece.chain.parts : [piece]) parts.set(part.text, part);
      }
    }
    const sorted = [...parts.values()].sort((a, b) => compareCodePoints(a.text, b.text));
    const { left: least } = leastPrecedence(operator);
    const [first, ...rest] = sorted as [Piece, ...Piece[]];
    if (rest.length === 0) return first;
    const { text, precedence } = rest.reduce<Written>((written, part) => joined(operator, written, part), first);
    return { text, precedence, depth: Math.max(...sorted.map((part) => nested(part, least))), chain: { operator, parts: sorted } };
  }

  private comparison(node: BinaryNode, negate: boolean): Piece {
    const left = this.of(node.left, false);
    const right = this.of(node.right, false);
    if (node.operator === '==' || node.operator === '!=') {
      const differ = (node.operator === '!=') !== negate;
      // `x == true` is x: a Boolean is a condition already.
      if (isTruth(right)) return this.of(node.left, differ === (right.text === 'true'));
      if (isTruth(left)) return this.of(node.right, differ === (left.text === 'true'));
      const [first, second] = compareCodePoints(left.text, right.text) <= 0 ? [left, right] : [right, left];
      return binary(differ ? '!=' : '==', first, second);
    }
    // Only < and <= are left: a > b is b < a, and not (a < b) is b <= a.
    const [low, high] = (node.operator === '<' || node.operator === '<=') !== negate ? [left, right] : [right, left];
    const strict = (node.operator === '<' || node.operator === '>') !== negate;
    return binary(strict ? '<' : '<=', low, high);
  }

  private arithmetic(tree: BinaryNode): Piece {
    const spine = leftSpine(tree, ({ operator }) => isArithmetic(operator));
    let piece = this.of(spine[0].left, false);
    for (const { operator, right } of spine) piece = compute(operator as ArithmeticOperator, piece, this.of(right, false));
    return piece;
  }
}

function compute(operator: ArithmeticOperator, left: Piece, right: Piece): Piece {
  if (left.number !== undefined && right.number !== undefined) {
    const result = arithmetic[operator](left.number, right.number);
    if (Number.isFinite(result)) return constant(result);
  }
  if (operator !== '+' && operator !== '*') return binary(operator, left, right);
  // The deeper one to the left, or a long sum would nest a level for each operand and be too deep to be read again.
  const least = leastPrecedence(operator).right;
  const order = nested(right, least) - nested(left, least) || compareCodePoints(left.text, right.text);
  return order <= 0 ? binary(operator, left, right) : binary(operator, right, left);
}

function binary(operator: BinaryNode['operator'], left: Piece, right: Piece): Piece {
  const least = leastPrecedence(operator);
  const depth = Math.max(nested(left, least.left), nested(right, least.right) + (operator === '^' ? 1 : 0));
  return { ...joined(operator, left, right), depth };
}

function leaf(text: string): Piece {
  return { ...whole(text), depth: 0 };
}

/** The shortest digits that read back as the same double; minus zero is zero, as no row can tell them apart. */
function constant(number: number): Piece {
  if (number < 0) return { ...prefixed('-', whole(String(-number))), depth: 1, number };
  return { ...leaf(String(Math.abs(number))), number: Math.abs(number) };
}

function not(piece: Piece, negate: boolean): Piece {
  return negate ? { ...prefixed('not', piece), depth: 1 + piece.depth } : piece;
}

function isTruth(piece: Piece): boolean {
  return piece.text === 'true' || piece.text === 'false';
}

function isConnective(operator: BinaryNode['operator']): operator is Connective {
  return operator === 'and' || operator === 'or';
}

/** The depth of a piece where it may need parentheses. */
function nested(piece: Piece, least: number): number {
  return piece.depth + (piece.precedence < least ? 1 : 0);
}

function deepest(pieces: readonly Piece[]): number {
  return pieces.reduce((depth, piece) => Math.max(depth, piece.depth), 0);
}

const minusLeast = prefixed('-', whole('')).precedence;
