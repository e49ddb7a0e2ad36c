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
