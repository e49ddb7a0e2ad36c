import { ApiProperty } from '@nestjs/swagger';

class ErrorPosition {
  @ApiProperty({ type: 'integer', minimum: 0, example: 13, description: 'UTF-16 units from the start of the text as sent.' })
  offset!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 5, description: 'UTF-16 units.' })
  length!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1, description: 'Line, from 1.' })
  line!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 14, description: 'Column in code points, from 1.' })
  column!: number;
}

class ErrorEdit {
  @ApiProperty({ type: 'integer', minimum: 0, example: 13, description: 'Where it begins, in UTF-16 units.' })
  offset!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 5, description: 'How many UTF-16 units it replaces.' })
  length!: number;

  @ApiProperty({ example: 'tenure', description: 'What to put there.' })
  text!: string;
}

export class ErrorSuggestion {
  @ApiProperty({ example: 'Replace by tenure', description: 'What it does.' })
  title!: string;

  @ApiProperty({ type: [ErrorEdit], description: 'Edits of the text as sent, to be applied together.' })
  edits!: ErrorEdit[];
}

export class ErrorEntryResource {
  @ApiProperty({ example: 'ValidationError', description: 'A stable code for programs.' })
  reason!: string;

  @ApiProperty({ example: 'name is missing.', description: 'A sentence for people.' })
  message!: string;

  @ApiProperty({ example: '', description: 'What to do about it; may be empty.' })
  help!: string;

  @ApiProperty({ required: false, example: 'name', description: 'JSON path of what is wrong.' })
  field?: string;

  @ApiProperty({ required: false, type: ErrorPosition, description: 'Of a definition: where in the text.' })
  position?: ErrorPosition;

  @ApiProperty({
    required: false,
    example: 'age > 30 and tenur > 3\n             ^^^^^',
    description: 'Of a definition: the line with a caret line.',
  })
  snippet?: string;

  @ApiProperty({ required: false, type: [ErrorSuggestion], description: 'Of a definition: mends that an editor can apply.' })
  suggestions?: ErrorSuggestion[];
}

class ErrorBody {
  @ApiProperty({ type: 'integer', minimum: 400, maximum: 599, example: 400, description: 'The HTTP status.' })
  code!: number;

  @ApiProperty({ example: 'name is missing.', description: "The first error's message." })
  message!: string;

  @ApiProperty({ type: [ErrorEntryResource], minItems: 1, description: 'One entry per problem found.' })
  errors!: ErrorEntryResource[];
}

export class ErrorResource {
  @ApiProperty({ enum: ['3.0'], example: '3.0', description: 'Version of the envelope.' })
  api_version!: string;

  @ApiProperty({ enum: ['ERROR'], example: 'ERROR', description: 'Kind of the envelope.' })
  kind!: string;

  @ApiProperty({ type: ErrorBody, description: 'What went wrong.' })
  error!: ErrorBody;
}
