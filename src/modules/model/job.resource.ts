import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { nameColumn } from '../organization/column-types.js';
import { ProjectCompact } from '../project/project.resource.js';
import { jobStatuses, type Job, type JobStatus } from './job.entity.js';
import { ModelCompact } from './model.resource.js';

export class JobCompact {
  @ApiProperty({ format: 'uuid', example: '0190a6b2-7c1e-7000-8000-00000000000b', description: 'Id of the job.' })
  id!: string;

  @ApiProperty({ maxLength: nameColumn.length, example: 'Delete model', description: 'What it does.' })
  name!: string;
}

export class DeletedModelResource {
  @ApiProperty({ type: JobCompact, description: 'The job that deletes it.' })
  readonly job: JobCompact;

  constructor({ id, name }: JobCompact) {
    this.job = { id, name };
  }
}

class JobInfoResource {
  @ApiProperty({ enum: ['MODEL'], example: 'MODEL', description: 'What kind of thing it is about.' })
  resource_type!: string;

  @ApiProperty({ maxLength: limits.modelName, example: 'churn_classifier', description: 'Name of that thing.' })
  resource_name!: string;

  @ApiProperty({ maxLength: limits.projectName, example: 'bank_churn', description: 'Name of its project.' })
  project_name!: string;

  @ApiProperty({ type: ProjectCompact, description: 'Its project, as it was.' })
  project!: ProjectCompact;

  @ApiProperty({ type: ModelCompact, description: 'The model version, as it was.' })
  model!: ModelCompact;
}

export class JobResource extends JobCompact {
  @ApiProperty({ enum: jobStatuses, example: 'SUCCESS', description: 'How far it is.' })
  status!: JobStatus;

  @ApiProperty({ type: Number, minimum: 0, maximum: 100, example: 100, description: 'Percent.' })
  progress!: number;

  @ApiProperty({ type: JobInfoResource, description: 'What it is about.' })
  info!: JobInfoResource;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Why it failed.' })
  error_message!: string | null;

  @ApiProperty({ type: String, nullable: true, example: null, description: 'Code of why it failed.' })
  error_reason!: string | null;

  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true, example: null, description: 'Nothing so far.' })
  extras!: null;
}

export const toJobResource = (job: Pick<Job, 'id' | 'name' | 'status' | 'progress' | 'info'>): JobResource => ({
  id: job.id,
  name: job.name,
  status: job.status,
  progress: job.progress,
  info: JSON.parse(job.info) as JobInfoResource,
  error_message: null,
  error_reason: null,
  extras: null,
});
