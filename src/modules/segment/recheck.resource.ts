import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { fqlLimits } from '../../fql/limits.js';
import { DiagnosticResource } from '../../validation/diagnostic.resource.js';
import { brokenShown } from './recheck-segments.js';

class BrokenSegmentResource {
  @ApiProperty({ format: 'uuid', example: 'ac5321d8-70a8-52d7-a00b-90271e308be8', description: 'Id of the segment.' })
  id!: string;

  @ApiProperty({ maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Name of the segment.' })
  name!: string;

  @ApiProperty({ maxLength: fqlLimits.length, example: "age > 50 and geography == 'Hawaii'", description: 'Its definition.' })
  definition!: string;

  @ApiProperty({ type: [DiagnosticResource], description: 'What would be wrong with it, in text order.' })
  errors!: readonly DiagnosticResource[];
}

const count = { type: 'integer', minimum: 0 } as const;

export class RecheckResource {
  @ApiProperty({ ...count, example: 8, description: 'Segments of the model.' })
  segment_count!: number;

  @ApiProperty({ ...count, example: 6, description: 'Segments that would still be valid.' })
  ok_count!: number;

  @ApiProperty({ ...count, example: 2, description: 'Segments that would break.' })
  broken_count!: number;

  @ApiProperty({
    ...count,
    example: 0,
    description: 'Segments that were not looked at, as the definitions before them are too much text for one request.',
  })
  unchecked_count!: number;

  @ApiProperty({
    type: [BrokenSegmentResource],
    maxItems: brokenShown,
    description: `Those that would break, by name; at most ${brokenShown}.`,
  })
  broken!: readonly BrokenSegmentResource[];
}
