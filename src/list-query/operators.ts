import type { FieldType } from './field-map.js';

/** What `value` must be: nothing, one value, exactly two, or any number of them. */
export type Shape = 'none' | 'one' | 'pair' | 'many';

/** How a rule is tested; each has one SQL template in `rule-sql.ts`. */
export type Test =
  | 'equal'
  | 'in'
  | 'less'
  | 'less_or_equal'
  | 'greater'
  | 'greater_or_equal'
  | 'between'
  | 'begins_with'
  | 'contains'
  | 'ends_with'
  | 'is_empty'
  | 'is_null';

interface Operator {
  readonly shape: Shape;
  readonly types: readonly FieldType[];
  readonly test: Test;
  /** Holds exactly where the test does not, a missing value included. */
  readonly negated: boolean;
}

const ALL = ['text', 'uuid', 'time', 'number', 'enum', 'set'] as const satisfies readonly FieldType[];
const ORDERED = ['text', 'time', 'number'] as const satisfies readonly FieldType[];
const TEXT = ['text'] as const satisfies readonly FieldType[];

const is = (test: Test, shape: Shape, types: readonly FieldType[]): Operator => ({ test, shape, types, negated: false });
const isNot = (test: Test, shape: Shape, types: readonly FieldType[]): Operator => ({ test, shape, types, negated: true });

/** The 21 operators of `contract.md` section 4. */
const TABLE = {
  equal: is('equal', 'one', ALL),
  not_equal: isNot('equal', 'one', ALL),
  in: is('in', 'many', ALL),
  not_in: isNot('in', 'many', ALL),
  any: is('in', 'many', ALL),
  less: is('less', 'one', ORDERED),
  less_or_equal: is('less_or_equal', 'one', ORDERED),
  greater: is('greater', 'one', ORDERED),
  greater_or_equal: is('greater_or_equal', 'one', ORDERED),
  between: is('between', 'pair', ORDERED),
  not_between: isNot('between', 'pair', ORDERED),
  begins_with: is('begins_with', 'one', TEXT),
  not_begins_with: isNot('begins_with', 'one', TEXT),
  contains: is('contains', 'one', TEXT),
  not_contains: isNot('contains', 'one', TEXT),
  ends_with: is('ends_with', 'one', TEXT),
  not_ends_with: isNot('ends_with', 'one', TEXT),
  is_empty: is('is_empty', 'none', ALL),
  is_not_empty: isNot('is_empty', 'none', ALL),
  is_null: is('is_null', 'none', ALL),
  is_not_null: isNot('is_null', 'none', ALL),
} as const satisfies Record<string, Operator>;

export type OperatorName = keyof typeof TABLE;

export const OPERATORS: ReadonlyMap<string, Operator> = new Map(Object.entries(TABLE));

export const operator = (name: OperatorName): Operator => TABLE[name];

/** The names that a field type may use. */
export const operatorsOf = (type: FieldType): readonly string[] =>
  [...OPERATORS].filter(([, { types }]) => types.includes(type)).map(([name]) => name);

/** What people write who know another grammar; letters alone would lead elsewhere. */
export const OTHER_WORDS: ReadonlyMap<string, OperatorName> = new Map<string, OperatorName>([
  ['=', 'equal'],
  ['==', 'equal'],
  ['eq', 'equal'],
  ['is', 'equal'],
  ['!=', 'not_equal'],
  ['<>', 'not_equal'],
  ['ne', 'not_equal'],
  ['neq', 'not_equal'],
  ['<', 'less'],
  ['lt', 'less'],
  ['<=', 'less_or_equal'],
  ['lte', 'less_or_equal'],
  ['>', 'greater'],
  ['gt', 'greater'],
  ['>=', 'greater_or_equal'],
  ['gte', 'greater_or_equal'],
  ['nin', 'not_in'],
  ['like', 'contains'],
  ['ilike', 'contains'],
  ['icontains', 'contains'],
  ['not_like', 'not_contains'],
  ['startswith', 'begins_with'],
  ['starts_with', 'begins_with'],
  ['endswith', 'ends_with'],
  ['isnull', 'is_null'],
  ['notnull', 'is_not_null'],
]);
