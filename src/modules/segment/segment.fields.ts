import { enumOf, fieldMap, setOf, text, uuid } from '../../list-query/field-map.js';
import { assetTypes } from '../project/project.entity.js';
import { auditFields } from '../user/audit-fields.js';

/** What the lists of segments can be filtered, searched and ordered by: parsing, SQL and the OpenAPI document read this map. */
export const segmentFields = fieldMap({
  id: uuid('s.id'),
  name: text('s.name', { folded: 's.name_folded', searchable: true, tidy: true }),
  description: text('s.description', { folded: 's.description_folded', searchable: true }),
  definition: text('s.definition', { folded: 's.definition_folded', searchable: true }),
  organization_id: uuid('s.organization_id'),
  'organization.id': uuid('s.organization_id'),
  'organization.name': text('o.name', { folded: 'o.name_folded', tidy: true }),
  project_id: uuid('s.project_id'),
  'project.id': uuid('s.project_id'),
  'project.name': text('p.name', { folded: 'p.name_folded', searchable: true, tidy: true }),
  'project.asset_type': enumOf('p.asset_type', assetTypes),
  model_id: uuid('s.model_id'),
  'model.id': uuid('s.model_id'),
  'model.name': text('m.name', { folded: 'm.name_folded', searchable: true, tidy: true }),
  'model.version': text('m.version', { folded: 'm.version_folded', searchable: true, tidy: true }),
  ...auditFields('s', true),
  fingerprint: text('s.fingerprint', { folded: 's.fingerprint', tidy: 'ascii' }),
  columns: setOf({ element: 'sc.column_name', from: 'segment_column sc', owner: 'sc.segment_id', item: 's.id' }),
});
