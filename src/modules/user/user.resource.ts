import { ApiProperty } from '@nestjs/swagger';
import { nameColumn } from '../organization/column-types.js';

/** A user as others see them. */
export class UserCompact {
  @ApiProperty({ format: 'uuid', example: 'b0d78a26-0499-530d-b7f0-7e89d1ad2951', description: 'Id of the user.' })
  id!: string;

  @ApiProperty({ maxLength: nameColumn.length, example: 'Wanda Writer', description: 'Name as people read it.' })
  full_name!: string;

  @ApiProperty({ maxLength: nameColumn.length, example: 'wanda@acme.test', description: 'Address that identifies the user.' })
  email!: string;
}

/** The audit fields of a thing. */
export class AuditedResource {
  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it was created, UTC.' })
  created_at!: string;

  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it was last changed, UTC.' })
  updated_at!: string;

  @ApiProperty({ type: UserCompact, description: 'Who created it.' })
  created_by!: UserCompact;

  @ApiProperty({ type: UserCompact, description: 'Who last changed it.' })
  updated_by!: UserCompact;
}
