import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, textColumn, timeColumn, wordColumn } from '../organization/column-types.js';
import { Segment } from '../segment/segment.entity.js';
import { User } from '../user/user.entity.js';

/**
 * What another system says of itself: it uses this segment. The foreign key does not cascade, so no delete, on whatever way, takes a
 * segment from under what uses it.
 */
@Entity('segment_reference')
@Index('uq_segment_reference', ['segmentId', 'kind', 'referenceKey'], { unique: true })
export class SegmentReference {
  /** Of the row alone: the wire names a reference by its kind and key. */
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  @Column(idColumn)
  segmentId!: string;

  @ManyToOne(() => Segment, { nullable: false })
  @JoinColumn()
  segment?: Segment;

  /** Such as `alert` or `chart`. */
  @Column(wordColumn)
  kind!: string;

  /** Which one, in the words of the other system. */
  @Column({ ...nameColumn, length: 128 })
  referenceKey!: string;

  @Column({ ...nameColumn, length: 128 })
  referenceKeyFolded!: string;

  @Column(nameColumn)
  name!: string;

  @Column(nameColumn)
  nameFolded!: string;

  @Column(textColumn)
  url!: string;

  @Column(timeColumn)
  createdAt!: string;

  @Column(idColumn)
  createdById!: string;

  @ManyToOne(() => User, { nullable: false })
  @JoinColumn()
  createdBy?: User;
}
