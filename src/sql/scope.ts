import type { Scope } from '../list-query/list-source.js';

/** `column IN (…)`; an empty list lets nothing through. */
export function scopeIn(column: string, values: readonly string[]): Scope {
  const alias = column.split('.')[0]!;
  if (values.length === 0) return { sql: '1 = 0', params: [], needs: new Set() };
  if (values.length === 1) return { sql: `${column} = ?`, params: [...values], needs: new Set([alias]) };
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, params: [...values], needs: new Set([alias]) };
}

/** Every condition holds. */
export const allOf = (...scopes: readonly Scope[]): Scope => ({
  sql: scopes.map((scope) => scope.sql).join(' AND '),
  params: scopes.flatMap((scope) => scope.params),
  needs: new Set(scopes.flatMap((scope) => [...scope.needs])),
});
