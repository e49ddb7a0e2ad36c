import { ApiProperty } from '@nestjs/swagger';

/** The tenant that a thing belongs to. */
export class OrganizationCompact {
  @ApiProperty({ format: 'uuid', example: '0c1d0000-0000-4000-8000-0000000000a0', description: 'Id of the organization.' })
  id!: string;

  @ApiProperty({ example: 'acme', description: 'Name of the organization.' })
  name!: string;
}
