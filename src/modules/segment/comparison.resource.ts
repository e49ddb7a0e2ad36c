import { ApiProperty } from '@nestjs/swagger';
import type { Comparison, Relation } from '../../fql/compare.js';
import type { FoundRow } from '../../fql/find-rows.js';
import { summaryOf } from './comparison-summary.js';

const relations: readonly Relation[] = ['equal', 'contained', 'contains', 'disjoint', 'overlapping', 'unknown'];

class PartResource {
  @ApiProperty({ type: Boolean, nullable: true, example: false, description: 'Whether no row can be in it; null is not known.' })
  is_empty!: boolean | null;

  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    nullable: true,
    example: { age: 51, geography: 'Hawaii' },
    description: 'A row that is in it, with the columns that the two read; null when there is none or none was found.',
  })
  row!: Readonly<Record<string, unknown>> | null;
}

export class ComparisonResource {
  @ApiProperty({
    enum: relations,
    example: 'contained',
    description:
      'contained: every row of the first is in the second too; contains: the other way round. Named only when it holds for every row that the types of the columns allow.',
  })
  relation!: Relation;

  @ApiProperty({ example: 'Every row of the first is in the second, which has more.', description: 'The same as a sentence for people.' })
  summary!: string;

  @ApiProperty({ type: PartResource, description: 'The rows that are in both.' })
  both!: PartResource;

  @ApiProperty({ type: PartResource, description: 'The rows that are in the first alone.' })
  first_only!: PartResource;

  @ApiProperty({ type: PartResource, description: 'The rows that are in the second alone.' })
  second_only!: PartResource;
}

export const toComparisonResource = (comparison: Comparison): ComparisonResource => ({
  relation: comparison.relation,
  summary: summaryOf(comparison),
  both: toPart(comparison.both),
  first_only: toPart(comparison.firstOnly),
  second_only: toPart(comparison.secondOnly),
});

const toPart = (found: FoundRow): PartResource => ({
  is_empty: found.kind === 'unknown' ? null : found.kind === 'none',
  row: found.kind === 'row' ? found.row : null,
});
