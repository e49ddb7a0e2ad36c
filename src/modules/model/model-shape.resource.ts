import { ApiProperty } from '@nestjs/swagger';
import { limits } from '../../config/limits.js';
import { textSchema } from '../../validation/text.decorator.js';
import { columnTypes, type ColumnType } from './model-enums.js';

/** The nested parts of a model on the wire, as they are sent; answers leave out what is null. */
const scalarsOrNull = { oneOf: [{ type: 'string', nullable: true }, { type: 'number' }, { type: 'boolean' }] };
const scalars = { oneOf: [{ type: 'string' }, { type: 'number' }, { type: 'boolean' }] };
const optional = { required: false, nullable: true } as const;
const whole = { ...optional, type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER } as const;
const values = { ...optional, type: 'array', maxItems: limits.columnValues } as const;
const name = { min: 1, max: limits.columnName };
const nameList = { ...optional, type: 'array', items: { type: 'string', ...textSchema(name) } } as const;
const names = { ...nameList, maxItems: limits.modelColumns };
const text = { ...optional, type: String, ...textSchema({ min: 1, max: limits.modelName }) };

/** What the examples of a spec name. */
const columns = [
  { name: 'customer_id', data_type: 'str' },
  { name: 'age', data_type: 'int', min: 18, max: 92 },
  { name: 'geography', data_type: 'category', categories: ['Hawaii', 'Texas'] },
  { name: 'gender', data_type: 'category', categories: ['Female', 'Male', 'Nonbinary'] },
  { name: 'seen_at', data_type: 'timestamp' },
  { name: 'predicted_churn', data_type: 'float', min: 0, max: 1 },
  { name: 'churn', data_type: 'category', categories: ['no', 'yes'] },
];

export class ModelColumnShape {
  @ApiProperty({ ...optional, type: String, example: 'age', description: 'Taken, since clients send back what they read, and ignored.' })
  id?: string | null;

  @ApiProperty({ ...textSchema(name), example: 'age', description: 'Unique in the model; case matters.' })
  name!: string;

  @ApiProperty({ enum: columnTypes, example: 'int', description: 'What its values are.' })
  data_type!: ColumnType;

  @ApiProperty({ ...optional, type: Number, example: 18, description: 'Least value expected.' })
  min?: number | null;

  @ApiProperty({ ...optional, type: Number, example: 92, description: 'Greatest value expected.' })
  max?: number | null;

  @ApiProperty({ ...values, items: scalars, example: ['Hawaii', 'Texas'], description: 'The values of a category, none twice.' })
  categories?: readonly unknown[] | null;

  @ApiProperty({ ...values, items: { type: 'number' }, example: [18, 40.5, 92], description: 'Edges for histograms.' })
  bins?: readonly number[] | null;

  @ApiProperty({ ...values, items: scalarsOrNull, example: [-1, 'NA'], description: 'Values that mean that there is none.' })
  replace_with_nulls?: readonly unknown[] | null;

  @ApiProperty({ ...whole, minimum: 1, example: 3, description: 'Length of a vector.' })
  n_dimensions?: number | null;
}

export class ModelSchemaShape {
  @ApiProperty({ ...whole, default: 1, example: 1, description: 'Version of the form of this object.' })
  schema_version?: number | null;

  @ApiProperty({ type: [ModelColumnShape], maxItems: limits.modelColumns, example: columns, description: 'The columns, in their order.' })
  columns!: readonly ModelColumnShape[];
}

export class ModelSpecShape {
  @ApiProperty({ ...whole, default: 1, example: 1, description: 'Version of the form of this object.' })
  schema_version?: number | null;

  @ApiProperty({ ...names, example: ['age', 'geography'], description: 'Columns that the model reads.' })
  inputs?: readonly string[];

  @ApiProperty({ ...names, example: ['predicted_churn'], description: 'Columns that the model gives.' })
  outputs?: readonly string[];

  @ApiProperty({ ...names, example: ['churn'], description: 'Columns with what came true.' })
  targets?: readonly string[];

  @ApiProperty({ ...names, example: [], description: 'Columns with what was decided.' })
  decisions?: readonly string[];

  @ApiProperty({ ...names, example: ['gender'], description: 'Further columns.' })
  metadata?: readonly string[];

  @ApiProperty({
    ...optional,
    type: 'array',
    items: { type: 'object', additionalProperties: true },
    maxItems: limits.customFeatures,
    example: [{ name: 'who', type: 'FROM_COLUMNS', columns: ['age', 'gender'] }],
    description:
      'Features made of columns; type is FROM_COLUMNS, FROM_VECTOR, FROM_TEXT_EMBEDDING, FROM_IMAGE_EMBEDDING or ENRICHMENT and says which members there are.',
  })
  custom_features?: readonly Readonly<Record<string, unknown>>[];
}

export class ModelTaskParamsShape {
  @ApiProperty({ ...optional, type: Number, example: 0.5, description: 'From which score on it is the positive class.' })
  binary_classification_threshold?: number | null;

  @ApiProperty({ ...values, items: scalarsOrNull, example: ['no', 'yes'], description: 'Classes of the target, the positive one last.' })
  target_class_order?: readonly unknown[] | null;

  @ApiProperty({ ...text, example: 'session_id', description: 'Column that groups rows to be ranked.' })
  group_by?: string | null;

  @ApiProperty({ ...whole, example: 10, description: 'How many of a ranking count.' })
  top_k?: number | null;

  @ApiProperty({ ...values, items: { type: 'number' }, example: [0.1, 0.9], description: 'Weight of each class.' })
  class_weights?: readonly number[] | null;

  @ApiProperty({ ...optional, type: Boolean, example: true, description: 'Whether histograms use the weights.' })
  weighted_ref_histograms?: boolean | null;
}

export class ModelXaiParamsShape {
  @ApiProperty({ ...nameList, maxItems: limits.columnValues, example: [], description: 'Names of explanation methods of its own.' })
  custom_explain_methods?: readonly string[];

  @ApiProperty({ ...text, example: 'SHAP', description: 'Explanation method when none is asked for.' })
  default_explain_method?: string | null;
}
