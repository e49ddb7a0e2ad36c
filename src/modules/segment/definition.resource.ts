import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { maximumClauses } from '../../fql/explain.js';
import { fqlLimits } from '../../fql/limits.js';
import { DiagnosticResource, PositionResource } from '../../validation/diagnostic.resource.js';

class DefinitionTwin {
  @ApiProperty({ format: 'uuid', example: 'ac5321d8-70a8-52d7-a00b-90271e308be8', description: 'Id of the segment.' })
  id!: string;

  @ApiProperty({ maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Name of the segment.' })
  name!: string;
}

export class ValidationResource {
  @ApiProperty({ example: true, description: 'Whether a segment with this definition would be accepted.' })
  valid!: boolean;

  @ApiProperty({ type: [DiagnosticResource], description: 'Why not, in text order; empty when valid.' })
  errors!: readonly DiagnosticResource[];

  @ApiProperty({ type: [DiagnosticResource], description: 'What is accepted but probably not meant.' })
  warnings!: readonly DiagnosticResource[];

  @ApiProperty({
    type: 'array',
    items: { type: 'string', maxLength: limits.columnName },
    maxItems: limits.modelColumns,
    example: ['age', 'geography'],
    description: 'Columns that it reads, sorted; empty when invalid.',
  })
  columns!: readonly string[];

  @ApiProperty({
    type: String,
    nullable: true,
    example: `"geography" == 'Hawaii' and 50 < "age"`,
    description: 'The canonical form; null when invalid.',
  })
  normalized!: string | null;

  @ApiProperty({
    type: String,
    nullable: true,
    minLength: 32,
    maxLength: 32,
    pattern: '^[0-9a-f]+$',
    example: 'b7b0d4d9b4e1c1c6f6a3d2f1e0c9b8a7',
    description: 'Equal for definitions that mean the same; null when invalid.',
  })
  fingerprint!: string | null;

  @ApiProperty({
    type: [DefinitionTwin],
    maxItems: limits.twins,
    description: `Segments of the model whose definition means the same, oldest first; at most ${limits.twins}.`,
  })
  twins!: readonly DefinitionTwin[];
}

class ClauseResource {
  @ApiProperty({ maxLength: fqlLimits.length, example: 'age > 50', description: 'The clause.' })
  text!: string;

  @ApiProperty({ type: PositionResource, description: 'Where it is in the definition.' })
  position!: PositionResource;

  @ApiProperty({ type: Boolean, nullable: true, example: false, description: 'What it came to; null is unknown.' })
  result!: boolean | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    example: { age: 40 },
    description: 'What the row has in the columns that the clause reads.',
  })
  values!: Readonly<Record<string, unknown>>;
}

class ExplanationResource {
  @ApiProperty({ type: Boolean, nullable: true, example: false, description: 'What the row came to; null is unknown.' })
  result!: boolean | null;

  @ApiProperty({ type: [ClauseResource], maxItems: maximumClauses, description: 'The clauses that decided, in text order.' })
  clauses!: readonly ClauseResource[];

  @ApiProperty({ type: 'integer', minimum: 0, example: 0, description: 'How many more there are.' })
  omitted!: number;
}

export class EvaluationResource {
  @ApiProperty({ type: 'integer', minimum: 1, example: 3, description: 'Rows that were sent.' })
  row_count!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1, description: 'Rows that belong to the segment.' })
  match_count!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1, description: 'Rows about which it cannot be said; they do not belong to it.' })
  unknown_count!: number;

  @ApiProperty({
    type: 'array',
    items: { type: 'boolean', nullable: true },
    maxItems: limits.rowsToEvaluate,
    example: [true, null, false],
    description: 'One for each row; null is unknown.',
  })
  results!: readonly (boolean | null)[];

  @ApiProperty({
    required: false,
    type: [ExplanationResource],
    maxItems: limits.rowsToEvaluate,
    description: 'One for each row, when asked for.',
  })
  explanations?: readonly ExplanationResource[];
}

class FunctionParameterResource {
  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', example: 'text', description: 'Name of the parameter.' })
  name!: string;

  @ApiProperty({ enum: ['Number', 'Boolean', 'String', 'Any'], example: 'String', description: 'FQL type.' })
  type!: string;

  @ApiProperty({ example: true, description: 'Whether it must be given.' })
  is_required!: boolean;

  @ApiProperty({ required: false, type: Number, example: 0.5, description: 'What it is when it is not given.' })
  default?: number;

  @ApiProperty({ enum: ['positional', 'keyword'], example: 'positional', description: 'How it is given.' })
  kind!: string;
}

class FunctionResource {
  @ApiProperty({ pattern: '^[a-z][a-z0-9_]*$', example: 'length', description: 'Name, lower case.' })
  name!: string;

  @ApiProperty({ enum: ['row', 'aggregate'], example: 'row', description: 'Only row functions may stand in a segment.' })
  category!: string;

  @ApiProperty({ pattern: '^[a-z][a-z ]*$', example: 'text', description: 'Where documentation lists it.' })
  grouping!: string;

  @ApiProperty({ example: 'Number of characters.', description: 'What it gives.' })
  description!: string;

  @ApiProperty({ type: [FunctionParameterResource], description: 'Its parameters, in order.' })
  parameters!: readonly FunctionParameterResource[];

  @ApiProperty({ enum: ['Number', 'Boolean', 'String', 'Any'], example: 'Number', description: 'FQL type of the result.' })
  return_type!: string;
}

export class FunctionCatalogueResource {
  @ApiProperty({ type: [FunctionResource], description: 'Every function of the language.' })
  functions!: readonly FunctionResource[];
}
