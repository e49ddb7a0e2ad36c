import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { useWorld } from './support/world.js';

/**
 * One story, told in order: segments are created for a model version, go along to the next one whose columns are others, are held by
 * what uses them, and end with their model and their project. Each test goes on where the one before it stopped.
 */
const world = useWorld();
const api = () => world.api.as(ada.email);
const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));
const namesOf = (items: readonly { name: string }[]): string[] => items.map(({ name }) => name);

const columnsOfV1 = { age: 'int', region: 'category', tenure: 'int', balance: 'float' };
/** `age` has another name, and `balance` is gone. */
const columnsOfV2 = { customer_age: 'int', region: 'category', tenure: 'int' };
const columnMap = { age: 'customer_age' };
const schemaOf = (columns: Record<string, string>) => ({
  columns: Object.entries(columns).map(([name, data_type]) => ({ name, data_type })),
});

interface Words {
  readonly name: string;
  readonly definition: string;
  readonly description: string;
}
/** Ten of each kind. */
const ofKind = (kind: string, definition: (at: number) => string): Words[] =>
  many(10, (at) => ({ name: `${kind} ${at}`, definition: definition(at), description: `The ${kind} no. ${at}` }));
const aged = ofKind('aged', (at) => `age > ${30 + at} and region == 'age'`);
const loyal = ofKind('loyal', (at) => `tenure >= ${at}`);
const regional = ofKind('regional', (at) => `region == 'north' or region == 'r${at}'`);
const rich = ofKind('rich', (at) => `balance > ${at} or tenure > 20`);
/** Not in the order of their names, which is the order of lists and exports. */
const all = [...rich, ...aged, ...loyal, ...regional];
const isRich = ({ name }: { name: string }) => name.startsWith('rich');
/** What arrives in v2, as it is written there. */
const arriving: Words[] = [...aged, ...loyal, ...regional].map((one) => ({
  ...one,
  definition: one.definition.replace('age >', 'customer_age >'),
}));

interface Created {
  readonly id: string;
  readonly name: string;
}
let project: string;
let [v1, v2, elsewhere] = ['', '', ''];
let old: Created[] = [];
let copied: Created[] = [];
let used: string;
const reference = () => `/v3/segments/${used}/references/alert/42`;

let eventsBefore: number;
const eventsAfter = (sequence: number) => ({ filter: { field: 'sequence', operator: 'greater', value: sequence }, limit: 1_000 });
const line = (type: string, { id, name }: Created, model: string) => ({ type: `segment.${type}`, id, name, model });

async function newModel(version: string, columns: Record<string, string>, name = 'loyalty'): Promise<string> {
  const schema = schemaOf(columns);
  return expectNormal(
    await api().post('/v3/models', modelBody({ name, version, project_id: project, schema, spec: { inputs: Object.keys(columns) } })),
  ).id;
}
/** The body of an export of a model. */
const exportOf = async (model: string): Promise<{ segments: Words[] }> => (await api().get(`/v3/models/${model}/segments/export`)).body;
const bulk = (model: string, segments: readonly Words[], key: string) =>
  api().send('POST', `/v3/models/${model}/segments/bulk`, { json: { segments }, headers: { 'idempotency-key': key } });
const copy = (changes: object = {}) =>
  api().post(`/v3/models/${v2}/segments/copy`, { source_model_id: v1, column_map: columnMap, ...changes });

beforeAll(async () => {
  project = expectNormal(await api().post('/v3/projects', { name: 'loyalty' })).id;
  v1 = await newModel('v1', columnsOfV1);
  const [newest] = expectPaginated(await api().get('/v3/segments/events', { ordering: '-sequence', limit: 1 }));
  eventsBefore = newest?.sequence ?? 0;
});

describe('v1', () => {
  test('gets its 40 segments in one request, which is sent twice, as its first answer might have been lost', async () => {
    const [first, again] = [await bulk(v1, all, 'v1 of loyalty'), await bulk(v1, all, 'v1 of loyalty')];
    const { created, ...rest } = expectNormal(first);
    expect(namesOf(created)).toEqual(namesOf(all));
    expect(rest).toEqual({ skipped: [], failed: [] });
    expect([again.status, again.text, again.headers.get('idempotency-replayed')]).toEqual([200, first.text, 'true']);
    old = created;
    const listed = expectPaginated(await api().get(`/v3/models/${v1}/segments`, { ordering: 'created_at', limit: 100 }));
    expect(listed.map(({ id, name }) => ({ id, name }))).toEqual(old);
  });

  test('one of them is used by an alert', async () => {
    used = old[10]!.id;
    const body = { name: 'Many seniors leave', url: 'https://alerts.acme.test/42' };
    expect(expectNormal(await api().send('PUT', reference(), { json: body }))).toMatchObject({ kind: 'alert', key: '42', ...body });
  });
});

describe('v2 has other columns', () => {
  test('which segments of v1 would break there is known before it is made, with the column that each misses', async () => {
    const { broken, ...counts } = expectNormal(await api().post(`/v3/models/${v1}/segments/recheck`, schemaOf(columnsOfV2)));
    expect(counts).toEqual({ segment_count: 40, ok_count: 20, broken_count: 20, unchecked_count: 0 });
    const told = broken.map(({ name, errors }: any) => [name, errors.map(({ code, message }: any) => [code, message])]);
    const missing = (column: string) => [['FQL_UNKNOWN_COLUMN', expect.stringContaining(`No column "${column}" in this model.`)]];
    expect(told).toEqual([...aged.map(({ name }) => [name, missing('age')]), ...rich.map(({ name }) => [name, missing('balance')])]);
  });

  test('a copy that is only tried says which ones the new names do not save, and writes nothing', async () => {
    v2 = await newModel('v2', columnsOfV2);
    const before = await world.database.content();
    const { created, skipped, failed } = expectNormal(await copy({ dry_run: true }));
    expect([namesOf(created), skipped, namesOf(failed)]).toEqual([namesOf(arriving), [], namesOf(rich)]);
    expect(failed[3].errors).toEqual([
      expect.objectContaining({
        reason: 'FQL_UNKNOWN_COLUMN',
        message: expect.stringContaining('No column "balance" in this model.'),
        position: { offset: 0, length: 7, line: 1, column: 1 },
        snippet: 'balance > 3 or tenure > 20\n^^^^^^^',
      }),
    ]);
    expect(await world.database.content()).toEqual(before);
  });

  test('a copy of all is refused with one entry for each of those, and nothing of it is written', async () => {
    const before = await world.database.content();
    const errors = expectError(await copy(), 400, 'FQL_UNKNOWN_COLUMN', { field: 'source_model_id' });
    expect(errors.map(({ message }) => message.split(':')[0])).toEqual(rich.map(({ name }) => `Segment "${name}"`));
    expect(await world.database.content()).toEqual(before);
  });

  test('the others are copied by their ids', async () => {
    const segment_ids = old.filter((one) => !isRich(one)).map(({ id }) => id);
    copied = expectNormal(await copy({ segment_ids })).created;
    expect(namesOf(copied)).toEqual(namesOf(arriving));
    expect(copied.filter(({ id }) => segment_ids.includes(id))).toEqual([]);
    expect(await exportOf(v2)).toEqual({ segments: arriving });
  });

  test('a narrower cohort is compared with the one that came along, before it is created', async () => {
    const second = { definition: "customer_age > 50 and region == 'age'" };
    const compared = expectNormal(await api().post('/v3/segments/compare', { first: { segment_id: copied[0]!.id }, second }));
    expect(compared).toMatchObject({ relation: 'contains', second_only: { is_empty: true, row: null } });
    const { row } = compared.first_only;
    const evaluated = await api().post('/v3/segments/evaluate', { segment_id: copied[0]!.id, rows: [row] });
    expect(expectNormal(evaluated).results).toEqual([true]);
    expect(expectNormal(await api().post('/v3/segments/evaluate', { model_id: v2, ...second, rows: [row] })).results).toEqual([false]);
  });
});

describe('the end of v1', () => {
  test.each<[string, () => string]>([
    ['the segment', () => `/v3/segments/${used}`],
    ['its model', () => `/v3/models/${v1}`],
    ['its project', () => `/v3/projects/${project}`],
  ])('%s cannot be deleted, as the alert uses it', async (_, at) => {
    const before = await world.database.content();
    const errors = expectError(await api().delete(at()), 409, 'SegmentInUse');
    expect(errors).toEqual([
      {
        reason: 'SegmentInUse',
        message: 'The segment "aged 0" is used by alert "42" (Many seniors leave).',
        help: `Once it is used there no more: DELETE ${reference()}`,
      },
    ]);
    expect(await world.database.content()).toEqual(before);
  });

  test('when the alert uses it no more, segment and model can go', async () => {
    const gone = [await api().delete(reference()), await api().delete(`/v3/segments/${used}`)];
    expect(gone.map(({ status, text }) => [status, text])).toEqual([
      [200, ''],
      [200, ''],
    ]);
    expect(expectNormal(await api().delete(`/v3/models/${v1}`), 202).job).toMatchObject({ name: 'Delete model' });
    for (const { id } of old) expectError(await api().get(`/v3/segments/${id}`), 404, 'ObjectNotFound');
  });
});

describe('what v2 has goes on', () => {
  test('its export is what a bulk create takes, and gives another model the same segments', async () => {
    elsewhere = await newModel('v1', columnsOfV2, 'loyalty_eu');
    const { segments } = await exportOf(v2);
    expect(expectNormal(await bulk(elsewhere, segments, 'loyalty goes to Europe')).created).toHaveLength(30);
    expect(await exportOf(elsewhere)).toEqual({ segments: arriving });
  });

  test('one of them as SQL for where the rows are', async () => {
    expect(expectNormal(await api().post('/v3/segments/sql', { segment_id: copied[0]!.id, dialect: 'duckdb' }))).toEqual({
      dialect: 'duckdb',
      sql: '("customer_age" > CAST($1 AS BIGINT)) AND ((CAST("region" AS VARCHAR) COLLATE C) = CAST($2 AS VARCHAR))',
      parameters: [30, 'age'],
    });
  });

  test('asked for again it is not sent again', async () => {
    const at = `/v3/segments/${copied[0]!.id}`;
    const first = await api().get(at);
    expect(expectNormal(first).definition).toBe(arriving[0]!.definition);
    const etag = String(first.headers.get('etag'));
    const again = await api().send('GET', at, { headers: { 'if-none-match': etag } });
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  });
});

test('the feed tells all of it: one event for each segment that came or went, in the order in which it happened', async () => {
  const there = expectPaginated(await api().get(`/v3/models/${elsewhere}/segments`, { limit: 100 })) as Created[];
  expect((await api().delete(`/v3/projects/${project}`)).status).toBe(200);
  const events = expectPaginated(await api().get('/v3/segments/events', eventsAfter(eventsBefore)));
  const told = events.map(({ type, segment, model }) => ({ type, id: segment.id, name: segment.name, model: model.id }));
  const first = old.find(({ id }) => id === used);
  const others = old.filter(({ id }) => id !== used);
  const ordered = [
    ...old.map((one) => line('created', one, v1)),
    ...copied.map((one) => line('created', one, v2)),
    line('deleted', first!, v1),
  ];
  expect(told.slice(0, ordered.length)).toEqual(ordered);
  // Those of one model go in one statement: they have no order among themselves.
  const byId = (lines: readonly { id: string }[]) => lines.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const [endOfV1, endOfBulk] = [ordered.length + others.length, ordered.length + others.length + there.length];
  expect(byId(told.slice(ordered.length, endOfV1))).toEqual(byId(others.map((one) => line('deleted', one, v1))));
  expect(told.slice(endOfV1, endOfBulk)).toEqual(there.map((one) => line('created', one, elsewhere)));
  const last = [...copied.map((one) => line('deleted', one, v2)), ...there.map((one) => line('deleted', one, elsewhere))];
  expect(byId(told.slice(endOfBulk))).toEqual(byId(last));
  const sequences = events.map(({ sequence }) => sequence as number);
  expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b));
  expect(new Set(events.map(({ id }) => id)).size).toBe(2 * (40 + 30 + 30));
  expect(events.map(({ actor }) => actor.id)).toEqual(events.map(() => ada.id));
});
