import { Column, Entity, PrimaryColumn } from 'typeorm';
import { idColumn } from '../organization/column-types.js';

/** The last number that an organization's events have. Readers of the feed meet in this row; writers never touch it. */
@Entity('segment_event_cursor')
export class SegmentEventCursor {
  @PrimaryColumn(idColumn)
  organizationId!: string;

  @Column({ type: 'int' })
  last!: number;
}
