import { ApiProperty } from '@nestjs/swagger';
import { Allow } from 'class-validator';
import { limits } from '../../config/limits.js';
import type { Problem } from '../../errors/app-error.js';
import { columnsProblems } from '../model/model-content.js';
import { ModelColumnShape } from '../model/model-shape.resource.js';

export class RecheckSegmentsDto {
  @Allow()
  @ApiProperty({
    type: [ModelColumnShape],
    maxItems: limits.modelColumns,
    description: 'The columns that the model would have instead of those that it has.',
    example: [
      { name: 'age', data_type: 'int', min: 18, max: 92 },
      { name: 'region', data_type: 'category', categories: ['Hawaii', 'Texas'] },
    ],
  })
  columns!: unknown;

  static nestedProblems(body: object): readonly Problem[] {
    return columnsProblems((body as RecheckSegmentsDto).columns);
  }
}
