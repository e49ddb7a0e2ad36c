import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import { idColumn, timeColumn } from '../organization/column-types.js';

/**
 * Who could read a project when it was deleted: they alone learn from the feed what went with it. Up to that moment only, since a
 * fixture may bring a project of the same id back with other members.
 */
@Entity('segment_event_reader')
@Index('ix_segment_event_reader_time', ['readUntil'])
export class SegmentEventReader {
  @PrimaryColumn(idColumn)
  userId!: string;

  @PrimaryColumn(idColumn)
  projectId!: string;

  @Column(timeColumn)
  readUntil!: string;
}
