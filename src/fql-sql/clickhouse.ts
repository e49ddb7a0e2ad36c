import type { Dialect } from './dialect.js';
import { ieeeArithmetic } from './ieee-arithmetic.js';
import { refuse } from './refusal.js';
import { call, infix, Sql } from './sql.js';
import { wholeRemainder } from './whole-remainder.js';

const types = { number: 'Float64', whole: 'Int64', digits: 'Int256', text: 'String' } as const;
const toDouble = (x: Sql): Sql => call`toFloat64(${x})`;
const ieee = ieeeArithmetic((x) => infix`NOT ${call`isFinite(${x})`}`);
const asItIs = (x: Sql): Sql => x;

/** ClickHouse: doubles of IEEE, texts as bytes, patterns of RE2, in which a dot takes line breaks too unless told not to. */
export const clickhouse: Dialect = {
  title: 'ClickHouse',
  quote: (name) => `\`${name.replaceAll('\\', '\\\\').replaceAll('`', '\\`')}\``,
  placeholder: (index, type) => `{p${index}:${types[type]}}`,
  isPositional: false,
  literals: { number: asItIs, whole: asItIs, digits: asItIs, text: asItIs },
  toDouble,
  ...ieee,
  arithmetic: { ...ieee.arithmetic, '%': wholeRemainder('ClickHouse', toDouble) },
  textColumn: (column, type) => (type === 'category' ? call`toString(${column})` : column),
  madeText: asItIs,
  equalTexts: (a, b) => infix`${a} = ${b}`,
  length: (text) => call`lengthUTF8(${text})`,
  startsWith: (text, prefix) => call`startsWith(${text}, ${prefix})`,
  substring: (text, offset, count) => call`substringUTF8(${text}, ${offset}, ${count})`,
  match: (text, pattern) => call`match(${text}, ${Sql.value({ type: 'text', value: `(?-s)${pattern}` })})`,
  wholeToText: (whole) => call`toString(${whole})`,
  toWhole: (x) => call`toInt64(${x})`,
  isNullVector: refuse('ClickHouse keeps no null in a column of arrays: a missing vector and an empty one are the same.'),
};
