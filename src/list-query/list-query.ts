import type { Field } from './field-map.js';
import type { OperatorName } from './operators.js';

/** A checked rule. Operands are in stored form: canonical UUIDs, `YYYY-MM-DD HH:MM:SS.mmm` in UTC, text as sent. */
export interface Rule {
  readonly name: string;
  readonly field: Field;
  readonly operator: OperatorName;
  /** None, one, `[lo, hi]`, or the members of a set. */
  readonly operands: readonly string[];
}

/** Never without rules: an empty condition is no condition. */
export interface Condition {
  readonly condition: 'AND' | 'OR';
  readonly rules: readonly [FilterNode, ...FilterNode[]];
}

export type FilterNode = Rule | Condition;

export const isCondition = (node: FilterNode): node is Condition => 'condition' in node;

export interface Sort {
  readonly name: string;
  readonly field: Field;
  readonly descending: boolean;
}

/** What a list request asks for, checked: nothing in it can fail in the database. */
export interface ListQuery {
  readonly filter: FilterNode | null;
  /** Folded words; each must occur somewhere in the searched fields. */
  readonly search: readonly string[];
  /** Always names `id`, so the order is total. */
  readonly ordering: readonly Sort[];
  readonly limit: number;
  readonly offset: number;
}

/** No filter and no search: the total is the whole collection's, which a kept counter may know. */
export const asksForAll = (query: ListQuery): boolean => query.filter === null && query.search.length === 0;
