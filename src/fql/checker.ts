import type { BinaryNode, CallNode, ColumnNode, Node, Span, UnaryNode } from './ast.js';
import { unknownColumn, unsupportedColumn } from './column-errors.js';
import type { Columns } from './columns.js';
import type { Finding } from './diagnostic.js';
import { KnownNames } from './did-you-mean.js';
import { foldNumber } from './fold-number.js';
import { aggregateCall, invalidArgument, invalidPattern, patternNotLiteral, unknownFunction, wrongArity } from './function-errors.js';
import { functions, type FqlFunction, type Parameter } from './functions.js';
import type { FqlHost } from './host.js';
import { fqlLimits, type FqlLimits } from './limits.js';
import { infixOperators, prefixOperators } from './operators.js';
import { anywhere, type Place, type Sources } from './place.js';
import { leftSpine } from './tree-walk.js';
import { branchMismatch, divisionByZero, equalityMismatch, notBoolean, nullUse, operandMismatch } from './type-errors.js';
import { columnTypes, type FqlType } from './types.js';

/** `Unknown`: there is an error inside, so nothing more is said about the whole. `Null`: the literal, in one of its two places. */
type Known = FqlType | 'Unknown' | 'Null';

/**
 * Checks what words mean: that columns and functions exist and that types fit (`fql.md` sections 4, 5 and 7).
 *
 * All errors are found, and none that only follows from another: an expression with an error inside has no type. They come in text
 * order, at most `limits.errors` of them and then one `FQL_MORE_ERRORS`.
 */
export function check(tree: Node, text: string, columns: Columns, host: FqlHost, limits: FqlLimits = fqlLimits): Finding[] {
  const columnNames = new KnownNames([...columns.keys()], (a, b) => host.editDistance(a, b));
  const sources: Sources = { text, columns, columnNames, host, limits };
  const checker = new Checker(sources);
  const type = checker.type(tree, anywhere);
  if (checker.reports.length === 0 && type !== 'Boolean') checker.report(tree, () => notBoolean(tree, type, sources));
  return firstErrors(checker.reports, limits);
}

/** An error found. Its words and mends are worked out only if it is among those that are shown: a near name costs time to find. */
interface Report {
  readonly span: Span;
  readonly make: () => Finding;
}

function firstErrors(reports: readonly Report[], limits: FqlLimits): Finding[] {
  const sorted = [...reports].sort((a, b) => a.span.start - b.span.start);
  const errors = sorted.slice(0, limits.errors).map((report) => report.make());
  const next = sorted[limits.errors];
  if (!next) return errors;
  const more = sorted.length - limits.errors;
  const message = more === 1 ? 'There is 1 more error.' : `There are ${more} more errors.`;
  return [
    ...errors,
    { code: 'FQL_MORE_ERRORS', span: next.span, message, help: 'Mend the errors before it and check again.', suggestions: [] },
  ];
}

class Checker {
  readonly reports: Report[] = [];

  constructor(private readonly sources: Sources) {}

  report({ start, end }: Span, make: () => Finding): 'Unknown' {
    this.reports.push({ span: { start, end }, make });
    return 'Unknown';
  }

  type(node: Node, place: Place): Known {
    switch (node.kind) {
      case 'number':
        return 'Number';
      case 'text':
        return 'String';
      case 'boolean':
        return 'Boolean';
      case 'null':
        return place.takesNull ? 'Null' : this.report(node, () => nullUse(node, place, this.sources));
      case 'column':
        return this.column(node, place);
      case 'call':
        return this.call(node);
      case 'unary':
        return this.unary(node);
      case 'binary':
        return this.binary(node);
    }
  }

  private column(node: ColumnNode, place: Place): Known {
    const column = this.sources.columns.get(node.name);
    if (!column) return this.report(node.nameSpan, () => unknownColumn(node, place, this.sources));
    const type = columnTypes[column.type];
    if (type !== undefined) return type;
    return place.takesAnyColumn ? 'Unknown' : this.report(node.nameSpan, () => unsupportedColumn(node, column));
  }

  private unary(node: UnaryNode): Known {
    const { operand: expected } = prefixOperators[node.operator];
    const actual = this.type(node.operand, { parent: node, expected });
    return this.fits(node.operand, actual, expected, { parent: node, expected }) ? expected : 'Unknown';
  }

  /** Goes down the left side in a loop: a flat chain of 1,000 operators is a tree 1,000 deep. */
  private binary(tree: BinaryNode): Known {
    const spine = leftSpine(tree, () => true);
    let left = this.type(spine[0].left, leftPlace(spine[0]));
    for (const node of spine) left = this.operation(node, left);
    return left;
  }

  private operation(node: BinaryNode, left: Known): Known {
    const { operands, result } = infixOperators[node.operator];
    const place: Place = { parent: node, other: node.left, expected: expectedBy(node) };
    const right = this.type(node.right, place);
    if (operands === 'same') {
      if (left === 'Unknown' || right === 'Unknown') return 'Unknown';
      if (left === right) return result;
      return this.report(node.operatorSpan, () => equalityMismatch(node, left as FqlType, right as FqlType, this.sources));
    }
    const leftFits = this.fits(node.left, left, operands, leftPlace(node));
    const rightFits = this.fits(node.right, right, operands, place);
    if (rightFits && (node.operator === '/' || node.operator === '%') && foldNumber(node.right) === 0) {
      return this.report(node.right, () => divisionByZero(node));
    }
    return leftFits && rightFits ? result : 'Unknown';
  }

  /** False when there is an error, an older or a new one. */
  private fits(node: Node, actual: Known, expected: FqlType, place: Place): boolean {
    if (actual === expected) return true;
    if (actual !== 'Unknown') this.report(node, () => operandMismatch(node, actual as FqlType, expected, place, this.sources));
    return false;
  }

  private call(node: CallNode): Known {
    const called = functions.get(node.name);
    if (!called) {
      this.lookInside(node);
      return this.report(node.nameSpan, () => unknownFunction(node, this.sources));
    }
    // What an aggregate is given is not looked at: one mistake, one error.
    if (called.category === 'aggregate') return this.report(node.nameSpan, () => aggregateCall(node, called));
    if (node.arguments.length !== called.parameters.length) {
      this.lookInside(node);
      return this.report(node.nameSpan, () => wrongArity(node, called));
    }
    const before = this.reports.length;
    const types = called.parameters.map((parameter, index) => this.argument(node, called, parameter, index));
    if (called.result !== 'Branch') return this.reports.length > before ? 'Unknown' : called.result;
    return this.branches(node, types);
  }

  /** What does not depend on the signature is wrong in any case. */
  private lookInside(node: CallNode): void {
    for (const { value } of node.arguments) this.type(value, anything);
  }

  private argument(call: CallNode, called: FqlFunction, parameter: Parameter, index: number): Known {
    const value = (call.arguments[index] as CallNode['arguments'][number]).value;
    const place: Place = { call: called, parameter };
    switch (parameter.type) {
      case 'Any':
        return this.type(value, { ...place, takesNull: true, takesAnyColumn: true });
      case 'Value':
        return this.type(value, place);
      case 'Branch':
        return this.type(value, { ...place, takesNull: true });
      case 'Pattern':
        return this.pattern(value, place);
      default: {
        const typed: Place = { ...place, expected: parameter.type };
        const actual = this.type(value, typed);
        if (!this.fits(value, actual, parameter.type, typed)) return 'Unknown';
        const constant = parameter.minimum === undefined ? undefined : foldNumber(value);
        if (constant !== undefined && !(Number.isInteger(constant) && constant >= (parameter.minimum ?? 0))) {
          return this.report(value, () => invalidArgument(value, constant, called, parameter));
        }
        return actual;
      }
    }
  }

  private pattern(value: Node, place: Place): Known {
    if (value.kind !== 'text') {
      const actual = this.type(value, place);
      return actual === 'Unknown' ? actual : this.report(value, () => patternNotLiteral(value, this.sources));
    }
    const { host, limits } = this.sources;
    const tooLong = value.value.length > limits.pattern && [...value.value].length > limits.pattern;
    const reason = tooLong ? `it has more than ${limits.pattern} characters` : host.checkPattern(value.value);
    return reason === undefined ? 'String' : this.report(value, () => invalidPattern(value, reason));
  }

  /** The type that the two values of `if` share; one of them may be `null`. */
  private branches(node: CallNode, [condition, yes, no]: readonly Known[]): Known {
    if (condition === 'Unknown' || yes === undefined || no === undefined || yes === 'Unknown' || no === 'Unknown') return 'Unknown';
    const third = (node.arguments[2] as CallNode['arguments'][number]).value;
    if (yes === 'Null' && no === 'Null') return this.report(third, () => nullUse(third, anywhere, this.sources, true));
    if (yes === 'Null') return no;
    if (no === 'Null' || yes === no) return yes;
    return this.report(third, () => branchMismatch(node, yes, no, this.sources));
  }
}

function leftPlace(node: BinaryNode): Place {
  return { parent: node, other: node.right, expected: expectedBy(node) };
}

function expectedBy(node: BinaryNode): FqlType | undefined {
  const { operands } = infixOperators[node.operator];
  return operands === 'same' ? undefined : operands;
}

const anything: Place = { takesNull: true, takesAnyColumn: true };
