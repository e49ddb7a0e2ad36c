import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { UserCompact } from '../user/user.resource.js';
import { eventTypes, type EventType } from './segment-event.entity.js';
import type { SegmentEventRecord } from './segment-event.repository.js';

class EventSegment {
  @ApiProperty({ format: 'uuid', example: 'ac5321d8-70a8-52d7-a00b-90271e308be8', description: 'Id of the segment.' })
  id!: string;

  @ApiProperty({ maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Name of the segment.' })
  name!: string;
}

class EventModel {
  @ApiProperty({ format: 'uuid', example: '3d02465f-858d-5fc0-9c87-915b693b94c3', description: 'Id of the model version.' })
  id!: string;
}

class EventProject {
  @ApiProperty({ format: 'uuid', example: 'f8ed92fe-188f-5446-8279-7b863ebf27f0', description: 'Id of the project.' })
  id!: string;
}

/** What happened to a segment (`contract.md` section 7). Events never change, and nothing in them is null. */
export class SegmentEventResource {
  @ApiProperty({ format: 'uuid', example: '0190a6b2-7c1e-7000-8000-0000000000e1', description: 'Id of the event.' })
  id!: string;

  @ApiProperty({
    type: 'integer',
    minimum: 1,
    example: 42,
    description: 'Its place in the feed. Grows by time of appearance: what appears later has a greater one. May leave gaps.',
  })
  sequence!: number;

  @ApiProperty({ enum: eventTypes, example: 'segment.created', description: 'What happened.' })
  type!: EventType;

  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it happened, UTC.' })
  occurred_at!: string;

  @ApiProperty({ type: EventSegment, description: 'The segment; it may be gone by now.' })
  segment!: EventSegment;

  @ApiProperty({ type: EventModel, description: 'Its model version; it may be gone by now.' })
  model!: EventModel;

  @ApiProperty({ type: EventProject, description: 'Its project; it may be gone by now.' })
  project!: EventProject;

  @ApiProperty({ type: UserCompact, description: 'Who did it.' })
  actor!: UserCompact;
}

export const toSegmentEventResource = (event: SegmentEventRecord): SegmentEventResource => ({
  id: event.id,
  sequence: event.sequence,
  type: event.type,
  occurred_at: event.occurredAt,
  segment: event.segment,
  model: event.model,
  project: event.project,
  actor: event.actor,
});
