import { ApiProperty } from '@nestjs/swagger';

/** A user as others see them. */
export class UserCompact {
  @ApiProperty({ format: 'uuid', example: '0c1d0000-0000-4000-8000-0000000000a3', description: 'Id of the user.' })
  id!: string;

  @ApiProperty({ example: 'Wim Writer', description: 'Name as people read it.' })
  full_name!: string;

  @ApiProperty({ example: 'wim@acme.test', description: 'Address that identifies the user.' })
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
