import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { DiagnosticResource, PositionResource } from '../../validation/diagnostic.resource.js';

class DefinitionTwin {
  @ApiProperty({ format: 'uuid', example: '0190a6b2-7c1e-7000-8000-000000000001', description: 'Id of the segment.' })
  id!: string;

  @ApiProperty({ example: 'Hawaii over 50', description: 'Name of the segment.' })
  name!: string;
}

export class ValidationResource {
  @ApiProperty({ example: true, description: 'Whether a segment with this definition would be accepted.' })
  valid!: boolean;

  @ApiProperty({ type: [DiagnosticResource], description: 'Why not, in text order; empty when valid.' })
  errors!: readonly DiagnosticResource[];

  @ApiProperty({ type: [DiagnosticResource], description: 'What is accepted but probably not meant.' })
  warnings!: readonly DiagnosticResource[];

  @ApiProperty({ type: [String], example: ['age', 'geography'], description: 'Columns that it reads, sorted; empty when invalid.' })
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
  @ApiProperty({ example: 'age > 50', description: 'The clause.' })
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

  @ApiProperty({ type: [ClauseResource], description: 'The clauses that decided, in text order, at most 50.' })
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
    example: [true, null, false],
    description: 'One for each row; null is unknown.',
  })
  results!: readonly (boolean | null)[];

  @ApiProperty({ required: false, type: [ExplanationResource], description: 'One for each row, when asked for.' })
  explanations?: readonly ExplanationResource[];
}

class FunctionParameterResource {
  @ApiProperty({ example: 'text', description: 'Name of the parameter.' })
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
  @ApiProperty({ example: 'length', description: 'Name, lower case.' })
  name!: string;

  @ApiProperty({ enum: ['row', 'aggregate'], example: 'row', description: 'Only row functions may stand in a segment.' })
  category!: string;

  @ApiProperty({ example: 'text', description: 'Where documentation lists it.' })
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
