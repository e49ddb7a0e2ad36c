import { z } from 'zod';
import { limits } from '../../config/limits.js';
import { textTrouble } from '../../validation/text.decorator.js';
import { columnTypes } from './model-enums.js';

/**
 * The nested part of a model: columns, spec, parameters. The client's reader does not survive a list that is null, so what is absent
 * or null gets its default here. Every member that the client sends is known; others are refused.
 */
const printable = (max: number) =>
  z.string('must be a text').superRefine((text, context) => {
    const trouble = textTrouble(text.trim() === '' ? '' : text, { min: 1, max });
    if (trouble !== undefined) context.addIssue(trouble);
  });

/** The length is looked at first: a million wrong entries need no million problems. */
const listOf = <T extends z.ZodType>(item: T, max: number, entries = 'entries') =>
  z.array(z.unknown(), 'must be a list').max(max, `must have at most ${max} ${entries}`).pipe(z.array(item));

const name = printable(limits.columnName);
const number = z.number('must be a number').nullable().default(null);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], 'must be a text, a number, true, false or null');
const category = z.union([z.string(), z.number(), z.boolean()], 'must be a text, a number, true or false');
const wholeNumber = z.int('must be a whole number');
const atLeastOne = wholeNumber.min(1, 'must be at least 1');
const yesOrNo = z.boolean('must be true or false');
const values = <T extends z.ZodType>(item: T) => listOf(item, limits.columnValues).nullable().default(null);
const textOrNull = printable(limits.modelName).nullable().default(null);

const column = z.strictObject(
  {
    id: z.string('must be a text').nullish(),
    name,
    data_type: z.enum(columnTypes, `must be one of ${columnTypes.join(', ')}`),
    min: number,
    max: number,
    categories: values(category),
    bins: values(z.number('must be a number')),
    replace_with_nulls: values(scalar),
    n_dimensions: atLeastOne.nullable().default(null),
  },
  'must be an object with name and data_type',
);

const columnNames = listOf(name, limits.modelColumns)
  .nullish()
  .transform((names) => names ?? []);

const clusters = { name, n_clusters: atLeastOne.default(5), centroids: values(z.unknown()) };

const feature = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      type: z.literal('FROM_COLUMNS'),
      ...clusters,
      columns: listOf(name, limits.modelColumns).refine((names) => names.length >= 2, 'must name two columns or more'),
      monitor_components: yesOrNo.default(false),
    }),
    z.strictObject({ type: z.literal('FROM_VECTOR'), ...clusters, column: name }),
    z.strictObject({
      type: z.literal('FROM_TEXT_EMBEDDING'),
      ...clusters,
      column: name,
      source_column: name,
      n_tags: atLeastOne.default(5),
      tf_idf: z.unknown().default(null),
    }),
    z.strictObject({ type: z.literal('FROM_IMAGE_EMBEDDING'), ...clusters, column: name, source_column: name }),
    z.strictObject({
      type: z.literal('ENRICHMENT'),
      name,
      columns: listOf(name, limits.modelColumns),
      enrichment: printable(limits.columnName),
      config: z.record(z.string(), z.unknown(), 'must be an object').default({}),
    }),
  ],
  'must be an object whose type is FROM_COLUMNS, FROM_VECTOR, FROM_TEXT_EMBEDDING, FROM_IMAGE_EMBEDDING or ENRICHMENT',
);

const schemaVersion = wholeNumber.nullish().transform((version) => version ?? 1);

const taskParams = z.strictObject(
  {
    binary_classification_threshold: number,
    target_class_order: values(scalar),
    group_by: textOrNull,
    top_k: wholeNumber.nullable().default(null),
    class_weights: values(z.number('must be a number')),
    weighted_ref_histograms: yesOrNo.nullable().default(null),
  },
  'must be an object',
);

const explanations = z.strictObject(
  {
    custom_explain_methods: listOf(printable(limits.columnName), limits.columnValues)
      .nullish()
      .transform((methods) => methods ?? []),
    default_explain_method: textOrNull,
  },
  'must be an object',
);

export const contentShape = z.strictObject({
  schema: z.strictObject(
    { schema_version: schemaVersion, columns: listOf(column, limits.modelColumns, 'columns') },
    'must be an object with columns',
  ),
  spec: z.strictObject(
    {
      schema_version: schemaVersion,
      inputs: columnNames,
      outputs: columnNames,
      targets: columnNames,
      decisions: columnNames,
      metadata: columnNames,
      custom_features: listOf(feature, limits.customFeatures)
        .nullish()
        .transform((features) => features ?? []),
    },
    'must be an object',
  ),
  task_params: taskParams.nullish().transform((params) => params ?? taskParams.parse({})),
  xai_params: explanations.nullish().transform((params) => params ?? explanations.parse({})),
  event_id_col: textOrNull,
  event_ts_col: textOrNull,
  event_ts_format: textOrNull,
  algorithm: textOrNull,
  framework: textOrNull,
});

export type ContentShape = z.output<typeof contentShape>;
