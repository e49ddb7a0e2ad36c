import { z } from 'zod';
import { limits } from '../../config/limits.js';
import { invalid, type Problem } from '../../errors/app-error.js';
import { columnIds } from './model-columns.js';
import { columnTypes } from './model-enums.js';
import type { ColumnSchema, ModelDetails, ModelSpec } from './model-schema.js';

/**
 * The nested part of a model as it is created: columns, spec, parameters. The language relies on the columns, and the client's
 * reader on lists that are never null, so what is absent or null gets its default here. Every member that the client sends is
 * known; others are refused.
 */
const printable = (what: string, max: number) =>
  z
    .string(`${what} must be a text`)
    .min(1, `${what} must not be empty`)
    .refine((text) => text.trim() !== '', `${what} must not be blank`)
    .refine((text) => [...text].length <= max, `${what} must have at most ${max} characters`)
    .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u007f]/.test(text), `${what} must not hold control characters`);

const name = printable('a column name', limits.columnName);
const number = z.number('must be a number').nullable().default(null);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()], 'must be a text, a number, true, false or null');
const category = z.union([z.string(), z.number(), z.boolean()], 'must be a text, a number, true or false');
const wholeNumber = z.int('must be a whole number');

const column = z.strictObject({
  id: z.string().optional(),
  name,
  data_type: z.enum(columnTypes, `must be one of ${columnTypes.join(', ')}`),
  min: number,
  max: number,
  categories: z.array(category, 'must be a list').nullable().default(null),
  bins: z.array(z.number('must be a number'), 'must be a list').nullable().default(null),
  replace_with_nulls: z.array(scalar, 'must be a list').nullable().default(null),
  n_dimensions: wholeNumber.min(1, 'must be at least 1').nullable().default(null),
});

const list = z
  .array(name, 'must be a list of column names')
  .nullish()
  .transform((names) => names ?? []);

const count = wholeNumber.min(1, 'must be at least 1');
const centroids = z.array(z.unknown()).nullable().default(null);
const feature = z.discriminatedUnion(
  'type',
  [
    z.strictObject({
      name,
      type: z.literal('FROM_COLUMNS'),
      n_clusters: count.default(5),
      centroids,
      columns: z.array(name).min(2, 'must name two columns or more'),
      monitor_components: z.boolean().default(false),
    }),
    z.strictObject({ name, type: z.literal('FROM_VECTOR'), n_clusters: count.default(5), centroids, column: name }),
    z.strictObject({
      name,
      type: z.literal('FROM_TEXT_EMBEDDING'),
      n_clusters: count.default(5),
      centroids,
      column: name,
      source_column: name,
      n_tags: count.default(5),
      tf_idf: z.unknown().default(null),
    }),
    z.strictObject({
      name,
      type: z.literal('FROM_IMAGE_EMBEDDING'),
      n_clusters: count.default(5),
      centroids,
      column: name,
      source_column: name,
    }),
    z.strictObject({
      name,
      type: z.literal('ENRICHMENT'),
      columns: z.array(name),
      enrichment: z.string(),
      config: z.record(z.string(), z.unknown()).default({}),
    }),
  ],
  'must be FROM_COLUMNS, FROM_VECTOR, FROM_TEXT_EMBEDDING, FROM_IMAGE_EMBEDDING or ENRICHMENT',
);

const schemaVersion = wholeNumber.nullish().transform((version) => version ?? 1);
const optionalText = z
  .string('must be a text')
  .max(limits.modelName, `must have at most ${limits.modelName} characters`)
  .nullable()
  .default(null);

const content = z.strictObject({
  schema: z.strictObject(
    {
      schema_version: schemaVersion,
      columns: z.array(column, 'must be a list').max(limits.modelColumns, `must have at most ${limits.modelColumns} columns`),
    },
    'must be an object with columns',
  ),
  spec: z.strictObject(
    {
      schema_version: schemaVersion,
      inputs: list,
      outputs: list,
      targets: list,
      decisions: list,
      metadata: list,
      custom_features: z
        .array(feature)
        .nullish()
        .transform((features) => features ?? []),
    },
    'must be an object',
  ),
  task_params: z
    .strictObject({
      binary_classification_threshold: number,
      target_class_order: z.array(scalar).nullable().default(null),
      group_by: optionalText,
      top_k: wholeNumber.nullable().default(null),
      class_weights: z.array(z.number()).nullable().default(null),
      weighted_ref_histograms: z.boolean().nullable().default(null),
    })
    .nullish()
    .transform((params) => params ?? noTaskParams),
  xai_params: z
    .strictObject({
      custom_explain_methods: z
        .array(z.string())
        .nullish()
        .transform((methods) => methods ?? []),
      default_explain_method: optionalText,
    })
    .nullish()
    .transform((params) => params ?? { custom_explain_methods: [], default_explain_method: null }),
  event_id_col: optionalText,
  event_ts_col: optionalText,
  event_ts_format: optionalText,
  algorithm: optionalText,
  framework: optionalText,
});

const noTaskParams = {
  binary_classification_threshold: null,
  target_class_order: null,
  group_by: null,
  top_k: null,
  class_weights: null,
  weighted_ref_histograms: null,
};

type Parsed = z.output<typeof content>;

export interface ModelContent {
  readonly schema: ColumnSchema;
  readonly spec: ModelSpec;
  readonly details: ModelDetails;
}

/** @throws AppError invalid, with the path of each problem, such as `schema.columns[3].data_type` */
export function checkModelContent(value: unknown): ModelContent {
  const parsed = content.safeParse(value);
  const problems = parsed.success
    ? inconsistencies(parsed.data)
    : parsed.error.issues.map(({ path, message }) => problem(pathText(path), message));
  const [first, ...others] = problems.slice(0, limits.problemsPerAnswer);
  if (first !== undefined) throw invalid(first, ...others);
  const { schema, spec, ...details } = parsed.data as Parsed;
  const ids = columnIds(schema.columns.map((one) => one.name));
  const columns = schema.columns.map(({ id: _given, ...one }, index) => ({ id: ids[index]!, ...one }));
  return { schema: { schema_version: schema.schema_version, columns }, spec, details };
}

/** What is well-formed but cannot be meant. */
function inconsistencies({ schema, spec, event_id_col, event_ts_col }: Parsed): Problem[] {
  const names = schema.columns.map((one) => one.name);
  const known = new Set(names);
  const repeated = names.flatMap((own, index) =>
    names.indexOf(own) < index ? [problem(`schema.columns[${index}].name`, `the column "${cut(own)}" is named twice`)] : [],
  );
  const ranges = schema.columns.flatMap(({ min, max, categories }, index) => {
    const at = `schema.columns[${index}]`;
    const twice = categories?.findIndex((one, place) => categories.indexOf(one) < place) ?? -1;
    return [
      ...(min !== null && max !== null && min > max ? [problem(`${at}.min`, `min ${min} is above max ${max}`)] : []),
      ...(twice >= 0 ? [problem(`${at}.categories[${twice}]`, 'is named twice')] : []),
    ];
  });
  const parts = (['inputs', 'outputs', 'targets', 'decisions', 'metadata'] as const).flatMap((part) =>
    spec[part].flatMap((own, index) =>
      known.has(own) ? [] : [problem(`spec.${part}[${index}]`, `no column "${cut(own)}" in the schema`)],
    ),
  );
  const events = Object.entries({ event_id_col, event_ts_col }).flatMap(([field, own]) =>
    own === null || known.has(own) ? [] : [problem(field, `no column "${cut(own)}" in the schema`)],
  );
  return [...repeated, ...ranges, ...parts, ...events];
}

const problem = (field: string, message: string): Problem => ({ reason: 'ValidationError', message: `${field} ${message}.`, field });

const cut = (text: string): string => ([...text].length > 40 ? `${[...text].slice(0, 40).join('')}…` : text);

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
