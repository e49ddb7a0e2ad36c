import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { limits } from '../../config/limits.js';
import { Text } from '../../validation/text.decorator.js';

export class CreateProjectDto {
  @Text({ min: 1, max: limits.projectName })
  @Matches(/^[\w-]+$/, { message: 'name must be made of letters, digits, - and _.' })
  @ApiProperty({
    description: 'Unique in the organization.',
    pattern: '^[A-Za-z0-9_-]+$',
    minLength: 1,
    maxLength: limits.projectName,
    example: 'fraud_2',
  })
  name!: string;
}
