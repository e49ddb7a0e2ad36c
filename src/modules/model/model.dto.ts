import { ApiProperty } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { Allow, IsIn, ValidateIf } from 'class-validator';
import { limits } from '../../config/limits.js';
import type { Problem } from '../../errors/app-error.js';
import { Id } from '../../validation/id.decorator.js';
import { Text, textSchema } from '../../validation/text.decorator.js';
import { contentOf, contentProblems } from './model-content.js';
import { inputTypes, modelTasks, type InputType, type ModelTask } from './model-enums.js';
import { ModelSchemaShape, ModelSpecShape, ModelTaskParamsShape, ModelXaiParamsShape } from './model-shape.resource.js';

/** Checked elsewhere, and not to be copied on the way: the copy would lose members such as `constructor`. */
function AsSent(): PropertyDecorator {
  const asSent = Transform(({ obj, key }: { obj: Record<string, unknown>; key: string }) => obj[key]);
  return (target, property) => {
    Allow()(target, property);
    asSent(target, property);
  };
}

/** The members that a model has from its creation on and that an update may bring again. */
const optional = { required: false, nullable: true } as const;
const name = { min: 1, max: limits.modelName };
const description = { max: limits.segmentDescription, multiline: true };
export const version = { min: 1, max: limits.modelVersion };
const text = { ...optional, type: String, ...textSchema(name) } as const;

export class ModelContentDto {
  @AsSent()
  @ApiProperty({ type: ModelSchemaShape, description: 'The columns that rows have.' })
  schema!: unknown;

  @AsSent()
  @ApiProperty({ type: ModelSpecShape, description: 'Which columns play which part.' })
  spec!: unknown;

  @AsSent()
  @ApiProperty({ ...optional, type: ModelTaskParamsShape, description: 'Settings of the task.' })
  task_params?: unknown;

  @AsSent()
  @ApiProperty({ ...optional, type: ModelXaiParamsShape, description: 'Settings of explanations.' })
  xai_params?: unknown;

  @AsSent()
  @ApiProperty({ ...text, example: 'customer_id', description: 'Column that identifies a row.' })
  event_id_col?: unknown;

  @AsSent()
  @ApiProperty({ ...text, example: 'seen_at', description: 'Column with the time of a row.' })
  event_ts_col?: unknown;

  @AsSent()
  @ApiProperty({ ...text, example: '%Y-%m-%d', description: 'How that time is written.' })
  event_ts_format?: unknown;

  @Text(description)
  @ApiProperty({
    ...optional,
    ...textSchema(description),
    type: String,
    example: 'Who will leave within a month',
    description: 'What it is for.',
  })
  description?: string | null;
}

export class CreateModelDto extends ModelContentDto {
  @Text(name)
  @ApiProperty({ ...textSchema(name), example: 'churn_model', description: 'Unique in the project with its version.' })
  name!: string;

  @Id()
  @ApiProperty({ format: 'uuid', example: 'f8ed92fe-188f-5446-8279-7b863ebf27f0', description: 'The project that it belongs to.' })
  project_id!: string;

  @ValidateIf((dto: CreateModelDto) => dto.version !== undefined)
  @Text(version)
  @ApiProperty({ ...textSchema(version), required: false, default: 'v1', example: 'v1', description: 'Its version.' })
  version?: string;

  @IsIn(inputTypes, { message: `input_type must be one of ${inputTypes.join(', ')}.` })
  @ApiProperty({ enum: inputTypes, example: 'structured', description: 'What rows are made of.' })
  input_type!: InputType;

  @IsIn(modelTasks, { message: `task must be one of ${modelTasks.join(', ')}.` })
  @ApiProperty({ enum: modelTasks, example: 'binary_classification', description: 'What the model does.' })
  task!: ModelTask;

  @AsSent()
  @ApiProperty({ ...text, example: 'gradient boosting', description: 'How it was trained.' })
  algorithm?: unknown;

  @AsSent()
  @ApiProperty({ ...text, example: 'xgboost', description: 'What it was trained with.' })
  framework?: unknown;

  static nestedProblems(body: object): readonly Problem[] {
    return contentProblems(contentOf(body));
  }
}
