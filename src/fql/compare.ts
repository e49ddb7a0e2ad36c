import type { Node } from './ast.js';
import { canonicalText } from './canonical.js';
import type { Columns } from './columns.js';
import { findRows, type FoundRow } from './find-rows.js';
import type { FqlHost } from './host.js';
import type { Membership } from './row-trial.js';

/** How the rows of one segment lie to those of another. `contained`: every row of the first is in the second too. */
export type Relation = 'equal' | 'contained' | 'contains' | 'disjoint' | 'overlapping' | 'unknown';

export interface Comparison {
  readonly relation: Relation;
  /** A row in both, in the first alone and in the second alone, or that there is none, or that it is not known. */
  readonly both: FoundRow;
  readonly firstOnly: FoundRow;
  readonly secondOnly: FoundRow;
}

/**
 * How two checked definitions of one model relate (`fql.md` section 13, rank 11). Sound: a relation is named only when it holds for
 * every row that the columns' types allow, and each row given was evaluated by both.
 */
export function compareDefinitions(first: Node, second: Node, columns: Columns, host: FqlHost): Comparison {
  // Definitions that read alike are equal, however little is known of what is in them.
  const isSame = canonicalText(first) === canonicalText(second);
  const wanted = isSame ? [inBoth] : [inBoth, inFirstOnly, inSecondOnly];
  const [both = none, firstOnly = none, secondOnly = none] = findRows([first, second], wanted, columns, host);
  return { relation: relationOf(both, firstOnly, secondOnly), both, firstOnly, secondOnly };
}

const none: FoundRow = { kind: 'none' };
const inBoth: Membership = [true, true];
const inFirstOnly: Membership = [true, false];
const inSecondOnly: Membership = [false, true];

/** Two segments that no row can be in are equal. */
function relationOf(both: FoundRow, firstOnly: FoundRow, secondOnly: FoundRow): Relation {
  const isNone = ({ kind }: FoundRow): boolean => kind === 'none';
  if (isNone(firstOnly) && isNone(secondOnly)) return 'equal';
  if (isNone(firstOnly)) return secondOnly.kind === 'row' ? 'contained' : 'unknown';
  if (isNone(secondOnly)) return firstOnly.kind === 'row' ? 'contains' : 'unknown';
  if (isNone(both)) return 'disjoint';
  return [both, firstOnly, secondOnly].every(({ kind }) => kind === 'row') ? 'overlapping' : 'unknown';
}
