import { ApiProperty } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { limits } from '../../config/limits.js';
import { fqlLimits } from '../../fql/limits.js';
import { Id } from '../../validation/id.decorator.js';
import { Text, textSchema } from '../../validation/text.decorator.js';

const name = { min: 1, max: limits.segmentName };
const description = { max: limits.segmentDescription, multiline: true };

const definition = {
  description: 'A Boolean FQL expression over the columns of the model. Kept as sent, but for blanks at its ends.',
  minLength: 1,
  maxLength: fqlLimits.length,
  example: "age > 65 and geography == 'Hawaii'",
};

export class CreateSegmentDto {
  @Id()
  @ApiProperty({
    format: 'uuid',
    description: 'The model version that the segment is for.',
    example: '3d02465f-858d-5fc0-9c87-915b693b94c3',
  })
  model_id!: string;

  @Text(name)
  @ApiProperty({ ...textSchema(name), description: 'Unique in the model; case matters.', example: 'Island seniors' })
  name!: string;

  @IsString({ message: 'definition must be a text: an FQL expression such as age > 50.' })
  @ApiProperty(definition)
  definition!: string;

  @Text(description)
  @ApiProperty({
    ...textSchema(description),
    description: 'What it is for.',
    required: false,
    nullable: true,
    type: String,
    example: 'For the island offer',
  })
  description?: string | null;
}
