import { fieldMap, text, time, uuid } from '../../list-query/field-map.js';

/** What the references of a segment can be filtered, searched and ordered by. */
export const referenceFields = fieldMap({
  id: uuid('r.id'),
  kind: text('r.kind', { folded: 'r.kind', searchable: true, tidy: 'ascii' }),
  key: text('r.reference_key', { folded: 'r.reference_key_folded', searchable: true, tidy: true }),
  name: text('r.name', { folded: 'r.name_folded', searchable: true, tidy: true }),
  created_at: time('r.created_at'),
  created_by_id: uuid('r.created_by_id'),
  'created_by.id': uuid('r.created_by_id'),
  'created_by.full_name': text('cu.full_name', { folded: 'cu.full_name_folded', tidy: true }),
  'created_by.email': text('cu.email', { folded: 'cu.email_folded', tidy: true }),
});
