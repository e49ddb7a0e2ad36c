import { ApiProperty } from '@nestjs/swagger';
import { PositionResource, SuggestionResource } from './diagnostic.resource.js';

/** One problem on the wire. */
export class ErrorEntryResource {
  @ApiProperty({ pattern: '^[A-Z][A-Za-z_]+$', example: 'ValidationError', description: 'A stable code for programs.' })
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
