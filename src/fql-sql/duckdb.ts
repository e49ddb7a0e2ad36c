import type { Dialect } from './dialect.js';
import { ieeeArithmetic } from './ieee-arithmetic.js';
import { call, infix, Sql } from './sql.js';

/** DuckDB: doubles of IEEE, texts by code point unless a column has a collation, patterns of RE2. `log` is to base 10 there. */
export const duckdb: Dialect = {
  title: 'DuckDB',
  quote: (name) => `"${name.replaceAll('"', '""')}"`,
  placeholder: (index) => `$${index}`,
  isPositional: false,
  literals: {
    number: (value) => call`CAST(${value} AS DOUBLE)`,
    whole: (value) => call`CAST(${value} AS BIGINT)`,
    digits: (value) => call`CAST(${value} AS HUGEINT)`,
    text: (value) => call`CAST(${value} AS VARCHAR)`,
  },
  toDouble: (x) => call`CAST(${x} AS DOUBLE)`,
  ...ieeeArithmetic((x) => infix`NOT ${call`isfinite(${x})`}`),
  // A column may have a collation of its own.
  textColumn: (column) => infix`${call`CAST(${column} AS VARCHAR)`} COLLATE C`,
  madeText: (x) => x,
  equalTexts: (a, b) => infix`${a} = ${b}`,
  length: (text) => call`length(${text})`,
  startsWith: (text, prefix) => call`starts_with(${text}, ${prefix})`,
  substring: (text, offset, count) => call`substring(${text}, ${offset}, ${count})`,
  match: (text, pattern) => call`regexp_matches(${text}, ${Sql.value({ type: 'text', value: pattern })})`,
  wholeToText: (whole) => call`CAST(${whole} AS VARCHAR)`,
  toWhole: (x) => call`CAST(${x} AS BIGINT)`,
  isNullVector: (column) => infix`${column} IS NULL`,
};
