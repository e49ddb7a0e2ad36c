import type { Dialect } from './dialect.js';
import { bounds, functionBounds } from './number-bound.js';
import { isZero, type Computed, type NumberSql } from './number-sql.js';
import { refuse } from './refusal.js';
import { call, infix, Sql } from './sql.js';

const utf8 = (x: Sql): Sql => call`CONVERT(${x} USING utf8mb4)`;
/** No collation folds case or pads with blanks what is compared as bytes. */
const bytes = (x: Sql): Sql => call`CAST(${x} AS BINARY)`;

/** 2^-512, which takes the greatest product of two doubles below 1 without costing it a digit. */
const down = Sql.raw('7.458340731200207e-155');
/** 2^-100, 2^1000 and 2^-76, which is 2^1024 in that scale: no quotient in it is beyond a double. */
const [dividendScale, divisorScale, greatestQuotient] = [
  Sql.raw('7.888609052210118e-31'),
  Sql.raw('1.0715086071862673e301'),
  Sql.raw('1.3234889800848443e-23'),
];
/** 2^1023. */
const halfOfRange = Sql.raw('8.98846567431158e307');

/**
 * MySQL and MariaDB fail the whole statement when a double overflows, so whether one would is asked before, in a smaller scale and as
 * exactly. The condition is left out where the operands are known to be small.
 */
const wouldOverflow = {
  '+': (a: Sql, b: Sql): Sql => infix`${call`ABS(${infix`${infix`${a} / 2`} + ${infix`${b} / 2`}`})`} >= ${halfOfRange}`,
  '-': (a: Sql, b: Sql): Sql => infix`${call`ABS(${infix`${infix`${a} / 2`} - ${infix`${b} / 2`}`})`} >= ${halfOfRange}`,
  '*': (a: Sql, b: Sql): Sql => infix`${call`ABS(${infix`${infix`${a} * ${down}`} * ${infix`${b} * ${down}`}`})`} >= 1`,
  '/': (a: Sql, b: Sql): Sql =>
    infix`${call`ABS(${infix`${infix`${a} * ${dividendScale}`} / ${infix`${call`LEAST(ABS(${b}), 1)`} * ${divisorScale}`}`})`} >= ${greatestQuotient}`,
  // ln 2 is 0.69314718056: what comes within a hundred-millionth of the greatest double is null as well.
  '^': (a: Sql, b: Sql): Sql => infix`${infix`${infix`${b} / 1024`} * ${call`LN(GREATEST(ABS(${a}), 5e-324))`}`} >= 0.69314718055e0`,
};

function guarded(operator: keyof typeof wouldOverflow, text: Sql, a: NumberSql, b: NumberSql, nullWhen: readonly Sql[] = []): Computed {
  if (Number.isFinite(bounds[operator](a, b))) return { text, nullWhen };
  return { text, nullWhen: [...nullWhen, wouldOverflow[operator](a.text, b.text)] };
}

/** Where the power of a negative number or of zero is no number. */
function outsidePower(a: NumberSql, { text, constant }: NumberSql): Sql[] {
  const negative = constant !== undefined && constant >= 0 ? [] : [infix`${infix`${a.text} = 0`} AND ${infix`${text} < 0`}`];
  const fraction = Number.isInteger(constant) ? [] : [infix`${infix`${a.text} < 0`} AND ${infix`${text} <> ${call`FLOOR(${text})`}`}`];
  return [...negative, ...fraction];
}

/** MySQL 8 and MariaDB: errors on overflow, texts by collation unless told not to, patterns of other engines. */
export const mysql: Dialect = {
  title: 'MySQL',
  quote: (name) => `\`${name.replaceAll('`', '``')}\``,
  placeholder: () => '?',
  isPositional: true,
  literals: {
    number: (value) => call`CAST(${value} AS DOUBLE)`,
    whole: (value) => call`CAST(${value} AS SIGNED)`,
    digits: (value) => call`CAST(${value} AS DECIMAL(65, 0))`,
    text: utf8,
  },
  toDouble: (x) => call`CAST(${x} AS DOUBLE)`,
  columnBound: Number.MAX_VALUE,
  resultBound: Number.MAX_VALUE,
  arithmetic: {
    '+': (a, b) => guarded('+', infix`${a.text} + ${b.text}`, a, b),
    '-': (a, b) => guarded('-', infix`${a.text} - ${b.text}`, a, b),
    '*': (a, b) => guarded('*', infix`${a.text} * ${b.text}`, a, b),
    '/': (a, b) => guarded('/', infix`${a.text} / ${b.text}`, a, b, isZero(b)),
    '%': (a, b) => ({ text: call`MOD(${a.text}, ${b.text})`, nullWhen: isZero(b) }),
    '^': (a, b) => guarded('^', call`POW(${a.text}, ${b.text})`, a, b, outsidePower(a, b)),
  },
  functions: {
    abs: ({ text }) => ({ text: call`ABS(${text})` }),
    exp: (x) => ({
      text: call`EXP(${x.text})`,
      nullWhen: Number.isFinite(functionBounds.exp(x)) ? [] : [infix`${x.text} > 709.782712893384e0`],
    }),
    log: ({ text }) => ({ text: call`LN(${text})`, nullWhen: [infix`${text} <= 0`] }),
    log2: refuse('MySQL divides two logarithms for log2() and so misses whole results such as log2(536870912) == 29.'),
    log10: ({ text }) => ({ text: call`LOG10(${text})`, nullWhen: [infix`${text} <= 0`] }),
    sqrt: ({ text }) => ({ text: call`SQRT(${text})`, nullWhen: [infix`${text} < 0`] }),
  },
  textColumn: utf8,
  madeText: utf8,
  equalTexts: (a, b) => infix`${bytes(a)} = ${bytes(b)}`,
  length: (text) => call`CHAR_LENGTH(${text})`,
  startsWith: (text, prefix) => infix`${call`LOCATE(${bytes(prefix)}, ${bytes(text)})`} = 1`,
  substring: (text, offset, count) => call`SUBSTRING(${text}, ${offset}, ${count})`,
  match: refuse(
    'MySQL runs patterns on ICU, and MariaDB on PCRE: they read some patterns of match() in another way than RE2, and may take unbounded time.',
  ),
  wholeToText: (whole) => call`CAST(${whole} AS CHAR)`,
  toWhole: (x) => call`CAST(${x} AS SIGNED)`,
  isNullVector: (column) => infix`${column} IS NULL`,
};
