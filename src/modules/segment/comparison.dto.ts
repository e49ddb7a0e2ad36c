import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { Allow, IsString } from 'class-validator';
import type { Problem } from '../../errors/app-error.js';
import { fqlLimits } from '../../fql/limits.js';
import { checkShape } from '../../validation/check-shape.js';
import { Id } from '../../validation/id.decorator.js';
import { IfGiven } from '../../validation/if-given.decorator.js';

class ComparedDefinition {
  @IsString({ message: 'definition must be a text: an FQL expression such as age > 50.' })
  @ApiProperty({
    description: 'A Boolean FQL expression over the columns of the model.',
    minLength: 1,
    maxLength: fqlLimits.length,
    example: 'age > 50',
  })
  definition!: string;
}

class ComparedSegment {
  @Id()
  @ApiProperty({ format: 'uuid', description: 'A segment of the model.', example: 'ac5321d8-70a8-52d7-a00b-90271e308be8' })
  segment_id!: string;
}

/** One of the two that are compared. */
type Compared = ComparedDefinition | ComparedSegment;

export const sides = ['first', 'second'] as const;
export type Side = (typeof sides)[number];

const side = (description: string, definition: string) => ({
  description: `${description}: a definition, or a segment by its id.`,
  oneOf: [{ $ref: getSchemaPath(ComparedDefinition) }, { $ref: getSchemaPath(ComparedSegment) }],
  example: { definition },
});

@ApiExtraModels(ComparedDefinition, ComparedSegment)
export class CompareDefinitionsDto {
  @IfGiven()
  @Id()
  @ApiProperty({
    required: false,
    format: 'uuid',
    description: 'The model version that both are over. May be left out when one of them is a segment.',
    example: '3d02465f-858d-5fc0-9c87-915b693b94c3',
  })
  model_id?: string;

  @Allow()
  @ApiProperty(side('The one', "age > 50 and geography == 'Hawaii'"))
  first!: unknown;

  @Allow()
  @ApiProperty(side('The other', 'age > 30'))
  second!: unknown;

  static nestedProblems(body: object): readonly Problem[] {
    return sides.flatMap((name) => {
      const read = readSide((body as CompareDefinitionsDto)[name], name);
      return 'problems' in read ? read.problems : [];
    });
  }
}

/** A side as it is meant, or what is wrong with it. */
export function readSide(value: unknown, name: Side): { dto: Compared } | { problems: readonly Problem[] } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    const trouble = value === undefined ? 'is missing' : 'must be an object';
    return { problems: [{ reason: 'ValidationError', message: `${name} ${trouble}.`, help: forms, field: name }] };
  }
  if ('segment_id' in value && 'definition' in value) {
    const message = 'Give either segment_id or definition, not both.';
    return { problems: [{ reason: 'ValidationError', message, help: forms, field: `${name}.segment_id` }] };
  }
  return checkShape<Compared>('segment_id' in value ? ComparedSegment : ComparedDefinition, value, name);
}

const forms = 'It is {"definition": "age > 50"} or {"segment_id": "…"}.';
