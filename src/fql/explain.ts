import type { BinaryNode, Node, Span } from './ast.js';
import type { Columns } from './columns.js';
import { columnsUsed } from './columns-used.js';
import { compile, type Truth } from './evaluator.js';
import type { FqlHost } from './host.js';
import { print } from './printer.js';
import { own, type Row } from './row-value.js';
import { operands } from './tree-walk.js';

/** A comparison, call or Boolean column that decided a row. */
interface Clause {
  readonly text: string;
  readonly span: Span;
  readonly result: Truth;
  /** What the row has in the columns that the clause reads; null where it has nothing. */
  readonly values: Readonly<Record<string, unknown>>;
}

export interface Explanation {
  readonly result: Truth;
  /** In text order, at most `maximumClauses`. */
  readonly clauses: readonly Clause[];
  /** How many more there are. */
  readonly omitted: number;
}

/** A thousand rows of a long definition would otherwise make an answer of many megabytes. */
export const maximumClauses = 50;

/**
 * Why a row has the result it has: of an `and` that is false the false operands, of an `or` that is true the true ones, of either
 * that is unknown the unknown ones, else all; through `not`; of `if` what decided its condition and then the value it took.
 */
export function compileExplanation(tree: Node, columns: Columns, host: FqlHost): (row: Row) => Explanation {
  const trace = new Tracer(columns, host).of(tree);
  return (row) => {
    const { result, deciding } = trace(row);
    const all = collect(deciding);
    return {
      result,
      clauses: all.slice(0, maximumClauses).map((clause) => clause(row)),
      omitted: Math.max(0, all.length - maximumClauses),
    };
  };
}

interface Trace {
  readonly result: Truth;
  readonly deciding: Deciding;
}

type MakeClause = (row: Row) => Clause;
type Deciding = MakeClause | readonly Trace[];

function collect(deciding: Deciding): MakeClause[] {
  return typeof deciding === 'function' ? [deciding] : deciding.flatMap((trace) => collect(trace.deciding));
}

class Tracer {
  constructor(
    private readonly columns: Columns,
    private readonly host: FqlHost,
  ) {}

  of(node: Node): (row: Row) => Trace {
    if (node.kind === 'binary' && (node.operator === 'and' || node.operator === 'or')) return this.connective(node);
    if (node.kind === 'unary') return this.not(node.operand);
    if (node.kind === 'call' && node.name === 'if') return this.choice(node.arguments.map(({ value }) => value));
    return this.clause(node);
  }

  private connective(node: BinaryNode): (row: Row) => Trace {
    const decisive = node.operator === 'or';
    const parts = operands(node).map((operand) => this.of(operand));
    return (row) => {
      const traces = parts.map((part) => part(row));
      const results = traces.map((trace) => trace.result);
      const result = results.includes(decisive) ? decisive : results.includes(null) ? null : !decisive;
      return { result, deciding: traces.filter((trace) => trace.result === result) };
    };
  }

  private not(operand: Node): (row: Row) => Trace {
    const inner = this.of(operand);
    return (row) => {
      const trace = inner(row);
      return { result: trace.result === null ? null : !trace.result, deciding: [trace] };
    };
  }

  private choice(given: readonly Node[]): (row: Row) => Trace {
    const [condition, yes, no] = given.map((value) => this.of(value)) as [(row: Row) => Trace, (row: Row) => Trace, (row: Row) => Trace];
    return (row) => {
      const test = condition(row);
      const taken = (test.result === true ? yes : no)(row);
      return { result: taken.result, deciding: [test, taken] };
    };
  }

  private clause(node: Node): (row: Row) => Trace {
    const evaluate = compile(node, this.columns, this.host);
    const text = print(node);
    const span = { start: node.start, end: node.end };
    const names = columnsUsed(node);
    return (row) => {
      const result = evaluate(row);
      const values = (): Clause['values'] => Object.fromEntries(names.map((name) => [name, own(row, name) ?? null]));
      return { result, deciding: () => ({ text, span, result, values: values() }) };
    };
  }
}
