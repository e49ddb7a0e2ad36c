import { enumOf, fieldMap, number, text, time, uuid } from '../../list-query/field-map.js';
import { eventTypes } from './segment-event.entity.js';

/** What the feed can be filtered, searched and ordered by. */
export const segmentEventFields = fieldMap({
  id: uuid('e.id'),
  sequence: number('e.sequence'),
  type: enumOf('e.type', eventTypes),
  occurred_at: time('e.occurred_at'),
  segment_id: uuid('e.segment_id'),
  'segment.id': uuid('e.segment_id'),
  'segment.name': text('e.segment_name', { folded: 'e.segment_name_folded', searchable: true, tidy: true }),
  model_id: uuid('e.model_id'),
  'model.id': uuid('e.model_id'),
  project_id: uuid('e.project_id'),
  'project.id': uuid('e.project_id'),
  actor_id: uuid('e.actor_id'),
  'actor.id': uuid('e.actor_id'),
  'actor.full_name': text('au.full_name', { folded: 'au.full_name_folded', searchable: true, tidy: true }),
  'actor.email': text('au.email', { folded: 'au.email_folded', searchable: true, tidy: true }),
});
