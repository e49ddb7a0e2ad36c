import type { FilterNode, ListQuery, Sort } from '../../src/list-query/list-query.js';

/** A row as the list's public names show it: stored form, or the elements of a set. */
export type Item = Readonly<Record<string, string | null | readonly string[]>>;

/**
 * What the SQL of a list must mean, said without SQL: for tests. It shares no code with the library; the case of letters is the
 * regular expression engine's (Unicode simple case folding), order is that of code points.
 */
export function matches(query: ListQuery, item: Item, searched: readonly string[]): boolean {
  const found = query.search.every((word) => searched.some((name) => within(item[name] ?? null, word)));
  return found && (query.filter === null || holds(query.filter, item));
}

/** Negative when `a` comes first. */
export function compareItems(ordering: readonly Sort[], a: Item, b: Item): number {
  for (const { name, descending } of ordering) {
    const order = compare(a[name] as string | null, b[name] as string | null);
    if (order !== 0) return descending ? -order : order;
  }
  return 0;
}

function holds(node: FilterNode, item: Item): boolean {
  if ('rules' in node) {
    return node.condition === 'AND' ? node.rules.every((rule) => holds(rule, item)) : node.rules.some((rule) => holds(rule, item));
  }
  const value = item[node.name] ?? null;
  const positive = node.operator.replace(/^not_/, '').replace(/^is_not_/, 'is_');
  const holdsPlainly =
    typeof value === 'object' && value !== null ? onSet(positive, value, node.operands) : onValue(positive, value, node.operands);
  return positive === node.operator ? holdsPlainly : !holdsPlainly;
}

function onSet(operator: string, elements: readonly string[], operands: readonly string[]): boolean {
  if (operator === 'is_empty' || operator === 'is_null') return elements.length === 0;
  return operands.some((operand) => elements.includes(operand));
}

function onValue(operator: string, value: string | null, operands: readonly string[]): boolean {
  const [first = '', second = ''] = operands;
  const order = (operand: string) => compare(value, operand);
  switch (operator) {
    case 'is_null':
      return value === null;
    case 'is_empty':
      return value === null || value === '';
    case 'contains':
      return within(value, first);
    case 'begins_with':
      return within(value, first, '^', '');
    case 'ends_with':
      return within(value, first, '', '$');
    case 'equal':
    case 'in':
    case 'any':
      return value !== null && operands.includes(value);
    case 'less':
      return value !== null && order(first) < 0;
    case 'less_or_equal':
      return value !== null && order(first) <= 0;
    case 'greater':
      return value !== null && order(first) > 0;
    case 'greater_or_equal':
      return value !== null && order(first) >= 0;
    case 'between':
      return value !== null && order(first) >= 0 && order(second) <= 0;
    default:
      throw new Error(operator);
  }
}

function within(value: string | null | readonly string[], part: string, before = '', after = ''): boolean {
  if (part === '') return true;
  if (typeof value !== 'string') return false;
  const literal = [...part].map((char) => `\\u{${char.codePointAt(0)!.toString(16)}}`).join('');
  return new RegExp(`${before}${literal}${after}`, 'iu').test(value);
}

/** Nulls first, then code points. */
function compare(a: string | null, b: string | null): number {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
