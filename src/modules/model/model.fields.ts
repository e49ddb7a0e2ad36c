import { enumOf, fieldMap, text, uuid } from '../../list-query/field-map.js';
import { assetTypes } from '../project/project.entity.js';
import { auditFields } from '../user/audit-fields.js';
import { artifactStatuses, inputTypes, modelTasks } from './model-enums.js';

/** What the list of models can be filtered, searched and ordered by. */
export const modelFields = fieldMap({
  id: uuid('m.id'),
  name: text('m.name', { folded: 'm.name_folded', searchable: true, tidy: true }),
  version: text('m.version', { folded: 'm.version_folded', searchable: true, tidy: true }),
  description: text('m.description', { folded: 'm.description_folded', searchable: true }),
  input_type: enumOf('m.input_type', inputTypes),
  task: enumOf('m.task', modelTasks),
  artifact_status: enumOf('m.artifact_status', artifactStatuses),
  organization_id: uuid('m.organization_id'),
  'organization.id': uuid('m.organization_id'),
  'organization.name': text('o.name', { folded: 'o.name_folded', tidy: true }),
  project_id: uuid('m.project_id'),
  'project.id': uuid('m.project_id'),
  'project.name': text('p.name', { folded: 'p.name_folded', searchable: true, tidy: true }),
  'project.asset_type': enumOf('p.asset_type', assetTypes),
  ...auditFields('m', true),
});
