/** Bounds of a list request (`contract.md` section 8). Past one of them the answer is a 400, never a clamped value. */
export const LIMITS = {
  /** Code points of the decoded filter text. */
  filterLength: 8192,
  /** Conditions nested in one another; the outermost is 1. */
  filterDepth: 8,
  /** Rules in the whole tree. */
  filterRules: 100,
  /** Values of one `in`, `any` or `not_in`. */
  setValues: 1000,
  /** Code points of the search text. */
  searchLength: 200,
  orderingFields: 5,
  limit: { min: 1, max: 1000, default: 50 },
  offset: { min: 0, max: 1_000_000, default: 0 },
  /** Problems in one answer; further ones are left out. */
  problems: 20,
} as const;
