import type { Node } from '../fql/ast.js';
import type { Dialect } from './dialect.js';
import type { NumberSql } from './number-sql.js';
import { Sql, type Bound } from './sql.js';

/** Every database has a type for as many digits. */
const digitsAtMost = 38;

/** A literal, with any signs before it, or `e()` or `pi()`; undefined for anything else. */
export function readLiteral(node: Node, { literals }: Dialect): NumberSql | undefined {
  const found = signed(node);
  if (found === undefined) return undefined;
  const { value, digits } = found;
  const bind = (bound: Bound): Sql => literals[bound.type](Sql.value(bound));
  const whole = wholeOf(value, digits);
  return {
    text: bind({ type: 'number', value }),
    nullWhen: [],
    bound: Math.abs(value),
    constant: value,
    ...(whole === undefined ? {} : { whole: bind(whole) }),
  };
}

interface Literal {
  readonly value: number;
  readonly digits: string;
}

function signed(node: Node): Literal | undefined {
  if (node.kind === 'number') return node;
  if (node.kind === 'call') return constants.get(node.name);
  if (node.kind !== 'unary' || node.operator !== '-') return undefined;
  const operand = signed(node.operand);
  // Not -0, which is 0 in JSON.
  return operand && { value: 0 - operand.value, digits: operand.digits };
}

const constants: ReadonlyMap<string, Literal> = new Map([
  ['e', { value: Math.E, digits: String(Math.E) }],
  ['pi', { value: Math.PI, digits: String(Math.PI) }],
]);

/** A whole number past 2^53 goes by its digits: the database may hold it exactly (`fql.md` section 6). */
function wholeOf(value: number, digits: string): Bound | undefined {
  if (Number.isSafeInteger(value)) return { type: 'whole', value };
  if (!/^\d+$/.test(digits) || digits.length > digitsAtMost) return undefined;
  return { type: 'digits', value: `${value < 0 ? '-' : ''}${digits}` };
}
