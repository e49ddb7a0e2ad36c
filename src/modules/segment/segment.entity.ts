import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, nameColumn, textColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';
import { Model } from '../model/model.entity.js';
import { Project } from '../project/project.entity.js';
import { AuditedEntity } from '../user/audited.entity.js';

/**
 * A named condition over the columns of one model version; never changed once made. Each index serves one cheap order in one scope:
 * the id that ends every order, then what the scope asks besides. In those named `…_down` the first ordered column runs down.
 */
@Entity('segment')
@Index('uq_segment_name', ['modelId', 'name'], { unique: true })
@Index('ix_segment_name', ['organizationId', 'name', 'id', 'projectId'])
@Index('ix_segment_name_down', ['organizationId', 'name', 'id', 'projectId'])
@Index('ix_segment_created', ['organizationId', 'createdAt', 'id', 'projectId'])
@Index('ix_segment_created_down', ['organizationId', 'createdAt', 'id', 'projectId'])
@Index('ix_segment_in_project_name', ['projectId', 'name', 'id', 'organizationId'])
@Index('ix_segment_in_project_name_down', ['projectId', 'name', 'id', 'organizationId'])
@Index('ix_segment_in_project_created', ['projectId', 'createdAt', 'id', 'organizationId'])
@Index('ix_segment_in_project_created_down', ['projectId', 'createdAt', 'id', 'organizationId'])
@Index('ix_segment_in_model_created', ['modelId', 'createdAt', 'id', 'organizationId'])
@Index('ix_segment_in_model_created_down', ['modelId', 'createdAt', 'id', 'organizationId'])
@Index('ix_segment_fingerprint', ['modelId', 'fingerprint'])
export class Segment extends AuditedEntity {
  @PrimaryColumn(idColumn)
  id!: string;

  @Column(idColumn)
  organizationId!: string;

  @ManyToOne(() => Organization, { nullable: false })
  @JoinColumn()
  organization?: Organization;

  @Column(idColumn)
  projectId!: string;

  @ManyToOne(() => Project, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  project?: Project;

  @Column(idColumn)
  modelId!: string;

  @ManyToOne(() => Model, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn()
  model?: Model;

  @Column(nameColumn)
  name!: string;

  @Column(nameColumn)
  nameFolded!: string;

  @Column(textColumn)
  description!: string;

  @Column(textColumn)
  descriptionFolded!: string;

  @Column(textColumn)
  definition!: string;

  @Column(textColumn)
  definitionFolded!: string;

  /** 32 hexadecimal digits: equal for definitions with the same canonical form (`fql.md` section 13). */
  @Column({ ...idColumn, length: 32 })
  fingerprint!: string;
}
