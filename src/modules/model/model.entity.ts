import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { idColumn, jsonColumn, nameColumn, textColumn, wordColumn } from '../organization/column-types.js';
import { Organization } from '../organization/organization.entity.js';
import { Project } from '../project/project.entity.js';
import { AuditedEntity } from '../user/audited.entity.js';
import type { ArtifactStatus, InputType, ModelTask } from './model-enums.js';

/** One version of a model: the columns that its segments speak of. (project, name, version) is unique. */
@Entity('model')
@Index('uq_model_name_version', ['projectId', 'name', 'version'], { unique: true })
@Index('ix_model_organization_name', ['organizationId', 'name', 'id'])
@Index('ix_model_created', ['organizationId', 'createdAt', 'id'])
export class Model extends AuditedEntity {
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

  @Column(nameColumn)
  name!: string;

  @Column(nameColumn)
  nameFolded!: string;

  @Column({ ...nameColumn, length: 64 })
  version!: string;

  @Column({ ...nameColumn, length: 64 })
  versionFolded!: string;

  @Column(textColumn)
  description!: string;

  @Column(textColumn)
  descriptionFolded!: string;

  @Column(wordColumn)
  inputType!: InputType;

  @Column(wordColumn)
  task!: ModelTask;

  @Column(wordColumn)
  artifactStatus!: ArtifactStatus;

  /** JSON: `{schema_version, columns[]}`. */
  @Column(jsonColumn)
  columnSchema!: string;

  /** JSON: `{inputs[], outputs[], targets[], decisions[], metadata[], custom_features[]}`. */
  @Column(jsonColumn)
  spec!: string;

  /** JSON: the further members of the wire's model, kept as they were sent (`task_params`, `xai_params`, `event_id_col`, …). */
  @Column(jsonColumn)
  details!: string;
}
