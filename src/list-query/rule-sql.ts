import type { Dialect } from './dialect.js';
import type { Field, SetField, TextField, Tidy } from './field-map.js';
import { foldCase } from './fold-case.js';
import type { Rule } from './list-query.js';
import { operator, type Test } from './operators.js';
import { EVERYTHING, NOTHING, type Sql } from './sql.js';

/**
 * One rule → SQL. Rules are two-valued although SQL is not: a missing value equals nothing, is in no set and between nothing, and a
 * negated operator holds exactly where its opposite does not. No NOT stands above a rule, so a positive test may well be NULL
 * (which counts as false); a negated one may not.
 */
export function ruleSql({ field, operator: name, operands }: Rule, dialect: Dialect): Sql {
  const { test, negated } = operator(name);
  if (field.type === 'set') return setSql(field, test, negated, operands, dialect);
  const { sql, params, total } = TESTS[test](field, operands, dialect);
  if (!negated) return { sql, params };
  return { sql: total ? `NOT (${sql})` : `(${field.sql} IS NULL OR NOT (${sql}))`, params };
}

interface Tested extends Sql {
  /** Never NULL. */
  readonly total?: true;
}

type Template = (field: Exclude<Field, SetField>, operands: readonly string[], dialect: Dialect) => Tested;

const compare =
  (sign: string): Template =>
  (field, operands, dialect) => ({ sql: `${comparable(field, operands, dialect)} ${sign} ${mark(field, dialect)}`, params: operands });

/** A text operator: literal, on the folded column. The empty text is in every value, a missing one included. */
const match =
  (form: 'contains' | 'beginsWith' | 'endsWith', times: number): Template =>
  (field, [operand = ''], dialect) =>
    operand === ''
      ? { sql: EVERYTHING, params: [], total: true }
      : { sql: dialect[form]((field as TextField).folded), params: Array<string>(times).fill(foldCase(operand)) };

const TESTS: Readonly<Record<Test, Template>> = {
  equal: compare('='),
  less: compare('<'),
  less_or_equal: compare('<='),
  greater: compare('>'),
  greater_or_equal: compare('>='),
  in: (field, operands, dialect) =>
    operands.length === 0
      ? { sql: NOTHING, params: [], total: true }
      : { sql: `${comparable(field, operands, dialect)} IN (${operands.map(() => mark(field, dialect)).join(', ')})`, params: operands },
  between: (field, operands, dialect) => ({
    sql: `${comparable(field, operands, dialect)} BETWEEN ${mark(field, dialect)} AND ${mark(field, dialect)}`,
    params: operands,
  }),
  contains: match('contains', 1),
  begins_with: match('beginsWith', 2),
  ends_with: match('endsWith', 2),
  is_null: ({ sql }) => ({ sql: `${sql} IS NULL`, params: [], total: true }),
  is_empty: (field, _, dialect) => ({
    sql: field.type === 'text' ? `(${field.sql} IS NULL OR ${comparable(field, [], dialect)} = '')` : `${field.sql} IS NULL`,
    params: [],
    total: true,
  }),
};

/** A set's rule asks for an element; `is_empty` and `is_null` for there being none. */
function setSql(field: SetField, test: Test, negated: boolean, operands: readonly string[], dialect: Dialect): Sql {
  const asksForNone = test === 'is_empty' || test === 'is_null';
  if (test === 'in' && operands.length === 0) return { sql: negated ? EVERYTHING : NOTHING, params: [] };
  const exact = comparable(field, operands, dialect);
  // Whatever has the same bytes is equal by the column's own comparison, whose index then finds it.
  const columns = asksForNone ? [] : exact === field.sql ? [exact] : [field.sql, exact];
  const element = columns.map((column) => ` AND ${column} IN (${operands.map(() => '?').join(', ')})`).join('');
  return {
    sql: `${asksForNone === negated ? '' : 'NOT '}EXISTS (SELECT 1 FROM ${field.rows}${element})`,
    params: columns.flatMap(() => operands),
  };
}

/** The column itself where its own comparison is exact for these operands, else its bytes. */
function comparable(field: Field, operands: readonly string[], dialect: Dialect): string {
  if (field.type !== 'text' && field.type !== 'set') return field.sql;
  const { tidy, sql } = field;
  return tidy && operands.every((operand) => isTidy(operand, tidy)) ? sql : dialect.exact(sql);
}

const isTidy = (operand: string, tidy: Tidy): boolean =>
  !operand.endsWith(' ') && ![...operand].some((char) => char < ' ' || (tidy === 'ascii' && char > '\x7f'));

const mark = (field: Field, dialect: Dialect): string => (field.type === 'time' ? dialect.time : '?');
