import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, timeColumn, wordColumn } from '../organization/column-types.js';

export const eventTypes = ['segment.created', 'segment.deleted'] as const;
export type EventType = (typeof eventTypes)[number];

/**
 * What happened to a segment. It outlives the segment, its model and its project, so nothing of it is a foreign key. The first index
 * gives the order, and behind it what says who may read an event: counting them reads no rows.
 */
@Entity('segment_event')
@Index('ix_segment_event_sequence', ['organizationId', 'sequence', 'projectId', 'occurredAt'])
@Index('ix_segment_event_time', ['occurredAt'])
export class SegmentEvent {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  /** Its place among the events of its organization, from 1 on; 0 until somebody reads the feed (`SegmentEventRepository.number`). */
  @Column({ type: 'int' })
  sequence!: number;

  @Column(wordColumn)
  type!: EventType;

  @Column(timeColumn)
  occurredAt!: string;

  @Column(idColumn)
  actorId!: string;

  @Column(idColumn)
  segmentId!: string;

  @Column(nameColumn)
  segmentName!: string;

  @Column(nameColumn)
  segmentNameFolded!: string;

  @Column(idColumn)
  modelId!: string;

  @Column(idColumn)
  projectId!: string;
}
