import { ApiProperty } from '@nestjs/swagger';
import { nameColumn } from './column-types.js';

/** The tenant that a thing belongs to. */
export class OrganizationCompact {
  @ApiProperty({ format: 'uuid', example: '7ba388c5-4fb9-550e-8684-75ffbec788e5', description: 'Id of the organization.' })
  id!: string;

  @ApiProperty({ maxLength: nameColumn.length, example: 'demo', description: 'Name of the organization.' })
  name!: string;
}
