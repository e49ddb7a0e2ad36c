import type { Problem } from '../errors/app-error.js';
import { defaultOrder, lookUp, type FieldMap } from './field-map.js';
import { LIMITS } from './limits.js';
import type { Sort } from './list-query.js';
import { nearest } from './nearest.js';
import { meant, quote } from './quote.js';

/**
 * `-created_at,name` → the order, which always ends in `id` upwards so that it is total: pages neither overlap nor skip.
 * Adds what is wrong to `problems`. Missing values come first, or last under `-`, on both databases.
 */
export function parseOrdering(fields: FieldMap, text: string | undefined, problems: Problem[]): readonly Sort[] {
  const parts = (text ?? defaultOrder(fields)).split(',');
  const sorts: Sort[] = [];
  const report = (message: string, help: string) => problems.push({ reason: 'InvalidOrdering', message, help, field: 'ordering' });

  if (parts.length > LIMITS.orderingFields) {
    report(`At most ${LIMITS.orderingFields} fields can order a list, here are ${parts.length}.`, 'Name fewer fields.');
    return sorts;
  }
  const sortable = [...fields].flatMap(([name, field]) => (field.sortable ? [name] : []));
  for (const part of parts) {
    const descending = part.startsWith('-');
    const word = descending ? part.slice(1) : part;
    const found = lookUp(fields, word);
    const known = `Sortable fields are: ${sortable.join(', ')}; "-" before one reverses it, as in "-name,id".`;
    if (word === '') report('The ordering has an empty field name.', known);
    else if (!found) report(`There is no field ${quote(word)} to order by.`, meant(nearest(bare(word), sortable)) + known);
    else if (!found.field.sortable) report(`A list cannot be ordered by "${found.name}".`, known);
    else if (sorts.some(({ name }) => name === found.name)) report(`The field "${found.name}" is named twice.`, 'Name each field once.');
    else sorts.push({ ...found, descending });
  }
  if (sorts.some(({ name }) => name === 'id')) return sorts;
  return [...sorts, { name: 'id', field: fields.get('id')!, descending: false }];
}

/**
 * The name in ` name`, `--name`, `name desc` or `name:asc`, to guess what was meant. A run of blanks is looked at from its start only:
 * from each of its blanks anew, 30,000 of them took seconds.
 */
const bare = (word: string): string =>
  word
    .trim()
    .replace(/^[-+]+/, '')
    .replace(/(?<![\s:])[\s:]+(?:asc|desc)$/i, '');
