import type { BinaryNode, Node, UnaryNode } from './ast.js';
import type { Columns } from './columns.js';
import type { KnownNames } from './did-you-mean.js';
import type { FqlFunction, Parameter } from './functions.js';
import type { FqlHost } from './host.js';
import type { FqlLimits } from './limits.js';
import type { FqlType } from './types.js';

/** Where an operand or argument stands: what an error about it, and its mend, depend on. */
export interface Place {
  readonly parent?: BinaryNode | UnaryNode;
  /** The operand on the other side of the parent. */
  readonly other?: Node;
  readonly call?: FqlFunction;
  readonly parameter?: Parameter;
  /** The one type that fits, where there is one. */
  readonly expected?: FqlType | undefined;
  readonly takesNull?: boolean;
  readonly takesAnyColumn?: boolean;
}

/** The whole definition. */
export const anywhere: Place = {};

/** What a definition is checked against. */
export interface Sources {
  readonly text: string;
  readonly columns: Columns;
  readonly columnNames: KnownNames;
  readonly host: FqlHost;
  readonly limits: FqlLimits;
}
