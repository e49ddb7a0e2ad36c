import { ApiProperty } from '@nestjs/swagger';
import { PositionResource, SuggestionResource } from '../validation/diagnostic.resource.js';

export class ErrorEntryResource {
  @ApiProperty({ example: 'ValidationError', description: 'A stable code for programs.' })
  reason!: string;

  @ApiProperty({ example: 'name is missing.', description: 'A sentence for people.' })
  message!: string;

  @ApiProperty({ example: '', description: 'What to do about it; may be empty.' })
  help!: string;

  @ApiProperty({ required: false, example: 'name', description: 'JSON path of what is wrong.' })
  field?: string;

  @ApiProperty({ required: false, type: PositionResource, description: 'Of a definition: where in the text.' })
  position?: PositionResource;

  @ApiProperty({
    required: false,
    example: 'age > 30 and tenur > 3\n             ^^^^^',
    description: 'Of a definition: the line with a caret line.',
  })
  snippet?: string;

  @ApiProperty({ required: false, type: [SuggestionResource], description: 'Of a definition: mends that an editor can apply.' })
  suggestions?: SuggestionResource[];
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
