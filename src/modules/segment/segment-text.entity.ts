import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, searchedColumn } from '../organization/column-types.js';
import { Segment } from './segment.entity.js';

/**
 * What `search` looks through of a segment, apart from the wide table and in the order of organizations: one organization's texts lie
 * together. Written with the segment, never changed, gone with it.
 */
@Entity('segment_text')
@Index('ix_segment_text_segment', ['segmentId'])
export class SegmentText {
  @PrimaryColumn(idColumn)
  organizationId!: string;

  @PrimaryColumn({ ...idColumn, name: 'id' })
  segmentId!: string;

  @ManyToOne(() => Segment, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'id' })
  segment?: Segment;

  @Column(idColumn)
  projectId!: string;

  @Column(idColumn)
  modelId!: string;

  @Column(idColumn)
  createdById!: string;

  /** Folded name, description and definition, with a line break between them, which no searched word holds. */
  @Column(searchedColumn)
  words!: string;
}
