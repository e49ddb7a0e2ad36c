import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn } from '../organization/column-types.js';
import { Model } from '../model/model.entity.js';

/**
 * How many segments a model has, as the sum over its slots: written in the transaction that writes the segment, so that a total
 * need not be counted. By model, so that it goes by foreign key when the model or its project goes, on whatever way; in slots, so
 * that processes do not wait for one another's row, nor meet in one on a cluster with several writers.
 */
@Entity('segment_count')
@Index('ix_segment_count_model', ['modelId'])
export class SegmentCount {
  @PrimaryColumn(idColumn)
  projectId!: string;

  @PrimaryColumn(idColumn)
  modelId!: string;

  @ManyToOne(() => Model, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  model?: Model;

  @PrimaryColumn({ type: 'int' })
  slot!: number;

  @Column(idColumn)
  organizationId!: string;

  /** May be negative: what one process made another may have deleted. */
  @Column({ type: 'int' })
  total!: number;
}
