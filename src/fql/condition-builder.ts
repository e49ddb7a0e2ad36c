import type { BinaryNode, CallNode, Node } from './ast.js';
import { canonicalTexts } from './canonical.js';
import { compareCodePoints } from './code-point-order.js';
import type { Columns } from './columns.js';
import type { Atom, Condition, Variable } from './condition.js';
import { compileValue, type Truth } from './evaluator.js';
import type { FqlHost } from './host.js';
import { typeOf } from './node-type.js';
import { numbersWhere, turned, type Order } from './number-set.js';
import type { Value } from './row-functions.js';
import { children, operands, postorder } from './tree-walk.js';
import { allValues, complement, numbers, realNumbers, texts, truthValues, wholeNumbers, type Domain } from './value-set.js';

/** Turns the Boolean expressions of one checked tree into conditions. */
export class ConditionBuilder {
  /** Expressions without a column: they have one value for every row, which the evaluator tells. */
  private readonly constants = new Set<Node>();
  private readonly canonical = canonicalTexts();

  constructor(
    tree: Node,
    private readonly columns: Columns,
    private readonly host: FqlHost,
  ) {
    for (const node of postorder(tree)) {
      if (node.kind !== 'column' && children(node).every((child) => this.constants.has(child))) this.constants.add(node);
    }
  }

  isConstant(node: Node): boolean {
    return this.constants.has(node);
  }

  constantOf(node: Node): Value | undefined {
    return this.constants.has(node) ? compileValue(node, this.columns, this.host)({}) : undefined;
  }

  of(node: Node): Condition {
    if (this.constants.has(node)) return { kind: 'constant', node, value: this.constantOf(node) as Truth };
    switch (node.kind) {
      case 'unary':
        return { kind: 'is', node, part: this.of(node.operand), expected: false };
      case 'binary':
        if (node.operator !== 'and' && node.operator !== 'or') return this.comparison(node, node.operator as Order);
        return { kind: node.operator === 'and' ? 'all' : 'any', node, parts: operands(node).map((operand) => this.of(operand)) };
      case 'call':
        return this.call(node);
      default:
        return truth(node, this.variable(node));
    }
  }

  private comparison(node: BinaryNode, operator: Order): Condition {
    const { left, right } = node;
    if (this.constants.has(right)) return this.against(node, left, operator, this.constantOf(right) ?? null);
    if (this.constants.has(left)) return this.against(node, right, turned[operator], this.constantOf(left) ?? null);
    const variable = this.variable(left);
    const other = this.variable(right);
    if (variable.key === other.key) {
      const everything = allValues(variable.domain);
      const holds = operator === '==' || operator === '<=' || operator === '>=';
      return { kind: 'atom', node, variable, holds: holds ? everything : complement(everything), whenNull: null };
    }
    const inOrder = compareCodePoints(variable.key, other.key) <= 0;
    return {
      kind: 'atom',
      node,
      variable: difference(variable, other, inOrder),
      holds: numbers(numbersWhere[inOrder ? operator : turned[operator]](0)),
      whenNull: null,
    };
  }

  private against(node: Node, operand: Node, operator: Order, bound: Value): Condition {
    if (bound === null) return { kind: 'constant', node, value: null };
    if (typeof bound === 'boolean') {
      return { kind: 'is', node, part: this.of(operand), expected: bound === (operator === '==') };
    }
    const equal = typeof bound === 'number' ? numbers(numbersWhere[operator](bound)) : texts(bound);
    const holds = typeof bound === 'string' && operator === '!=' ? complement(equal) : equal;
    return { kind: 'atom', node, variable: this.variable(operand), holds, whenNull: null };
  }

  private call(node: CallNode): Condition {
    const [first, second, third] = node.arguments.map(({ value }) => value);
    if (first && second && third && node.name === 'if') {
      return { kind: 'choice', node, test: this.of(first), yes: this.of(second), no: this.of(third) };
    }
    if (first && (node.name === 'is_null' || node.name === 'is_not_null')) {
      const variable = this.variable(first);
      // Empty text counts as null for these two tests alone.
      const empty = variable.domain === 'texts' ? texts('') : complement(allValues(variable.domain));
      const isNull = node.name === 'is_null';
      return { kind: 'atom', node, variable, holds: isNull ? empty : complement(empty), whenNull: isNull };
    }
    if (first && second && this.findsAlways(node.name, second)) {
      const variable = this.variable(first);
      return { kind: 'atom', node, variable, holds: allValues(variable.domain), whenNull: null };
    }
    return truth(node, this.variable(node));
  }

  private findsAlways(name: string, wanted: Node): boolean {
    const text = this.constantOf(wanted);
    return name === 'startswith' ? text === '' : name === 'match' && typeof text === 'string' && boundless.has(text);
  }

  private variable(node: Node): Variable {
    const column = node.kind === 'column' ? this.columns.get(node.name) : undefined;
    return { key: this.canonical(node), domain: this.domain(node), known: knownFor(node), ...(column && { column }) };
  }

  private domain(node: Node): Domain {
    const type = typeOf(node, this.columns);
    if (type === 'Boolean') return truthValues;
    if (type !== 'Number') return 'texts';
    if (node.kind === 'column') return this.columns.get(node.name)?.type === 'int' ? wholeNumbers : realNumbers;
    return (node.kind === 'call' && resultDomains.get(node.name)) || realNumbers;
  }
}

/** `match(name, 'a')` is known when name is; `a / b` may be unknown although both are known. */
function knownFor(node: Node): readonly Node[] {
  if (node.kind !== 'call' || !total.has(node.name)) return [node];
  const given = node.arguments.map(({ value }) => value);
  return given.every(({ kind }) => kind === 'column' || kind === 'text') ? given.filter(({ kind }) => kind === 'column') : [node];
}

const total: ReadonlySet<string> = new Set(['match', 'startswith', 'length']);

function truth(node: Node, variable: Variable): Atom {
  return { kind: 'atom', node, variable, holds: numbers(numbersWhere['=='](1)), whenNull: null };
}

/** How two expressions compare, as the sign of their difference: a < b is below 0. For texts only 0 and not 0 count. */
function difference(left: Variable, right: Variable, inOrder: boolean): Variable {
  const [first, second] = inOrder ? [left, right] : [right, left];
  return { key: `${first.key} <> ${second.key}`, domain: { whole: true, low: -1, high: 1 }, known: [...left.known, ...right.known] };
}

const nonNegative = { ...realNumbers, low: 0 };

const resultDomains: ReadonlyMap<string, Domain> = new Map([
  ['length', { ...wholeNumbers, low: 0 }],
  ['abs', nonNegative],
  ['sqrt', nonNegative],
  ['exp', nonNegative],
]);

/** Patterns that are found in every text, as they find the empty one at its beginning or end. */
const boundless: ReadonlySet<string> = new Set(['', '.*', '^', '$', '^.*', '.*$']);
