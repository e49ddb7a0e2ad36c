import { ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsString } from 'class-validator';
import { limits } from '../../config/limits.js';
import { fqlLimits } from '../../fql/limits.js';
import { Id } from '../../validation/id.decorator.js';
import { IfGiven } from '../../validation/if-given.decorator.js';

const notAText = { message: 'definition must be a text: an FQL expression such as age > 50.' };

const definition = {
  description: `A Boolean FQL expression over the columns of the model, of at most ${fqlLimits.length} UTF-16 units.`,
  example: "age > 50 and geography == 'Hawaii'",
};

const modelId = {
  format: 'uuid',
  description: 'The model version whose columns it uses.',
  example: '3d02465f-858d-5fc0-9c87-915b693b94c3',
};

export class ValidateDefinitionDto {
  @Id()
  @ApiProperty(modelId)
  model_id!: string;

  /** Any text: that it is too long is a verdict too. */
  @IsString(notAText)
  @ApiProperty(definition)
  definition!: string;
}

/** Either a model and a definition, or a segment; the service refuses both and neither. */
export class DefinitionSubjectDto {
  @IfGiven()
  @Id()
  @ApiProperty({ ...modelId, required: false })
  model_id?: string;

  @IfGiven()
  @IsString(notAText)
  @ApiProperty({ ...definition, required: false, minLength: 1, maxLength: fqlLimits.length })
  definition?: string;

  @IfGiven()
  @Id()
  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'A segment, instead of model_id and definition.',
    example: 'ac5321d8-70a8-52d7-a00b-90271e308be8',
  })
  segment_id?: string;
}

export class EvaluateDefinitionDto extends DefinitionSubjectDto {
  @ArrayMaxSize(limits.rowsToEvaluate, { message: `rows must hold at most ${limits.rowsToEvaluate} rows.` })
  @ArrayMinSize(1, { message: 'rows must hold at least one row.' })
  @IsArray({ message: 'rows must be a list of objects.' })
  @ApiProperty({
    description:
      'Rows as objects, column name → value. A missing column is null; columns that the definition does not read are not looked at.',
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    minItems: 1,
    maxItems: limits.rowsToEvaluate,
    example: [{ age: 61, geography: 'Hawaii' }, { age: 61 }, { age: 40, geography: 'Hawaii' }],
  })
  rows!: unknown[];

  @IfGiven()
  @IsBoolean({ message: 'explain must be true or false.' })
  @ApiProperty({ required: false, default: false, description: 'Whether to say which clauses decided each row.', example: true })
  explain?: boolean;
}

/** To stand under `not`. The member is named as one of its own, or linters miss it. */
const without = (member: string) => ({ required: [member], properties: { [member]: {} } });

/** What the class cannot say to the OpenAPI document: which members go together. */
export const subjectBody = (Dto: typeof DefinitionSubjectDto) => ({
  allOf: [{ $ref: getSchemaPath(Dto) }],
  oneOf: [
    { title: 'Of a definition', required: ['model_id', 'definition'], not: without('segment_id') },
    { title: 'Of a segment', required: ['segment_id'], not: { anyOf: [without('model_id'), without('definition')] } },
  ],
});

export const evaluationBody = subjectBody(EvaluateDefinitionDto);
