import type { Dialect } from './dialect.js';
import { isFinite, isZero, type NumberSql } from './number-sql.js';
import { call, infix, type Sql } from './sql.js';

type Arithmetic = Pick<Dialect, 'arithmetic' | 'functions' | 'notFinite' | 'resultBound' | 'columnBound'>;

/**
 * Of databases that go on with infinities and NaN. Those stay what they are through most operators, so it is enough to look once, at
 * the end; but a divisor, a power and `exp` make finite numbers of them, so there it is looked before.
 */
export function ieeeArithmetic(notFinite: (x: Sql) => Sql): Arithmetic {
  const swallowed = (x: NumberSql): Sql[] => (isFinite(x) ? [] : [notFinite(x.text)]);
  return {
    notFinite,
    resultBound: Infinity,
    columnBound: Infinity,
    arithmetic: {
      '+': (a, b) => ({ text: infix`${a.text} + ${b.text}` }),
      '-': (a, b) => ({ text: infix`${a.text} - ${b.text}` }),
      '*': (a, b) => ({ text: infix`${a.text} * ${b.text}` }),
      '/': (a, b) => ({ text: infix`${a.text} / ${b.text}`, nullWhen: [...isZero(b), ...swallowed(b)] }),
      '%': (a, b) => ({ text: infix`${a.text} % ${b.text}`, nullWhen: [...isZero(b), ...swallowed(b)] }),
      '^': (a, b) => ({ text: call`pow(${a.text}, ${b.text})`, nullWhen: [...swallowed(a), ...swallowed(b)] }),
    },
    functions: {
      abs: ({ text }) => ({ text: call`abs(${text})` }),
      exp: (x) => ({ text: call`exp(${x.text})`, nullWhen: swallowed(x) }),
      log: ({ text }) => ({ text: call`ln(${text})`, nullWhen: [infix`${text} <= 0`] }),
      log2: ({ text }) => ({ text: call`log2(${text})`, nullWhen: [infix`${text} <= 0`] }),
      log10: ({ text }) => ({ text: call`log10(${text})`, nullWhen: [infix`${text} <= 0`] }),
      sqrt: ({ text }) => ({ text: call`sqrt(${text})`, nullWhen: [infix`${text} < 0`] }),
    },
  };
}
