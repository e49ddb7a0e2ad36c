import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, jsonColumn, nameColumn, timeColumn, wordColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';

export const jobStatuses = ['PENDING', 'STARTED', 'SUCCESS', 'FAILURE'] as const;
export type JobStatus = (typeof jobStatuses)[number];

/** What a client may wait for after a 202. */
@Entity('job')
@Index('ix_job_organization', ['organizationId', 'createdAt'])
export class Job {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false })
  @JoinColumn()
  organization?: Organization;

  @Column(nameColumn)
  name!: string;

  @Column(wordColumn)
  status!: JobStatus;

  /** Percent, 0 to 100. */
  @Column({ type: 'int' })
  progress!: number;

  /** JSON: `{resource_type, resource_name, project_name, …}`. */
  @Column(jsonColumn)
  info!: string;

  @Column(timeColumn)
  createdAt!: string;
}
