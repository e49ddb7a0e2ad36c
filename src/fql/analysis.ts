import type { Node, Span } from './ast.js';
import { alwaysWarning, type Verdict } from './always-warning.js';
import type { Columns } from './columns.js';
import { ConditionBuilder } from './condition-builder.js';
import type { Condition } from './condition.js';
import type { Finding } from './diagnostic.js';
import type { FqlHost } from './host.js';
import { literalWarnings } from './literal-warnings.js';
import { redundantParts } from './redundancy.js';
import { mirrored, Regions } from './regions.js';
import { children } from './tree-walk.js';
import { typeOf } from './node-type.js';

/**
 * What is odd about a valid definition (`fql.md` sections 7 and 13), in text order. Nothing is said that is not certain, and one
 * cause is reported once: inside a part that is always true or false nothing more is sought. Time is bounded for any input.
 */
export function analyse(tree: Node, columns: Columns, host: FqlHost): Finding[] {
  const analysis = new Analysis(tree, columns, host);
  analysis.visit(analysis.builder.of(tree), 'true');
  const findings = [...analysis.findings, ...literalWarnings(tree, columns, host, analysis.builder, analysis.decided)];
  return findings.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

/** What the rows of the segment ask of a condition: to be true, or false under a `not`; undefined where both count. */
type Aim = 'true' | 'false' | undefined;

class Analysis {
  readonly findings: Finding[] = [];
  /** Parts that were found to be always true or false. */
  readonly decided = new Set<Node>();
  readonly builder: ConditionBuilder;
  private readonly regions = new Regions();
  private readonly whole: Span;

  constructor(
    tree: Node,
    private readonly columns: Columns,
    host: FqlHost,
  ) {
    this.builder = new ConditionBuilder(tree, columns, host);
    this.whole = tree;
  }

  visit(condition: Condition, aim: Aim): void {
    const verdict = this.verdict(condition);
    if (verdict !== undefined) {
      this.decided.add(condition.node);
      this.findings.push(alwaysWarning(condition, verdict, this.regions, condition.node === this.whole));
      return;
    }
    switch (condition.kind) {
      case 'constant':
        return;
      case 'atom':
        return this.lookInside(condition.node);
      case 'is':
        return this.visit(condition.part, condition.expected ? aim : aim && (mirrored[aim] as Aim));
      case 'choice':
        // Only whether the test is true matters, whatever is asked of the whole.
        this.visit(condition.test, 'true');
        for (const branch of [condition.yes, condition.no]) if (!isLiteral(branch.node)) this.visit(branch, aim);
        return;
      default:
        for (const part of condition.parts) this.visit(part, aim);
        if (aim) this.findings.push(...redundantParts(condition, aim, this.regions, this.decided));
    }
  }

  /** Never true comes first: a condition that is always unknown is never false either. */
  private verdict(condition: Condition): Verdict | undefined {
    if (this.regions.isEmpty(condition, 'true')) return 'false';
    return this.regions.isEmpty(condition, 'false') ? 'true' : undefined;
  }

  /** Conditions inside the operands of a comparison or call, as in `if(a > 1, 2, 3) > 2`. */
  private lookInside(node: Node): void {
    const open = [node];
    for (let parent = open.pop(); parent; parent = open.pop()) {
      for (const child of children(parent)) {
        if (this.builder.isConstant(child) || child.kind === 'column') continue;
        if (typeOf(child, this.columns) !== 'Boolean') open.push(child);
        else this.visit(this.builder.of(child), isTest(child, parent) ? 'true' : undefined);
      }
    }
  }
}

/** Of the condition of an `if` only that it is true matters. */
function isTest(node: Node, parent: Node): boolean {
  return parent.kind === 'call' && parent.name === 'if' && parent.arguments[0]?.value === node;
}

/** A branch such as `true` or `null` is an answer, not a condition. */
function isLiteral(node: Node): boolean {
  return node.kind === 'boolean' || node.kind === 'null';
}
