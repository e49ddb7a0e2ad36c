import { nearest } from '../../list-query/nearest.js';
import { parseJson } from '../parse-json.js';
import { unusable } from '../text-file.js';
import type { ImportRow, ImportRows } from './import-row.js';

/** Members of a segment in an answer of the API that say where it was, not what it is; they are passed over. */
const ofAnswers: ReadonlySet<string> = new Set([
  'id',
  'organization',
  'project',
  'model',
  'model_id',
  'created_at',
  'updated_at',
  'created_by',
  'updated_by',
]);

const forms = 'It must be an array of segments, {"segments": […]}, or the answer of a list request, {"data": {"items": […]}}.';

/**
 * Rows of JSON: an array, `{segments: […]}`, or a list answer as the API gives it.
 * @throws AppError when it is no JSON or has another form
 */
export function jsonRows(text: string, path: string): ImportRows {
  const value = parseJson(text, path);
  const { at, items, total } = listIn(value, path);
  const rows = items.map((item, index): ImportRow => ({
    row: index + 1,
    place: `${at}[${index}]`,
    value: withoutPlace(item),
    problems: [],
  }));
  const partial = typeof total === 'number' && total > items.length;
  return { rows, notes: partial ? [`The answer in ${path} is one page: it holds ${items.length} of ${total} segments.`] : [] };
}

function listIn(value: unknown, path: string): { at: string; items: readonly unknown[]; total?: unknown } {
  if (Array.isArray(value)) return { at: '', items: value };
  if (isObject(value) && Array.isArray(value['segments'])) {
    const unknown = Object.keys(value).find((name) => name !== 'segments');
    if (unknown === undefined) return { at: 'segments', items: value['segments'] };
    throw unusable(`The file ${path}`, `has the unknown member "${unknown.slice(0, 40)}" beside "segments"`, forms);
  }
  const data = isObject(value) ? value['data'] : undefined;
  if (isObject(data) && Array.isArray(data['items'])) return { at: 'data.items', items: data['items'], total: data['total'] };
  const member = isObject(value) ? Object.keys(value).find((name) => nearest(name, ['segments', 'data']) !== undefined) : undefined;
  throw unusable(`The file ${path}`, `holds no list of segments${member === undefined ? '' : ` (it has "${member}")`}`, forms);
}

const withoutPlace = (item: unknown): unknown =>
  isObject(item) ? Object.fromEntries(Object.entries(item).filter(([name]) => !ofAnswers.has(name))) : item;

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
