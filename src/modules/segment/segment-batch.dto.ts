import { ApiProperty, OmitType } from '@nestjs/swagger';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsIn } from 'class-validator';
import { limits } from '../../config/limits.js';
import type { Problem } from '../../errors/app-error.js';
import { canonicalUuid } from '../../list-query/uuid.js';
import { Id } from '../../validation/id.decorator.js';
import { IfGiven } from '../../validation/if-given.decorator.js';
import { CreateSegmentDto } from './segment.dto.js';

const onConflict = ['fail', 'skip'] as const;
export type OnConflict = (typeof onConflict)[number];

/** A segment among others; the model is the address's. */
export class BatchSegmentDto extends OmitType(CreateSegmentDto, ['model_id']) {}

abstract class BatchDto {
  @IfGiven()
  @IsIn(onConflict, { message: 'on_conflict must be fail or skip.' })
  @ApiProperty({
    required: false,
    enum: onConflict,
    default: 'fail',
    description: 'What a name that is taken means: that nothing is written, or that this one is left out.',
    example: 'skip',
  })
  on_conflict?: OnConflict;

  @IfGiven()
  @IsBoolean({ message: 'dry_run must be true or false.' })
  @ApiProperty({ required: false, default: false, description: 'Only say what would happen: nothing is written.', example: false })
  dry_run?: boolean;
}

export class BulkSegmentsDto extends BatchDto {
  /** The service checks them one by one, so that a dry run can say which ones fail. */
  @ArrayMaxSize(limits.segmentsAtOnce, { message: `segments must hold at most ${limits.segmentsAtOnce} segments.` })
  @ArrayMinSize(1, { message: 'segments must hold at least one segment.' })
  @IsArray({ message: 'segments must be a list of objects.' })
  @ApiProperty({ type: [BatchSegmentDto], minItems: 1, maxItems: limits.segmentsAtOnce, description: 'Created all or none.' })
  segments!: unknown[];
}

export class CopySegmentsDto extends BatchDto {
  @Id()
  @ApiProperty({
    format: 'uuid',
    description: 'The model version whose segments are copied; of the same organization.',
    example: '3d02465f-858d-5fc0-9c87-915b693b94c3',
  })
  source_model_id!: string;

  @ApiProperty({
    required: false,
    type: 'array',
    items: { type: 'string', format: 'uuid' },
    minItems: 1,
    maxItems: limits.segmentsAtOnce,
    uniqueItems: true,
    example: ['ac5321d8-70a8-52d7-a00b-90271e308be8'],
    description: `Which of its segments; left out: all of them, when they are at most ${limits.segmentsAtOnce}.`,
  })
  segment_ids?: string[];

  @ApiProperty({
    selfRequired: false,
    type: 'object',
    additionalProperties: { type: 'string' },
    description: 'Column of the source → column of the target, where their names differ.',
    example: { age: 'age' },
  })
  column_map?: Record<string, string>;

  /** What decorators cannot say of nested members. */
  static nestedProblems({ segment_ids, column_map }: { segment_ids?: unknown; column_map?: unknown }): Problem[] {
    return [...(segment_ids === undefined ? [] : idProblems(segment_ids)), ...(column_map === undefined ? [] : mapProblems(column_map))];
  }
}

function idProblems(ids: unknown): Problem[] {
  const field = 'segment_ids';
  if (!Array.isArray(ids)) return [problem(field, 'segment_ids must be a list of UUIDs.')];
  if (ids.length === 0) return [problem(field, 'segment_ids must hold at least one id; leave it out to copy all.')];
  if (ids.length > limits.segmentsAtOnce) return [problem(field, `segment_ids must hold at most ${limits.segmentsAtOnce} ids.`)];
  const first = new Map<string, number>();
  return ids.flatMap((id: unknown, index): Problem[] => {
    const canonical = typeof id === 'string' ? canonicalUuid(id) : undefined;
    if (canonical === undefined) return [problem(`${field}[${index}]`, 'An id must be a UUID.')];
    const before = first.get(canonical);
    if (before !== undefined) return [problem(`${field}[${index}]`, `This is the id of segment_ids[${before}] again.`)];
    first.set(canonical, index);
    return [];
  });
}

function mapProblems(map: unknown): Problem[] {
  if (typeof map !== 'object' || map === null || Array.isArray(map))
    return [problem('column_map', 'column_map must be an object: column of the source → column of the target.')];
  return Object.entries(map)
    .filter(([, to]) => typeof to !== 'string')
    .map(([from]) => problem(`column_map.${from.slice(0, limits.columnName)}`, 'The name of a column must be a text.'));
}

const problem = (field: string, message: string): Problem => ({ reason: 'ValidationError', message, field });
