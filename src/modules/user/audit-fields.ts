import { text, time, uuid, type Field } from '../../list-query/field-map.js';

/** The audit fields that every list can filter and order by. */
export const auditFields = (alias: string, searchAuthor: boolean): Record<string, Field> => ({
  created_at: time(`${alias}.created_at`),
  updated_at: time(`${alias}.updated_at`),
  created_by_id: uuid(`${alias}.created_by_id`),
  'created_by.id': uuid(`${alias}.created_by_id`),
  'created_by.full_name': text('cu.full_name', { folded: 'cu.full_name_folded', searchable: searchAuthor, tidy: true }),
  'created_by.email': text('cu.email', { folded: 'cu.email_folded', searchable: searchAuthor, tidy: true }),
  updated_by_id: uuid(`${alias}.updated_by_id`),
  'updated_by.id': uuid(`${alias}.updated_by_id`),
  'updated_by.full_name': text('uu.full_name', { folded: 'uu.full_name_folded', tidy: true }),
  'updated_by.email': text('uu.email', { folded: 'uu.email_folded', tidy: true }),
});
