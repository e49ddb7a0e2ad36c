import { ApiProperty, IntersectionType } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { OrganizationCompact } from '../organization/organization.resource.js';
import { AuditedResource } from '../user/user.resource.js';
import { assetTypes, type AssetType } from './project.entity.js';
import type { ProjectRecord } from './project.repository.js';

/** The project that a thing belongs to. */
export class ProjectCompact {
  @ApiProperty({ format: 'uuid', example: 'f8ed92fe-188f-5446-8279-7b863ebf27f0', description: 'Id of the project.' })
  id!: string;

  @ApiProperty({ maxLength: limits.projectName, example: 'bank_churn', description: 'Name of the project, unique in its organization.' })
  name!: string;

  @ApiProperty({ enum: assetTypes, example: 'ML_MODEL', description: 'What kind of thing its models are.' })
  asset_type!: AssetType;
}

export class ProjectResource extends IntersectionType(ProjectCompact, AuditedResource) {
  @ApiProperty({ type: OrganizationCompact, description: 'The tenant.' })
  organization!: OrganizationCompact;
}

export const toProjectResource = (project: ProjectRecord): ProjectResource => ({
  id: project.id,
  name: project.name,
  asset_type: project.assetType,
  organization: project.organization,
  created_at: project.createdAt,
  updated_at: project.updatedAt,
  created_by: project.createdBy,
  updated_by: project.updatedBy,
});
