import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, wordColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';
import { AuditedEntity } from '../user/audited.entity.js';

export const assetTypes = ['ML_MODEL', 'LLM_APPLICATION'] as const;
export type AssetType = (typeof assetTypes)[number];

/** What models belong to. Its name is unique in its organization. */
@Entity('project')
@Index('uq_project_name', ['organizationId', 'name'], { unique: true })
@Index('ix_project_created', ['organizationId', 'createdAt', 'id'])
export class Project extends AuditedEntity {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false })
  @JoinColumn()
  organization?: Organization;

  @Column(nameColumn)
  name!: string;

  @Column(nameColumn)
  nameFolded!: string;

  @Column(wordColumn)
  assetType!: AssetType;
}
