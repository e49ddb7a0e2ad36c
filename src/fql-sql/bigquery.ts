import type { Dialect } from './dialect.js';
import type { NumberSql } from './number-sql.js';
import { refuse } from './refusal.js';
import { call, infix, Sql } from './sql.js';
import { wholeRemainder } from './whole-remainder.js';

const toDouble = (x: Sql): Sql => call`CAST(${x} AS FLOAT64)`;

/** BigQuery raises an error where the language has null; its SAFE forms give null. */
const safe = (name: string) => (x: NumberSql) => ({ text: Sql.join([`SAFE.${name}(`, x.text, ')'], true) });

/** BigQuery: errors on overflow, texts by code point unless a column has a collation, patterns of RE2. */
export const bigquery: Dialect = {
  title: 'BigQuery',
  // A name in backticks has the escapes of a text.
  quote: (name) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  placeholder: (index) => `@p${index}`,
  isPositional: false,
  literals: {
    number: (value) => call`CAST(${value} AS FLOAT64)`,
    whole: (value) => call`CAST(${value} AS INT64)`,
    digits: (value) => call`CAST(${value} AS BIGNUMERIC)`,
    text: (value) => value,
  },
  toDouble,
  columnBound: Number.MAX_VALUE,
  floatColumn: (column) => {
    const x = call`CAST(${column} AS FLOAT64)`;
    return call`IF(IS_NAN(${x}) OR IS_INF(${x}), NULL, ${x})`;
  },
  resultBound: Number.MAX_VALUE,
  arithmetic: {
    '+': (a, b) => ({ text: call`SAFE_ADD(${a.text}, ${b.text})` }),
    '-': (a, b) => ({ text: call`SAFE_SUBTRACT(${a.text}, ${b.text})` }),
    '*': (a, b) => ({ text: call`SAFE_MULTIPLY(${a.text}, ${b.text})` }),
    '/': (a, b) => ({ text: call`SAFE_DIVIDE(${a.text}, ${b.text})` }),
    '%': wholeRemainder('BigQuery', toDouble),
    '^': (a, b) => ({ text: call`SAFE.POW(${a.text}, ${b.text})` }),
  },
  functions: {
    abs: ({ text }) => ({ text: call`ABS(${text})` }),
    exp: safe('EXP'),
    log: safe('LN'),
    log2: refuse('BigQuery has no log2(); a quotient of logarithms misses whole results such as log2(536870912) == 29.'),
    log10: safe('LOG10'),
    sqrt: safe('SQRT'),
  },
  textColumn: (column) => call`COLLATE(${column}, '')`,
  madeText: (x) => x,
  equalTexts: (a, b) => infix`${a} = ${b}`,
  length: (text) => call`CHAR_LENGTH(${text})`,
  startsWith: (text, prefix) => call`STARTS_WITH(${text}, ${prefix})`,
  substring: (text, offset, count) => call`SUBSTR(${text}, ${offset}, ${count})`,
  match: (text, pattern) => call`REGEXP_CONTAINS(${text}, ${Sql.value({ type: 'text', value: pattern })})`,
  wholeToText: (whole) => call`CAST(${whole} AS STRING)`,
  toWhole: (x) => call`CAST(${x} AS INT64)`,
  isNullVector: refuse('BigQuery stores a null array as an empty one, so a missing vector cannot be told from an empty one.'),
};
