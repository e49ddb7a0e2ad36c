import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, timeColumn, wordColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';
import type { OrganizationRole } from './roles.js';

/** A person of one organization. Disabled rather than deleted, so that what they made keeps its author. */
@Entity('user')
@Index('uq_user_email', ['email'], { unique: true })
@Index('ix_user_organization', ['organizationId'])
export class User {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false })
  @JoinColumn()
  organization?: Organization;

  @Column(nameColumn)
  email!: string;

  @Column(nameColumn)
  emailFolded!: string;

  @Column(nameColumn)
  fullName!: string;

  @Column(nameColumn)
  fullNameFolded!: string;

  @Column(wordColumn)
  role!: OrganizationRole;

  @Column({ type: 'boolean' })
  active!: boolean;

  @Column(timeColumn)
  createdAt!: string;

  @Column(timeColumn)
  updatedAt!: string;
}
