import { arithmetic, isArithmetic } from './arithmetic.js';
import type { BinaryNode, BinaryOperator, CallNode, Node } from './ast.js';
import type { Columns } from './columns.js';
import type { FqlHost } from './host.js';
import { rowFunctions, type Value } from './row-functions.js';
import { columnReader, type Row } from './row-value.js';
import { leftSpine, operands } from './tree-walk.js';

/** Null is unknown. A row belongs to a segment only if its condition is true. */
export type Truth = boolean | null;

type Evaluate = (row: Row) => Value;

/**
 * A checked condition as a function of a row (`fql.md` section 6): closures, never generated code. Work per row is one call for each
 * node at most; `and`, `or` and `if` look no further than they must.
 */
export function compile(tree: Node, columns: Columns, host: FqlHost): (row: Row) => Truth {
  return compileValue(tree, columns, host) as (row: Row) => Truth;
}

/** The same for an expression of any type. */
export function compileValue(tree: Node, columns: Columns, host: FqlHost): Evaluate {
  return new Compiler(columns, host).of(tree);
}

class Compiler {
  constructor(
    private readonly columns: Columns,
    private readonly host: FqlHost,
  ) {}

  of(node: Node): Evaluate {
    switch (node.kind) {
      case 'number':
      case 'text':
      case 'boolean': {
        const { value } = node;
        return () => value;
      }
      case 'null':
        return () => null;
      case 'column': {
        const column = this.columns.get(node.name);
        if (!column) throw new Error(`unchecked definition: no column ${node.name}`);
        return columnReader(column);
      }
      case 'call':
        return this.call(node);
      case 'unary':
        return (node.operator === 'not' ? not : minus)(this.of(node.operand));
      case 'binary':
        return this.binary(node);
    }
  }

  private binary(node: BinaryNode): Evaluate {
    if (node.operator === 'and' || node.operator === 'or') {
      return connective(
        operands(node).map((operand) => this.of(operand)),
        node.operator === 'or',
      );
    }
    const spine = leftSpine(node, ({ operator }) => operator !== 'and' && operator !== 'or');
    let left = this.of(spine[0].left);
    for (const { operator, right } of spine) left = strict(operator, left, this.of(right));
    return left;
  }

  private call({ name, arguments: given }: CallNode): Evaluate {
    const [first, second, third] = given.map(({ value }) => this.of(value));
    if (first && second && third && name === 'if') return (row) => (first(row) === true ? second(row) : third(row));
    if (first && (name === 'is_null' || name === 'is_not_null')) return isNull(first, name === 'is_null');
    if (first && name === 'match') return this.match(first, given[1]?.value);
    const compute = rowFunctions.get(name) as ((...values: Value[]) => Value) | undefined;
    if (!compute) throw new Error(`unchecked definition: no row function ${name}`);
    if (first && second && third)
      return (row) => known(first(row), (a) => known(second(row), (b) => known(third(row), (c) => compute(a, b, c))));
    if (first && second) return (row) => known(first(row), (a) => known(second(row), (b) => compute(a, b)));
    if (first) return (row) => known(first(row), compute);
    return () => compute();
  }

  private match(text: Evaluate, pattern: Node | undefined): Evaluate {
    if (pattern?.kind !== 'text') throw new Error('unchecked definition: a pattern that is not literal');
    const search = this.host.compilePattern(pattern.value);
    return (row) => known(text(row), (value) => search(value as string));
  }
}

/** Null stays null, and so does a number that is not finite. */
function known(value: Value, compute: (value: Exclude<Value, null>) => Value): Value {
  if (value === null) return null;
  const result = compute(value);
  return typeof result === 'number' && !Number.isFinite(result) ? null : result;
}

function isNull(operand: Evaluate, result: boolean): Evaluate {
  return (row) => {
    const value = operand(row);
    return (value === null || value === '') === result;
  };
}

function not(operand: Evaluate): Evaluate {
  return (row) => {
    const value = operand(row);
    return value === null ? null : !value;
  };
}

function minus(operand: Evaluate): Evaluate {
  return (row) => {
    const value = operand(row);
    return value === null ? null : -value;
  };
}

/** One operand that is `decisive` decides; otherwise one that is unknown makes the whole unknown. */
function connective(parts: readonly Evaluate[], decisive: boolean): Evaluate {
  return (row) => {
    let result: Value = !decisive;
    for (const part of parts) {
      const value = part(row);
      if (value === decisive) return decisive;
      if (value === null) result = null;
    }
    return result;
  };
}

const comparisons: Readonly<Partial<Record<BinaryOperator, (a: never, b: never) => boolean>>> = {
  '<': (a: number, b: number) => a < b,
  '<=': (a: number, b: number) => a <= b,
  '>': (a: number, b: number) => a > b,
  '>=': (a: number, b: number) => a >= b,
  '==': (a: Value, b: Value) => a === b,
  '!=': (a: Value, b: Value) => a !== b,
};

/** An operator whose result is null when an operand is. Texts are equal when their code points are. */
function strict(operator: BinaryOperator, left: Evaluate, right: Evaluate): Evaluate {
  if (isArithmetic(operator)) {
    const compute = arithmetic[operator];
    return (row) => {
      const a = left(row);
      const b = right(row);
      if (a === null || b === null) return null;
      const result = compute(a as number, b as number);
      return Number.isFinite(result) ? result : null;
    };
  }
  const compare = comparisons[operator] as (a: Value, b: Value) => boolean;
  return (row) => {
    const a = left(row);
    const b = right(row);
    return a === null || b === null ? null : compare(a, b);
  };
}
