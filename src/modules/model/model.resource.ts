import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { OrganizationCompact } from '../organization/organization.resource.js';
import { ProjectCompact } from '../project/project.resource.js';
import { AuditedResource } from '../user/user.resource.js';
import { artifactStatuses, inputTypes, modelTasks, type ArtifactStatus, type InputType, type ModelTask } from './model-enums.js';
import type { ModelRecord } from './model.repository.js';

/** The model version that a segment belongs to. */
export class ModelCompact {
  @ApiProperty({ format: 'uuid', example: '3d02465f-858d-5fc0-9c87-915b693b94c3', description: 'Id of the model version.' })
  id!: string;

  @ApiProperty({ maxLength: limits.modelName, example: 'churn_classifier', description: 'Name of the model.' })
  name!: string;

  @ApiProperty({ maxLength: limits.modelVersion, example: 'v1', description: 'Version of the model.' })
  version!: string;
}

/** A model version as lists show it: without its columns. */
export class ModelResource extends IntersectionType(ModelCompact, AuditedResource) {
  @ApiProperty({ type: OrganizationCompact, description: 'The tenant.' })
  organization!: OrganizationCompact;

  @ApiProperty({ type: ProjectCompact, description: 'The project that it belongs to.' })
  project!: ProjectCompact;

  @ApiProperty({ enum: inputTypes, example: 'structured', description: 'What rows are made of.' })
  input_type!: InputType;

  @ApiProperty({ enum: modelTasks, example: 'binary_classification', description: 'What the model does.' })
  task!: ModelTask;

  @ApiProperty({
    maxLength: limits.segmentDescription,
    example: 'Who will leave within a month',
    description: 'What it is for; may be empty.',
  })
  description!: string;

  @ApiProperty({ enum: artifactStatuses, example: 'no_model', description: 'Where the model itself is.' })
  artifact_status!: ArtifactStatus;

  @ApiProperty({
    type: String,
    nullable: true,
    maxLength: limits.modelName,
    example: 'gradient boosting',
    description: 'How it was trained.',
  })
  algorithm!: string | null;

  @ApiProperty({ type: String, nullable: true, maxLength: limits.modelName, example: 'xgboost', description: 'What it was trained with.' })
  framework!: string | null;

  @ApiProperty({ type: String, format: 'date-time', nullable: true, example: null, description: 'Always null: what is deleted is gone.' })
  deleted_at!: null;
}

export const toModelResource = (model: ModelRecord): ModelResource => ({
  id: model.id,
  name: model.name,
  version: model.version,
  organization: model.organization,
  project: model.project,
  input_type: model.inputType,
  task: model.task,
  description: model.description,
  artifact_status: model.artifactStatus,
  algorithm: model.details.algorithm,
  framework: model.details.framework,
  deleted_at: null,
  created_at: model.createdAt,
  updated_at: model.updatedAt,
  created_by: model.createdBy,
  updated_by: model.updatedBy,
});
