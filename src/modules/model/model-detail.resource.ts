import { ApiProperty, OmitType } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { isBinaryRanking } from './model-columns.js';
import type { FullModelRecord } from './model.repository.js';
import { ModelResource, toModelResource } from './model.resource.js';
import { ModelColumnShape, ModelSchemaShape, ModelSpecShape, ModelTaskParamsShape, ModelXaiParamsShape } from './model-shape.resource.js';

class ModelColumnResource extends OmitType(ModelColumnShape, ['id']) {
  @ApiProperty({
    required: true,
    nullable: false,
    type: String,
    example: 'age',
    description: 'Given by the server: the name in lower case, with _2, _3 … where two would be alike.',
  })
  id!: string;
}

class ModelSchemaResource extends OmitType(ModelSchemaShape, ['columns']) {
  @ApiProperty({ type: [ModelColumnResource], maxItems: limits.modelColumns, description: 'The columns, in their order.' })
  columns!: readonly ModelColumnResource[];
}

class ArtifactFileResource {
  @ApiProperty({ example: 'model.pkl', description: 'Name of the file.' })
  name!: string;

  @ApiProperty({ type: 'integer', minimum: 0, example: 1024, description: 'Bytes.' })
  size!: number;

  @ApiProperty({ format: 'date-time', example: '2025-08-13T01:56:31.447Z', description: 'When it was last changed, UTC.' })
  modified!: string;
}

/** A whole model version. What has no value is left out of its nested objects, as the published description wants. */
export class ModelDetailResource extends ModelResource {
  @ApiProperty({ type: ModelSchemaResource, description: 'The columns that rows have.' })
  schema!: ModelSchemaResource;

  @ApiProperty({ type: ModelSpecShape, description: 'Which columns play which part.' })
  spec!: ModelSpecShape;

  @ApiProperty({ type: ModelTaskParamsShape, description: 'Settings of the task.' })
  task_params!: ModelTaskParamsShape;

  @ApiProperty({ type: ModelXaiParamsShape, description: 'Settings of explanations.' })
  xai_params!: ModelXaiParamsShape;

  @ApiProperty({ required: false, maxLength: limits.modelName, example: 'customer_id', description: 'Column that identifies a row.' })
  event_id_col?: string;

  @ApiProperty({ required: false, maxLength: limits.modelName, example: 'seen_at', description: 'Column with the time of a row.' })
  event_ts_col?: string;

  @ApiProperty({ required: false, maxLength: limits.modelName, example: '%Y-%m-%d', description: 'How that time is written.' })
  event_ts_format?: string;

  @ApiProperty({ type: [ArtifactFileResource], maxItems: 0, example: [], description: 'Always empty: this service keeps no model files.' })
  artifact_files!: readonly ArtifactFileResource[];

  @ApiProperty({ example: false, description: 'Whether it ranks and its target has two classes.' })
  is_binary_ranking_model!: boolean;
}

type EventColumns = Pick<ModelDetailResource, 'event_id_col' | 'event_ts_col' | 'event_ts_format'>;

export function toModelDetailResource(model: FullModelRecord): ModelDetailResource {
  const { schema, spec, details } = model;
  const { task_params, xai_params, event_id_col, event_ts_col, event_ts_format } = details;
  return {
    ...toModelResource(model),
    schema: { ...schema, columns: schema.columns.map((column) => withoutNulls<ModelColumnResource>(column)) },
    spec: { ...spec, custom_features: spec.custom_features.map((feature) => withoutNulls<Record<string, unknown>>(feature)) },
    task_params: withoutNulls(task_params),
    xai_params: withoutNulls(xai_params),
    ...withoutNulls<EventColumns>({ event_id_col, event_ts_col, event_ts_format }),
    artifact_files: [],
    is_binary_ranking_model: isBinaryRanking(model.task, schema, spec, task_params),
  };
}

const withoutNulls = <T>(value: object): T => Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null)) as T;
