import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiProperty, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { fqlLimits } from '../../fql/limits.js';

class ExportedSegmentResource {
  @ApiProperty({ maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Its name.' })
  name!: string;

  @ApiProperty({ maxLength: fqlLimits.length, example: "age > 50 and geography == 'Hawaii'", description: 'Its definition.' })
  definition!: string;

  @ApiProperty({ maxLength: limits.segmentDescription, example: 'For the island offer', description: 'What it is for; may be empty.' })
  description!: string;
}

class ExportedSegmentsResource {
  @ApiProperty({ type: [ExportedSegmentResource], description: 'The segments, by name.' })
  segments!: readonly ExportedSegmentResource[];
}

/** The file in either format. */
export const ApiSegmentFile = (): MethodDecorator =>
  applyDecorators(
    ApiExtraModels(ExportedSegmentsResource),
    ApiResponse({
      status: 200,
      description: 'The file.',
      headers: {
        'content-disposition': {
          description: 'A name for the file.',
          schema: { type: 'string', example: 'attachment; filename="churn_model-v1-segments.csv"' },
        },
      },
      content: {
        'application/json': { schema: { $ref: getSchemaPath(ExportedSegmentsResource) } },
        'text/csv': {
          schema: { type: 'string' },
          example: "name,definition,description\r\nHawaii over 50,age > 50 and geography == 'Hawaii',For the island offer\r\n",
        },
      },
    }),
  );
