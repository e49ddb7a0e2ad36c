import type { Dialect } from './dialect.js';
import { isCondition, type FilterNode, type ListQuery } from './list-query.js';
import { ruleSql } from './rule-sql.js';
import { wordClause, type TextSource } from './search-sql.js';
import { join, type Clause } from './sql.js';

/**
 * Filter and search → one clause, or null when neither asks for anything. It is whole in itself (in parentheses where there is
 * a connective), so that a tenant's condition ANDed beside it cannot be reached from inside the caller's tree.
 */
export function whereClause(source: TextSource, query: ListQuery, dialect: Dialect): Clause | null {
  const filter = query.filter ? [filterClause(query.filter, dialect)] : [];
  const clauses = [...filter, ...query.search.map((word) => wordClause(source, word, dialect))];
  return clauses.length === 0 ? null : join(clauses, 'AND');
}

function filterClause(node: FilterNode, dialect: Dialect): Clause {
  if (!isCondition(node)) return { ...ruleSql(node, dialect), needs: new Set([node.field.alias]) };
  const clauses = node.rules.map((rule) => filterClause(rule, dialect));
  return join(clauses, node.condition);
}
