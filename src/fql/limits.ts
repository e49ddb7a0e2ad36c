/** Bounds of a definition (`fql.md` section 8). They keep every later walk over the tree small. */
export interface FqlLimits {
  /** UTF-16 units of the text as sent. */
  readonly length: number;
  /** Each `(`, each prefix `-` or `not`, each operand of `^` adds one. */
  readonly depth: number;
  /** Literals, columns, operators and calls, one each. */
  readonly nodes: number;
  /** Characters of a `match` pattern. */
  readonly pattern: number;
  /** Errors reported before `FQL_MORE_ERRORS`. */
  readonly errors: number;
}

export const fqlLimits: FqlLimits = { length: 10_000, depth: 100, nodes: 2_000, pattern: 1_000, errors: 20 };
