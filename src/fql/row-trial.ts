import type { Node } from './ast.js';
import { OutOfSteps } from './bounded-host.js';
import type { Columns } from './columns.js';
import { compile, type Truth } from './evaluator.js';
import type { FqlHost } from './host.js';
import { Fuel } from './region.js';
import type { Row } from './row-value.js';
import { instructions, textLength } from './text-work.js';
import { postorder } from './tree-walk.js';

/** Whether a row is in the first of two segments, and in the second. */
export type Membership = readonly [boolean, boolean];

/** Nodes evaluated in all, some 30 ns each. */
const allowance = 150_000;

/** Characters that an operator gets through in the time of one node; an instruction of a pattern takes one at a time. */
const charactersOfNode = 8;

/** Evaluates rows by two definitions, as many as there is time for. */
export class RowTrial {
  private readonly fuel = new Fuel(allowance);
  private readonly nodes: number;
  private readonly perCharacter: number;
  private run: readonly ((row: Row) => Truth)[] | undefined;

  constructor(
    private readonly trees: readonly [Node, Node],
    private readonly columns: Columns,
    private readonly host: FqlHost,
  ) {
    const nodes = trees.flatMap(postorder);
    this.nodes = nodes.length;
    this.perCharacter = nodes.length / charactersOfNode + nodes.reduce((sum, node) => sum + instructions(node, host), 0);
  }

  /** @throws OutOfSteps when the time for it is up */
  of(row: Row): Membership {
    if (!this.fuel.burn(this.nodes + textLength(row) * this.perCharacter)) throw new OutOfSteps('rows that take too long to try');
    this.run ??= this.trees.map((tree) => compile(tree, this.columns, this.host));
    return this.run.map((isIn) => isIn(row) === true) as unknown as Membership;
  }
}
