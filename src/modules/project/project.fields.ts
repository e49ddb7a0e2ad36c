import { enumOf, fieldMap, text, uuid } from '../../list-query/field-map.js';
import { auditFields } from '../user/audit-fields.js';
import { assetTypes } from './project.entity.js';

/** What the list of projects can be filtered, searched and ordered by. */
export const projectFields = fieldMap({
  id: uuid('p.id'),
  name: text('p.name', { folded: 'p.name_folded', searchable: true, tidy: true }),
  asset_type: enumOf('p.asset_type', assetTypes),
  organization_id: uuid('p.organization_id'),
  'organization.id': uuid('p.organization_id'),
  'organization.name': text('o.name', { folded: 'o.name_folded', tidy: true }),
  ...auditFields('p', true),
});
