import { IdempotencyKey } from '../modules/idempotency/idempotency-key.entity.js';
import { Job } from '../modules/model/job.entity.js';
import { Model } from '../modules/model/model.entity.js';
import { Organization } from '../modules/organization/organization.entity.js';
import { ProjectMember } from '../modules/project/project-member.entity.js';
import { Project } from '../modules/project/project.entity.js';
import { SegmentEventCursor } from '../modules/segment-event/segment-event-cursor.entity.js';
import { SegmentEventReader } from '../modules/segment-event/segment-event-reader.entity.js';
import { SegmentEvent } from '../modules/segment-event/segment-event.entity.js';
import { SegmentReference } from '../modules/reference/segment-reference.entity.js';
import { SegmentColumn } from '../modules/segment/segment-column.entity.js';
import { SegmentCount } from '../modules/segment/segment-count.entity.js';
import { SegmentText } from '../modules/segment/segment-text.entity.js';
import { Segment } from '../modules/segment/segment.entity.js';
import { User } from '../modules/user/user.entity.js';

/** Every entity, parents first. */
export const entities = [
  Organization,
  User,
  Project,
  ProjectMember,
  Model,
  Job,
  Segment,
  SegmentColumn,
  SegmentText,
  SegmentCount,
  SegmentEvent,
  SegmentEventCursor,
  SegmentEventReader,
  SegmentReference,
  IdempotencyKey,
];
