import { ApiProperty } from '@nestjs/swagger';
import { ErrorEntryResource } from '../validation/error-entry.resource.js';

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
