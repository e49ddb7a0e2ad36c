import { Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn } from '../organization/column-types.js';
import { Segment } from './segment.entity.js';

/** A column that a segment's definition reads. Written with the segment, in the same transaction. */
@Entity('segment_column')
@Index('ix_segment_column_name', ['columnName', 'segmentId'])
export class SegmentColumn {
  @PrimaryColumn(idColumn)
  segmentId!: string;

  @ManyToOne(() => Segment, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  segment?: Segment;

  @PrimaryColumn(nameColumn)
  columnName!: string;
}
