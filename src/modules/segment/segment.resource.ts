import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { fqlLimits } from '../../fql/limits.js';
import { ModelCompact } from '../model/model.resource.js';
import { OrganizationCompact } from '../organization/organization.resource.js';
import { ProjectCompact } from '../project/project.resource.js';
import { UserCompact } from '../user/user.resource.js';
import type { SegmentRecord } from './segment.repository.js';

/** A segment as the wire shows it (`contract.md` section 3). Nothing is null. */
export class SegmentResource {
  @ApiProperty({ format: 'uuid', example: 'ac5321d8-70a8-52d7-a00b-90271e308be8', description: 'Id of the segment.' })
  id!: string;

  @ApiProperty({ maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Unique in the model; case matters.' })
  name!: string;

  @ApiProperty({ maxLength: limits.segmentDescription, example: 'For the island offer', description: 'What it is for; may be empty.' })
  description!: string;

  @ApiProperty({
    maxLength: fqlLimits.length,
    example: "age > 50 and geography == 'Hawaii'",
    description: 'The condition, as it was sent.',
  })
  definition!: string;

  @ApiProperty({ type: OrganizationCompact, description: 'The tenant.' })
  organization!: OrganizationCompact;

  @ApiProperty({ type: ProjectCompact, description: 'The project of the model.' })
  project!: ProjectCompact;

  @ApiProperty({ type: ModelCompact, description: 'The model version whose rows it selects.' })
  model!: ModelCompact;

  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it was created, UTC.' })
  created_at!: string;

  @ApiProperty({
    format: 'date-time',
    example: '2025-08-13T01:56:31.447Z',
    description: 'Equal to created_at: segments cannot be changed.',
  })
  updated_at!: string;

  @ApiProperty({ type: UserCompact, description: 'Who created it.' })
  created_by!: UserCompact;

  @ApiProperty({ type: UserCompact, description: 'Who created it.' })
  updated_by!: UserCompact;
}

export const toSegmentResource = (segment: SegmentRecord): SegmentResource => ({
  id: segment.id,
  name: segment.name,
  description: segment.description,
  definition: segment.definition,
  organization: segment.organization,
  project: segment.project,
  model: segment.model,
  created_at: segment.createdAt,
  updated_at: segment.updatedAt,
  created_by: segment.createdBy,
  updated_by: segment.updatedBy,
});
