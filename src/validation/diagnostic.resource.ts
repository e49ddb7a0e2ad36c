import { ApiProperty } from '@nestjs/swagger';

/** Where a finding is in a definition. */
export class PositionResource {
  @ApiProperty({ type: 'integer', minimum: 0, example: 13, description: 'UTF-16 units from the start of the text as sent.' })
  offset!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 5, description: 'UTF-16 units.' })
  length!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 1, description: 'Line, from 1.' })
  line!: number;

  @ApiProperty({ type: 'integer', minimum: 1, example: 14, description: 'Column in code points, from 1.' })
  column!: number;
}

class EditResource {
  @ApiProperty({ type: 'integer', minimum: 0, example: 13, description: 'Where it begins, in UTF-16 units.' })
  offset!: number;

  @ApiProperty({ type: 'integer', minimum: 0, example: 5, description: 'How many UTF-16 units it replaces.' })
  length!: number;

  @ApiProperty({ example: 'tenure', description: 'What to put there.' })
  text!: string;
}

/** A mend that an editor can apply. */
export class SuggestionResource {
  @ApiProperty({ example: 'Replace by tenure', description: 'What it does.' })
  title!: string;

  @ApiProperty({ type: [EditResource], description: 'Edits of the text as sent, to be applied together.' })
  edits!: readonly EditResource[];
}

/** What the language has to say about a definition. */
export class DiagnosticResource {
  @ApiProperty({ pattern: '^FQL_[A-Z_]+$', example: 'FQL_UNKNOWN_COLUMN', description: 'A stable code for programs.' })
  code!: string;

  @ApiProperty({ example: 'No column "tenur" in this model. Did you mean tenure?', description: 'A sentence for people.' })
  message!: string;

  @ApiProperty({ example: '', description: 'What to do about it; may be empty.' })
  help!: string;

  @ApiProperty({ type: PositionResource, description: 'Where it is.' })
  position!: PositionResource;

  @ApiProperty({ example: 'age > 30 and tenur > 3\n             ^^^^^', description: 'The line with a caret line under it.' })
  snippet!: string;

  @ApiProperty({ type: [SuggestionResource], description: 'Mends that an editor can apply.' })
  suggestions!: readonly SuggestionResource[];
}
