import { beforeAll, describe, expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churn, churnV1, churnV2, fraudModel, globexModel, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { runAdmin } from './support/service.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const id = expect.stringMatching(UUID);
const admin = () => world.api.as(pia.email);
const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name);

/** A model version with these columns, and with these segments. */
async function model(columns: Record<string, string>, segments: readonly object[] = []): Promise<string> {
  const schema = { columns: Object.entries(columns).map(([name, data_type]) => ({ name, data_type })) };
  const made = expectNormal(
    await admin().post('/v3/models', modelBody({ project_id: churn.id, schema, spec: { inputs: Object.keys(columns) } })),
  );
  if (segments.length > 0) expectNormal(await admin().post(`/v3/models/${made.id}/segments/bulk`, { segments }));
  return made.id;
}
const copy = (to: string, from: unknown, changes: object = {}, email = pia.email) =>
  world.api.as(email).post(`/v3/models/${to}/segments/copy`, { source_model_id: from, ...changes });
const segmentsOf = async (modelId: string): Promise<any[]> =>
  expectPaginated(await admin().get(`/v3/models/${modelId}/segments`, { limit: 1000 }));
const textsOf = async (modelId: string) =>
  (await segmentsOf(modelId)).map(({ name, description, definition }) => ({ name, description, definition }));

const columns = { age: 'int', geography: 'str', 'max age': 'float', tenure: 'float' };
const originals = [
  { name: 'a', definition: "age > 30 and geography == 'age'", description: 'people\nof age' },
  { name: 'b', definition: '(age<3)or not"max age">5', description: '' },
  { name: 'c', definition: 'tenure > age', description: 'ratio' },
];
let source: string;
let ids: string[];
beforeAll(async () => {
  source = await model(columns, originals);
  ids = (await segmentsOf(source)).map((segment) => segment.id);
}, 60_000);

test('all of them, word for word, as segments of their own', async () => {
  const target = await model(columns);
  const answer = expectNormal(await copy(target, source));
  expect(answer).toEqual({ created: originals.map(({ name }) => ({ id, name })), skipped: [], failed: [] });
  const copies = await segmentsOf(target);
  expect(await textsOf(target)).toEqual(originals);
  expect(copies.map((one) => one.id)).toEqual(answer.created.map((one: any) => one.id));
  expect(copies.filter((one) => ids.includes(one.id))).toEqual([]);
  expect(copies.map((one) => [one.model.id, one.created_by.email])).toEqual(copies.map(() => [target, pia.email]));
  expect(await textsOf(source)).toEqual(originals);
});

test('some of them, in the order asked for, ids in any form', async () => {
  const target = await model(columns);
  const asked = [ids[2]!.toUpperCase(), ids[0]!.replaceAll('-', '')];
  expect(namesOf(expectNormal(await copy(target, source, { segment_ids: asked })).created)).toEqual(['c', 'a']);
  expect(namesOf(await textsOf(target))).toEqual(['a', 'c']);
});

test('of a model without segments: nothing to do', async () => {
  expect(expectNormal(await copy(await model(columns), await model(columns)))).toEqual({ created: [], skipped: [], failed: [] });
});

test('within one model the names are taken', async () => {
  expect(expectError(await copy(source, source), 409, 'Conflict')).toHaveLength(3);
  expect(namesOf(expectNormal(await copy(source, source, { on_conflict: 'skip' })).skipped)).toEqual(['a', 'b', 'c']);
});

describe('column_map', () => {
  const other = { years: 'int', region: 'str', 'the "max"': 'float', tenure: 'float' };
  const map = { age: 'years', geography: 'region', 'max age': 'the "max"' };

  test('renames columns, and neither texts nor what stands round them', async () => {
    const target = await model(other);
    expectNormal(await copy(target, source, { column_map: map }));
    expect((await textsOf(target)).map(({ definition }) => definition)).toEqual([
      "years > 30 and region == 'age'",
      '(years<3)or not"the ""max""">5',
      'tenure > years',
    ]);
    // Written as what they are now: found by the new names alone.
    const using = (name: string) => ({ filter: { field: 'columns', operator: 'any', value: [name] } });
    const found = async (name: string) => namesOf(expectPaginated(await admin().get(`/v3/models/${target}/segments`, using(name))));
    expect([await found('years'), await found('age')]).toEqual([['a', 'b', 'c'], []]);
  });

  test('two names change places', async () => {
    const from = await model({ x: 'int', y: 'int' }, [{ name: 'swap', definition: 'x > 1 and y < 2' }]);
    const to = await model({ x: 'int', y: 'int' });
    expectNormal(await copy(to, from, { column_map: { x: 'y', y: 'x' } }));
    expect((await textsOf(to))[0]!.definition).toBe('y > 1 and x < 2');
  });

  test('the same definition with other names has the fingerprint of one that is written so', async () => {
    const target = await model(other);
    expectNormal(await copy(target, source, { column_map: map, segment_ids: [ids[2]] }));
    const verdict = expectNormal(await admin().post('/v3/segments/validate', { model_id: target, definition: 'years < tenure' }));
    expect(namesOf(verdict.twins)).toEqual(['c']);
  });

  type Row = [what: string, column_map: unknown, field: string, says: string];
  test.each<Row>([
    ['no object', [['age', 'years']], 'column_map', 'must be an object'],
    ['null', null, 'column_map', 'must be an object'],
    ['a value that is no text', { age: 5 }, 'column_map.age', 'must be a text'],
    ['a column that the source lacks', { agee: 'years' }, 'column_map.agee', 'The source model has no column "agee". Did you mean "age"?'],
    ['a column that the target lacks', { age: 'yeers' }, 'column_map.age', 'The target model has no column "yeers". Did you mean "years"?'],
    ['a name that every object has', { constructor: 'years' }, 'column_map.constructor', 'no column "constructor"'],
  ])('%s', async (_, column_map, field, says) => {
    const target = await model(other);
    const before = await world.database.content();
    expectError(await copy(target, source, { column_map }), 400, 'ValidationError', { field, says });
    expect(await world.database.content()).toEqual(before);
  });

  test('both ends wrong: an entry for each', async () => {
    const errors = expectError(await copy(await model(other), source, { column_map: { x: 'y', age: 'z' } }), 400, 'ValidationError');
    expect(errors.map(({ field }) => field)).toEqual(['column_map.x', 'column_map.x', 'column_map.age']);
  });

  test('a type that does not fit is told as in a create, over the renamed text', async () => {
    const target = await model({ years: 'str', geography: 'str', 'max age': 'float', tenure: 'float' });
    const answer = await copy(target, source, { column_map: { age: 'years' }, segment_ids: [ids[1], ids[0]] });
    const errors = expectError(answer, 400, 'FQL_TYPE_MISMATCH', { field: 'segment_ids[1]', says: 'Segment "a": ' });
    expect(errors[0]).toMatchObject({ reason: expect.stringMatching(/^FQL_/), position: { line: 1 }, suggestions: expect.any(Array) });
    expect(errors[0].snippet).toContain('(years<3)');
  });
});

describe('what the target refuses', () => {
  test('a column that it lacks', async () => {
    const target = await model({ age: 'int', geography: 'str' });
    const before = await world.database.content();
    const errors = expectError(await copy(target, source), 400, 'FQL_UNKNOWN_COLUMN', { field: 'source_model_id' });
    expect(errors.map(({ message }) => message.split(':')[0])).toEqual(['Segment "b"', 'Segment "c"']);
    expect(await world.database.content()).toEqual(before);
  });

  test('names: 409, or skipped', async () => {
    const target = await model(columns, [{ name: 'b', definition: 'age > 1' }]);
    const [there] = await segmentsOf(target);
    expectError(await copy(target, source), 409, 'Conflict', { says: `"b" exists already` });
    expect(namesOf(await textsOf(target))).toEqual(['b']);
    expect(expectNormal(await copy(target, source, { on_conflict: 'skip' }))).toEqual({
      created: [
        { id, name: 'a' },
        { id, name: 'c' },
      ],
      skipped: [{ id: there.id, name: 'b' }],
      failed: [],
    });
  });

  test('a dry run says all that and writes nothing', async () => {
    const target = await model({ age: 'int', geography: 'str' }, [{ name: 'a', definition: 'age > 1' }]);
    const before = await world.database.content();
    const { created, skipped, failed } = expectNormal(await copy(target, source, { dry_run: true, on_conflict: 'skip' }));
    expect([created, namesOf(skipped), namesOf(failed)]).toEqual([[], ['a'], ['b', 'c']]);
    expect(await world.database.content()).toEqual(before);
  });
});

describe('bad input', () => {
  type Row = [what: string, from: unknown, changes: object, status: number, reason: string, field: string | undefined];
  test.each<Row>([
    ['no source', undefined, {}, 400, 'ValidationError', 'source_model_id'],
    ['a source that is no id', 'x', {}, 400, 'ValidationError', 'source_model_id'],
    ['a source that nothing is', nobodysId, {}, 404, 'ObjectNotFound', undefined],
    ["another organization's source", globexModel.id, {}, 404, 'ObjectNotFound', undefined],
    ['ids that are no list', churnV1.id, { segment_ids: 'x' }, 400, 'ValidationError', 'segment_ids'],
    ['no ids', churnV1.id, { segment_ids: [] }, 400, 'ValidationError', 'segment_ids'],
    ['null for ids', churnV1.id, { segment_ids: null }, 400, 'ValidationError', 'segment_ids'],
    ['an id that is none', churnV1.id, { segment_ids: [nobodysId, 'x'] }, 400, 'ValidationError', 'segment_ids[1]'],
    ['an id twice', churnV1.id, { segment_ids: [nobodysId, nobodysId] }, 400, 'ValidationError', 'segment_ids[1]'],
    ['too many ids', churnV1.id, { segment_ids: many(501, () => nobodysId) }, 400, 'ValidationError', 'segment_ids'],
    ['an unknown id', churnV1.id, { segment_ids: [nobodysId] }, 404, 'ObjectNotFound', 'segment_ids[0]'],
    ['on_conflict of another kind', churnV1.id, { on_conflict: 'x' }, 400, 'ValidationError', 'on_conflict'],
    ['dry_run of another kind', churnV1.id, { dry_run: 1 }, 400, 'ValidationError', 'dry_run'],
    ['an unknown member', churnV1.id, { columns: {} }, 400, 'ValidationError', 'columns'],
  ])('%s', async (_, from, changes, status, reason, field) => {
    expectError(await copy(churnV2.id, from, changes), status, reason, field === undefined ? {} : { field });
  });

  test('unknown ids are named by their places; a segment of another model is one', async () => {
    const [other] = await segmentsOf(churnV1.id);
    const errors = expectError(await copy(churnV2.id, source, { segment_ids: [nobodysId, ids[0], other.id] }), 404, 'ObjectNotFound');
    expect(errors.map(({ field }) => field)).toEqual(['segment_ids[0]', 'segment_ids[2]']);
  });
});

describe('who may', () => {
  test.each<[string, string, string, string, number]>([
    ['Project Admin of both', pia.email, fraudModel.id, churnV1.id, 200],
    ['Writer of the target who reads the source', wim.email, churnV1.id, churnV2.id, 200],
    ['Writer of the target who may not read the source', wim.email, fraudModel.id, churnV2.id, 403],
    ['Viewer of the target', vic.email, churnV1.id, churnV2.id, 403],
    ['Org Admin by that role alone', ada.email, churnV1.id, churnV2.id, 403],
    ['Org Member without a role', out.email, churnV1.id, churnV2.id, 403],
    ['another organization', gus.email, churnV1.id, churnV2.id, 404],
    ['from another organization into one of theirs', gus.email, churnV1.id, globexModel.id, 404],
  ])('%s', async (_, email, from, to, status) => {
    // Before anything is said about the rest of the body.
    for (const changes of [{ dry_run: true }, ...(status === 200 ? [] : [{ dry_run: 5 }])])
      expect((await copy(to, from, changes, email)).status).toBe(status);
  });
});

test('500 are copied at once, and more must be named', async () => {
  const segments = many(500, (at) => ({ name: `many ${String(at).padStart(3, '0')}`, definition: `age > ${at}`, description: `${at}` }));
  const large = await model(columns, segments);
  const target = await model({ ...columns, years: 'int' });
  expect(expectNormal(await copy(target, large, { column_map: { age: 'years' } })).created).toHaveLength(500);
  expect((await textsOf(target)).at(-1)).toEqual({ name: 'many 499', definition: 'years > 499', description: '499' });
  expectNormal(await admin().post('/v3/segments', { model_id: large, name: 'one more', definition: 'age > 1' }));
  expectError(await copy(await model(columns), large), 400, 'ValidationError', { field: 'segment_ids', says: 'more than 500' });
  const named = (await segmentsOf(large)).slice(-500).map((segment) => segment.id);
  expect(expectNormal(await copy(await model(columns), large, { segment_ids: named })).created).toHaveLength(500);
});

test('admin copy of more than one request may hold: what does not fit in all is refused, and nothing is written', async () => {
  const target = await model(columns);
  const large = await model(
    columns,
    many(500, (at) => ({ name: `large ${at}`, definition: 'age > 1' })),
  );
  expectNormal(await admin().post(`/v3/models/${large}/segments/bulk`, { segments: originals }));
  const run = (quota: number, ...args: string[]) =>
    runAdmin(world.database.url, ['copy', large, target, '--as', wim.email, '--json', ...args], { SEGMENTS_PER_MODEL: String(quota) });
  for (const args of [[], ['--write']]) {
    const { code, stdout } = await run(502, ...args);
    const { written, created, failed } = JSON.parse(stdout);
    expect([code, written, created.length, failed.map(({ errors }: any) => errors[0].reason)]).toEqual([1, false, 502, ['QuotaExceeded']]);
    expect(await world.database.query('SELECT id FROM segment WHERE model_id = ?', [target])).toEqual([]);
  }
  const { code, stdout } = await run(503, '--write');
  expect([code, JSON.parse(stdout).created.length]).toEqual([0, 503]);
  expect(await world.database.query('SELECT id FROM segment WHERE model_id = ?', [target])).toHaveLength(503);
});

describe('admin copy', () => {
  const map = { age: 'years', geography: 'region', 'max age': 'max', tenure: 'tenure' };
  const maps = Object.entries(map).flatMap(([from, to]) => ['--map', `${from}=${to}`]);
  const run = (...args: string[]) => runAdmin(world.database.url, ['copy', source, ...args, '--as', wim.email]);
  let target: string;
  beforeAll(async () => {
    target = await model({ years: 'int', region: 'str', max: 'float', tenure: 'float' });
  });

  test('tells, then writes, then leaves out what is there', async () => {
    const dry = await run(target, ...maps);
    expect(dry).toMatchObject({ code: 0, stderr: 'Dry run: nothing was written. Add --write to store them.\n' });
    expect(dry.stdout).toBe('create   a\ncreate   b\ncreate   c\n3 would be created, 0 taken already, 0 refused\n');
    expect(await textsOf(target)).toEqual([]);
    expect(await run(target, ...maps, '--write')).toMatchObject({
      code: 0,
      stderr: '',
      stdout: expect.stringMatching(/\n3 created, 0 taken/),
    });
    expect((await textsOf(target)).map(({ definition }) => definition)).toEqual([
      "years > 30 and region == 'age'",
      '(years<3)or not"max">5',
      'tenure > years',
    ]);
    const again = await run(target, ...maps, '--skip-taken', '--write', '--json');
    expect(JSON.parse(again.stdout)).toMatchObject({
      written: true,
      created: [],
      skipped: originals.map(({ name }) => ({ name })),
      failed: [],
    });
  });

  test('refuses all when one is refused, and says which and where', async () => {
    const narrow = await model({ age: 'int', tenure: 'float' });
    const { code, stdout, stderr } = await run(narrow, '--write');
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^Nothing was written, since 2 segments were refused\./) });
    expect(stdout).toMatch(
      /^create {3}c\nrefused {2}a\n {2}Segment "a": No column "geography" in this model\. \(FQL_UNKNOWN_COLUMN, line 1, column 14\)/,
    );
    expect(await textsOf(narrow)).toEqual([]);
  });

  test.each<[string, string[], number, RegExp]>([
    ['a pair that is none', ['--map', 'age'], 2, /COLUMN=COLUMN/],
    ['a column twice', ['--map', 'age=x', '--map', 'age=y'], 2, /has a name already/],
    ['a column of no model', ['--map', 'agee=years'], 1, /The source model has no column "agee"/],
  ])('%s', async (_, args, code, says) => {
    expect(await run(target, ...args)).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) });
  });
});
