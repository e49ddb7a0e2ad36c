import type { Computed, NumberSql } from './number-sql.js';
import { Unfaithful } from './refusal.js';
import { call, type Sql } from './sql.js';

/** `%` of databases whose remainder is only exact for whole numbers; by zero it is null. */
export const wholeRemainder =
  (title: string, toDouble: (whole: Sql) => Sql) =>
  (a: NumberSql, b: NumberSql): Computed => {
    if (a.whole === undefined || b.whole === undefined)
      throw new Unfaithful(`${title} has an exact remainder (%) of whole numbers only: int columns, whole literals and lengths.`);
    const whole = call`MOD(${a.whole}, NULLIF(${b.whole}, 0))`;
    return { text: toDouble(whole), whole };
  };
