import { CreateOrganizationAndUser1764000000001 } from './1764000000001-create-organization-and-user.js';
import { CreateProjectAndModel1764000000002 } from './1764000000002-create-project-and-model.js';
import { CreateSegment1764000000003 } from './1764000000003-create-segment.js';
import { CountSegments1764000000010 } from './1764000000010-count-segments.js';
import { OrderSegments1764000000011 } from './1764000000011-order-segments.js';
import { GatherSegmentTexts1764000000012 } from './1764000000012-gather-segment-texts.js';
import { CreateSegmentReference1764000000020 } from './1764000000020-create-segment-reference.js';
import { KeepIdempotentAnswers1764000000030 } from './1764000000030-keep-idempotent-answers.js';
import { RecordSegmentEvents1764000000040 } from './1764000000040-record-segment-events.js';
import { FindExpiredAnswers1764000000050 } from './1764000000050-find-expired-answers.js';

/** In the order of their numbers, which is how TypeORM runs them: add new ones at the end, never edit a merged one. */
export const migrations = [
  CreateOrganizationAndUser1764000000001,
  CreateProjectAndModel1764000000002,
  CreateSegment1764000000003,
  CountSegments1764000000010,
  OrderSegments1764000000011,
  GatherSegmentTexts1764000000012,
  CreateSegmentReference1764000000020,
  KeepIdempotentAnswers1764000000030,
  RecordSegmentEvents1764000000040,
  FindExpiredAnswers1764000000050,
];
