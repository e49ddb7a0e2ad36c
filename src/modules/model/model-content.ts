import type { z } from 'zod';
import { limits } from '../../config/limits.js';
import { invalid, type Problem } from '../../errors/app-error.js';
import { quote } from '../../list-query/quote.js';
import { columnIds } from './model-columns.js';
import { contentShape, type ContentShape } from './model-content-shape.js';
import type { ColumnSchema, ModelColumn, ModelDetails, ModelSpec } from './model-schema.js';

export interface ModelContent {
  readonly schema: ColumnSchema;
  readonly spec: ModelSpec;
  readonly details: ModelDetails;
}

/** The members of a model that are checked here and not by its DTO's decorators. */
const contentMembers = Object.keys(contentShape.shape) as readonly (keyof ContentShape)[];

/** Those of these members that a body has, as they were sent. */
export const contentOf = (body: object): object =>
  Object.fromEntries(contentMembers.map((member) => [member, (body as ContentShape)[member]]).filter(([, value]) => value !== undefined));

/** What is wrong with the content, with the path of each problem, such as `schema.columns[3].data_type`. */
export function contentProblems(value: unknown): readonly Problem[] {
  const read = readContent(value);
  return 'problems' in read ? read.problems : [];
}

/** @throws AppError invalid, with the same problems */
export function checkModelContent(value: unknown): ModelContent {
  const read = readContent(value);
  if ('problems' in read) throw invalid(...read.problems);
  const { schema, spec, ...details } = read.content;
  return { schema: { schema_version: schema.schema_version, columns: withIds(schema.columns) }, spec, details };
}

/** What is wrong with a list of columns that stands alone, as the member `columns`. */
export function columnsProblems(value: unknown): readonly Problem[] {
  const read = readColumns(value);
  return 'problems' in read ? read.problems : [];
}

/** @throws AppError invalid, with the same problems */
export function checkColumns(value: unknown): ModelColumn[] {
  const read = readColumns(value);
  if ('problems' in read) throw invalid(...read.problems);
  return withIds(read.columns);
}

type ColumnsShape = ContentShape['schema']['columns'];

function withIds(columns: ColumnsShape): ModelColumn[] {
  const ids = columnIds(columns.map((one) => one.name));
  return columns.map(({ id: _given, ...one }, index) => ({ id: ids[index]!, ...one }));
}

function readColumns(value: unknown): { columns: ColumnsShape } | { problems: [Problem, ...Problem[]] } {
  const parsed = contentShape.shape.schema.shape.columns.safeParse(value, { error: plainWords });
  const problems = parsed.success
    ? columnTroubles(parsed.data, 'columns')
    : parsed.error.issues.flatMap((issue) => problemsOf({ ...issue, path: ['columns', ...issue.path] }));
  const [first, ...others] = problems.slice(0, limits.problemsPerAnswer);
  return first === undefined ? { columns: parsed.data as ColumnsShape } : { problems: [first, ...others] };
}

function readContent(value: unknown): { content: ContentShape } | { problems: [Problem, ...Problem[]] } {
  const parsed = contentShape.safeParse(value, { error: plainWords });
  const problems = (parsed.success ? inconsistencies(parsed.data) : parsed.error.issues.flatMap(problemsOf)).slice(
    0,
    limits.problemsPerAnswer,
  );
  const [first, ...others] = problems;
  return first === undefined ? { content: parsed.data as ContentShape } : { problems: [first, ...others] };
}

/** What the shape itself has no words for. */
const plainWords = (issue: { readonly input?: unknown }): string => (issue.input === undefined ? 'is missing' : 'is not acceptable');

function problemsOf(issue: z.core.$ZodIssue): Problem[] {
  const at = pathText(issue.path);
  if (issue.code !== 'unrecognized_keys') return [problem(at, issue.message)];
  return issue.keys.map((key) => ({
    reason: 'ValidationError',
    message: `Unknown member ${quote(key)}${at === '' ? '' : ` in ${at}`}.`,
    field: `${at}${at === '' ? '' : '.'}${key.slice(0, 64)}`,
  }));
}

/** What is well-formed but cannot be meant. */
function inconsistencies({ schema, spec, event_id_col, event_ts_col }: ContentShape): Problem[] {
  const known = new Set(schema.columns.map((one) => one.name));
  const unknown = (field: string, name: string | null): Problem[] =>
    name === null || known.has(name) ? [] : [problem(field, `names no column of the schema: ${quote(name)}`)];
  const parts = (['inputs', 'outputs', 'targets', 'decisions', 'metadata'] as const).flatMap((part) =>
    spec[part].flatMap((own, index) => unknown(`spec.${part}[${index}]`, own)),
  );
  return [
    ...columnTroubles(schema.columns, 'schema.columns'),
    ...parts,
    ...unknown('event_id_col', event_id_col),
    ...unknown('event_ts_col', event_ts_col),
  ];
}

/** @param path where the list stands */
function columnTroubles(columns: ColumnsShape, path: string): Problem[] {
  const names = columns.map((one) => one.name);
  const repeated = repeats(names).map((index) =>
    problem(`${path}[${index}].name`, `repeats the name of another column: ${quote(names[index]!)}`),
  );
  const ranges = columns.flatMap(({ min, max, categories }, index) => {
    const at = `${path}[${index}]`;
    return [
      ...(min !== null && max !== null && min > max ? [problem(`${at}.min`, `is above max: ${min} > ${max}`)] : []),
      ...repeats(categories ?? []).map((place) => problem(`${at}.categories[${place}]`, 'repeats another category')),
    ];
  });
  return [...repeated, ...ranges];
}

/** The places of values that stood before. */
function repeats(values: readonly unknown[]): number[] {
  const seen = new Set<unknown>();
  return values.flatMap((value, index) => (seen.size === seen.add(value).size ? [index] : []));
}

const problem = (field: string, message: string): Problem => ({ reason: 'ValidationError', message: `${field} ${message}.`, field });

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`))
    .join('')
    .replace(/^\./, '');
