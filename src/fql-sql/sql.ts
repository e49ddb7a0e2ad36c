import { SqlTooLong } from './refusal.js';

/** A value that goes to the database beside the text, never in it. `digits` is a whole number past 2^53, as text. */
export interface Bound {
  readonly type: 'number' | 'whole' | 'digits' | 'text';
  readonly value: number | string;
}

/** Characters of one predicate: some operators have to repeat their operands. */
export const longestSql = 100_000;

/** A piece of SQL with its values in place. */
export class Sql {
  private constructor(
    readonly pieces: readonly (string | Bound)[],
    /** It can be an operand as it is: a name, a value, a call. */
    readonly isAtom: boolean,
    readonly length: number,
  ) {}

  /** Trusted text: a quoted name, a constant. */
  static raw(text: string): Sql {
    return new Sql([text], true, text.length);
  }

  static value(bound: Bound): Sql {
    return new Sql([bound], true, 2);
  }

  /** @throws SqlTooLong */
  static join(pieces: readonly (string | Sql)[], isAtom: boolean): Sql {
    const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
    if (length > longestSql) throw new SqlTooLong();
    const joined: (string | Bound)[] = [];
    for (const piece of pieces.flatMap((one) => (typeof one === 'string' ? [one] : one.pieces))) {
      const last = joined.at(-1);
      if (typeof piece === 'string' && typeof last === 'string') joined[joined.length - 1] = last + piece;
      else joined.push(piece);
    }
    return new Sql(joined, isAtom, length);
  }
}

/** `call`: `ABS(${x})`. What is put in is closed off by what stands round it. */
export function call(strings: TemplateStringsArray, ...given: readonly Sql[]): Sql {
  return Sql.join(interleave(strings, given), true);
}

/** `infix`: `${a} + ${b}`. What is put in gets parentheses unless it is an atom, so neither precedence nor `--` is ever a question. */
export function infix(strings: TemplateStringsArray, ...given: readonly Sql[]): Sql {
  return Sql.join(interleave(strings, given.map(operand)), false);
}

/** `a AND b AND c`: one flat list, however long. */
export function chain(operator: 'AND' | 'OR', parts: readonly Sql[]): Sql {
  return Sql.join(
    parts.flatMap((part, index) => (index === 0 ? [operand(part)] : [` ${operator} `, operand(part)])),
    false,
  );
}

const operand = (one: Sql): Sql => (one.isAtom ? one : call`(${one})`);

const interleave = (strings: readonly string[], given: readonly Sql[]): (string | Sql)[] =>
  strings.flatMap((text, index) => {
    const one = given[index];
    return one === undefined ? [text] : [text, one];
  });
