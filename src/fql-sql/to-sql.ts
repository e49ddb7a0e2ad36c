import type { Node } from '../fql/ast.js';
import type { Columns } from '../fql/columns.js';
import type { Dialect } from './dialect.js';
import { dialects, type DialectName } from './dialects.js';
import { SqlTooLong, type Refusal } from './refusal.js';
import { SqlPrinter } from './sql-printer.js';
import { longestSql, Sql, type Bound } from './sql.js';

/** How a database names the columns. */
interface Naming {
  /** Table or alias before each column. */
  readonly table?: string;
  /** What the name of each column begins with there. */
  readonly columnPrefix?: string;
}

/** A condition for a WHERE, true for the rows of the segment, with the values that go in its places, in their order. */
export interface Predicate {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
}

type SqlResult = { readonly predicate: Predicate } | { readonly refusals: readonly [Refusal, ...Refusal[]] };

/**
 * A checked definition as one predicate (`fql.md` section 13, rank 10). It gives true, false and null for the same rows as the evaluator
 * does, or it is refused.
 */
export function toSql(tree: Node, columns: Columns, name: DialectName, { table, columnPrefix = '' }: Naming = {}): SqlResult {
  const dialect = dialects[name];
  const prefix = table === undefined ? '' : `${dialect.quote(table)}.`;
  const printer = new SqlPrinter(dialect, columns, (column) => Sql.raw(`${prefix}${dialect.quote(`${columnPrefix}${column}`)}`));
  try {
    const condition = printer.condition(tree);
    const [first, ...others] = printer.refusals.toSorted((a, b) => a.span.start - b.span.start);
    return first === undefined ? { predicate: render(condition, dialect) } : { refusals: [first, ...others] };
  } catch (error) {
    if (!(error instanceof SqlTooLong)) throw error;
    const why = `In ${dialect.title} this takes more than ${longestSql.toLocaleString('en-US')} characters, as operands have to be repeated.`;
    return { refusals: [{ span: tree, why }] };
  }
}

function render({ pieces }: Sql, { isPositional, placeholder }: Dialect): Predicate {
  const places: Bound[] = [];
  const placeOf = (bound: Bound): number => {
    const known = isPositional ? -1 : places.indexOf(bound);
    return known >= 0 ? known + 1 : places.push(bound);
  };
  const sql = pieces.map((piece) => (typeof piece === 'string' ? piece : placeholder(placeOf(piece), piece.type))).join('');
  return { sql, parameters: places.map(({ value }) => value) };
}
