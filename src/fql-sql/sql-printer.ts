import { isArithmetic, type ArithmeticOperator } from '../fql/arithmetic.js';
import type { BinaryNode, CallNode, Node } from '../fql/ast.js';
import type { Columns, FqlColumn } from '../fql/columns.js';
import { typeOf } from '../fql/node-type.js';
import { leftSpine, operands } from '../fql/tree-walk.js';
import type { Dialect, NumberFunction } from './dialect.js';
import { readLiteral } from './literal.js';
import { bounds, functionBounds } from './number-bound.js';
import { closed, nullIfAny, type Computed, type NumberSql } from './number-sql.js';
import { SqlTooLong, Unfaithful, type Refusal } from './refusal.js';
import { call, chain, infix, longestSql, Sql } from './sql.js';

const nothing = Sql.raw('NULL');
const symbols = { '==': '=', '!=': '<>', '<': '<', '<=': '<=', '>': '>', '>=': '>=' } as const;
/** No text is longer, and every database takes it for a length. */
const longestText = 2_147_483_647;
/** Of whole numbers with 64 bits, signed or not. */
const integerBound = 2 ** 64;

/** A checked tree in one dialect. One method for each type of the language; what cannot be faithful is gathered in `refusals`. */
export class SqlPrinter {
  readonly refusals: Refusal[] = [];

  constructor(
    private readonly dialect: Dialect,
    private readonly columns: Columns,
    private readonly nameOf: (column: string) => Sql,
  ) {}

  condition(node: Node): Sql {
    switch (node.kind) {
      case 'boolean':
        return Sql.raw(node.value ? 'TRUE' : 'FALSE');
      case 'column':
        return this.nameOf(node.name);
      case 'unary':
        return infix`NOT ${this.condition(node.operand)}`;
      case 'binary':
        if (node.operator !== 'and' && node.operator !== 'or') return this.comparison(node);
        return chain(
          node.operator === 'and' ? 'AND' : 'OR',
          operands(node).map((operand) => this.condition(operand)),
        );
      case 'call':
        return this.test(node);
      default:
        return nothing;
    }
  }

  private test(node: CallNode): Sql {
    const [first, second] = given(node);
    const { dialect } = this;
    switch (node.name) {
      case 'is_null':
        return this.isNull(first);
      case 'is_not_null':
        return infix`NOT ${this.isNull(first)}`;
      case 'startswith':
        return dialect.startsWith(this.text(first), this.text(second));
      case 'match': {
        const text = this.text(first);
        const pattern = second.kind === 'text' ? second.value : unchecked(node);
        return this.attempt(node, () => dialect.match(text, pattern), nothing);
      }
      default:
        return this.either(node, (branch) => this.condition(branch));
    }
  }

  private comparison({ operator, left, right }: BinaryNode): Sql {
    const symbol = Sql.raw(symbols[operator as keyof typeof symbols]);
    const type = typeOf(left, this.columns);
    if (type === 'Number') {
      const [a, b] = [this.number(left), this.number(right)];
      // Whole numbers are compared as such: exactly past 2^53, and with the help of an index.
      if (a.whole !== undefined && b.whole !== undefined) return infix`${a.whole} ${symbol} ${b.whole}`;
      return infix`${this.closed(a)} ${symbol} ${this.closed(b)}`;
    }
    if (type === 'Boolean') return infix`${this.condition(left)} ${symbol} ${this.condition(right)}`;
    const equal = this.dialect.equalTexts(this.text(left), this.text(right));
    return operator === '==' ? equal : infix`NOT ${equal}`;
  }

  /** True or false, never unknown. Empty text counts as null; its length tells, as blanks may be equal to it. */
  private isNull(node: Node): Sql {
    if (node.kind === 'null') return Sql.raw('TRUE');
    const column = node.kind === 'column' ? this.column(node.name) : undefined;
    if (column?.type === 'vector') return this.attempt(node, () => this.dialect.isNullVector(this.nameOf(column.name)), nothing);
    if (column?.type === 'timestamp') return infix`${this.nameOf(column.name)} IS NULL`;
    const type = typeOf(node, this.columns);
    if (type === 'String') return infix`${call`COALESCE(${this.dialect.length(this.text(node))}, 0)`} = 0`;
    if (type === 'Boolean') return infix`${this.condition(node)} IS NULL`;
    const number = this.number(node);
    return infix`${number.whole ?? this.closed(number)} IS NULL`;
  }

  private text(node: Node): Sql {
    if (node.kind === 'text') return this.dialect.literals.text(Sql.value({ type: 'text', value: node.value }));
    if (node.kind === 'column') {
      const { name, type } = this.column(node.name);
      return this.dialect.textColumn(this.nameOf(name), type === 'category' ? type : 'str');
    }
    if (node.kind !== 'call') return nothing;
    if (node.name === 'substring') return this.substring(node);
    return node.name === 'to_string' ? this.asText(node) : this.either(node, (branch) => this.text(branch));
  }

  private substring(node: CallNode): Sql {
    const [text, offset, count] = given(node);
    const [from, length] = [this.index(offset, 1), this.index(count, 0)];
    return nullIfAny([...from.wrong, ...length.wrong], this.dialect.substring(this.text(text), from.value, length.value));
  }

  /** A place in a text, or how many characters: when it is not a whole number from `least` the result is null. */
  private index(node: Node, least: 0 | 1): { value: Sql; wrong: Sql[] } {
    const number = this.number(node);
    const { constant, whole } = number;
    const { literals, toWhole } = this.dialect;
    // The checker has looked at it.
    if (constant !== undefined)
      return { value: literals.whole(Sql.value({ type: 'whole', value: Math.min(constant, longestText) })), wrong: [] };
    const value = this.closed(number);
    const tooSmall = infix`${value} < ${Sql.raw(String(least))}`;
    const wrong = whole === undefined ? [tooSmall, infix`${value} <> ${call`FLOOR(${value})`}`] : [tooSmall];
    // Not LEAST, which passes over null in some databases.
    const most = Sql.raw(String(longestText));
    return { value: toWhole(call`CASE WHEN ${infix`${value} > ${most}`} THEN ${most} ELSE ${value} END`), wrong };
  }

  private asText(node: CallNode): Sql {
    const [value] = given(node);
    const { dialect } = this;
    const type = typeOf(value, this.columns);
    if (type === 'String') return this.text(value);
    if (type === 'Boolean') {
      const condition = this.condition(value);
      return dialect.madeText(call`CASE WHEN ${condition} THEN 'true' WHEN ${infix`NOT ${condition}`} THEN 'false' ELSE NULL END`);
    }
    const { constant, whole } = this.number(value);
    if (constant !== undefined) return dialect.literals.text(Sql.value({ type: 'text', value: String(constant) }));
    if (whole !== undefined) return dialect.madeText(dialect.wholeToText(whole));
    const why = `${dialect.title} writes numbers in a way of its own, such as 1.0 for 1; only whole numbers and literals become the same text.`;
    this.refusals.push({ span: node, why });
    return nothing;
  }

  private number(node: Node): NumberSql {
    const literal = readLiteral(node, this.dialect);
    if (literal !== undefined) return literal;
    switch (node.kind) {
      case 'column':
        return this.numberColumn(this.column(node.name));
      case 'unary': {
        const { text, nullWhen, bound } = this.number(node.operand);
        return { text: infix`-${text}`, nullWhen, bound };
      }
      case 'binary':
        return this.arithmetic(node);
      case 'call':
        return this.numberCall(node);
      default:
        return { text: nothing, nullWhen: [], bound: 0 };
    }
  }

  private numberColumn({ name, type }: FqlColumn): NumberSql {
    const column = this.nameOf(name);
    const { toDouble, floatColumn = toDouble, columnBound } = this.dialect;
    if (type === 'int') return { text: toDouble(column), nullWhen: [], bound: integerBound, whole: column };
    return { text: floatColumn(column), nullWhen: [], bound: columnBound };
  }

  private arithmetic(tree: BinaryNode): NumberSql {
    const spine = leftSpine(tree, ({ operator }) => isArithmetic(operator));
    let left = this.number(spine[0].left);
    for (const node of spine) {
      const operator = node.operator as ArithmeticOperator;
      const right = this.number(node.right);
      left = this.computed(node, () => this.dialect.arithmetic[operator](left, right), [left, right], bounds[operator](left, right));
    }
    return left;
  }

  private numberCall(node: CallNode): NumberSql {
    if (node.name === 'if') {
      const branches: NumberSql[] = [];
      const text = this.either(node, (branch) => {
        const number = this.number(branch);
        branches.push(number);
        return this.closed(number);
      });
      return { text, nullWhen: [], bound: Math.min(Number.MAX_VALUE, Math.max(...branches.map(({ bound }) => bound))) };
    }
    const [first] = given(node);
    if (node.name === 'length') {
      const whole = this.dialect.length(this.text(first));
      return { text: this.dialect.toDouble(whole), nullWhen: [], bound: longestText, whole };
    }
    const name = node.name as NumberFunction;
    const x = this.number(first);
    return this.computed(node, () => this.dialect.functions[name](x), [x], functionBounds[name](x));
  }

  private computed(node: Node, compute: () => Computed, given: readonly NumberSql[], bound: number): NumberSql {
    const { text, nullWhen: own = [], whole } = this.attempt(node, compute, { text: nothing });
    const nullWhen = [...given.flatMap((one) => one.nullWhen), ...own];
    // All of it will stand in the text: no need to gather what cannot be.
    if (nullWhen.reduce((sum, { length }) => sum + length, text.length) > longestSql) throw new SqlTooLong();
    return { text, nullWhen, bound: Math.min(bound, this.dialect.resultBound), ...(whole === undefined ? {} : { whole }) };
  }

  private either(node: CallNode, write: (branch: Node) => Sql): Sql {
    const [condition, yes, no] = given(node);
    return call`CASE WHEN ${this.condition(condition)} THEN ${write(yes)} ELSE ${write(no)} END`;
  }

  private attempt<T>(node: Node, write: () => T, otherwise: T): T {
    try {
      return write();
    } catch (error) {
      if (!(error instanceof Unfaithful)) throw error;
      const span = node.kind === 'binary' ? node.operatorSpan : node.kind === 'call' ? node.nameSpan : node;
      this.refusals.push({ span, why: error.message });
      return otherwise;
    }
  }

  private closed(number: NumberSql): Sql {
    return closed(number, this.dialect.notFinite);
  }

  private column(name: string): FqlColumn {
    return this.columns.get(name) ?? unchecked(name);
  }
}

/** The arguments; the checker has counted them. */
const given = (node: CallNode): [Node, Node, Node] => node.arguments.map(({ value }) => value) as [Node, Node, Node];

function unchecked(what: unknown): never {
  throw new Error(`unchecked definition: ${JSON.stringify(what)}`);
}
