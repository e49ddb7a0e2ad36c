import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { ErrorEntryResource } from '../../validation/error-entry.resource.js';

const atOnce = { maxItems: limits.segmentsAtOnce };
const name = { maxLength: limits.segmentName, example: 'Hawaii over 50', description: 'Its name.' };

class BatchSegmentResource {
  @ApiProperty({
    format: 'uuid',
    type: String,
    nullable: true,
    example: 'ac5321d8-70a8-52d7-a00b-90271e308be8',
    description: 'Its id; null in a dry run, of what is not there.',
  })
  id!: string | null;

  @ApiProperty(name)
  name!: string;
}

class FailedSegmentResource {
  @ApiProperty({ ...name, type: String, nullable: true, description: 'Its name as sent; null when none was sent.' })
  name!: string | null;

  @ApiProperty({ type: [ErrorEntryResource], description: 'What is wrong with it, as in an error answer.' })
  errors!: readonly ErrorEntryResource[];
}

/** What became of each segment of a bulk create or a copy (`contract.md` section 7). */
export class SegmentBatchResource {
  @ApiProperty({ type: [BatchSegmentResource], ...atOnce, description: 'What was created; in a dry run, what would be if nothing failed.' })
  created!: readonly BatchSegmentResource[];

  @ApiProperty({ type: [BatchSegmentResource], ...atOnce, description: 'Left out, with the segments that have these names.' })
  skipped!: readonly BatchSegmentResource[];

  @ApiProperty({
    type: [FailedSegmentResource],
    ...atOnce,
    description: 'What would fail; empty but in a dry run, where this is an error answer.',
  })
  failed!: readonly FailedSegmentResource[];
}
