import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Api } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churnV1, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { startService, type Service } from './support/service.js';
import { modelBody } from './support/model-body.js';
import { untilEachHasWon } from './support/take-turns.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const path = (modelId = churnV1.id) => `/v3/models/${modelId}/segments/bulk`;
const bulk = (segments: unknown, changes: object = {}, api = world.api) => api.as(wim.email).post(path(), { segments, ...changes });

let made = 0;
/** A segment that is fine as it is, under a name of its own. */
const segment = (changes: object = {}) => ({ name: `bulk ${++made}`, definition: 'age > 30', ...changes });
const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));
const namesOf = (items: readonly { name: string }[]) => items.map(({ name }) => name);
const id = expect.stringMatching(UUID);

test('the answer names each one in order, and each is there as if created alone', async () => {
  const sent = [
    segment({ description: 'first' }),
    segment({ definition: " max_age < 3 and geography == 'Hawaii' " }),
    segment({ name: '  blanks  ' }),
  ];
  const answer = expectNormal(await bulk(sent));
  expect(answer).toEqual({
    created: [
      { id, name: sent[0]!.name },
      { id, name: sent[1]!.name },
      { id, name: 'blanks' },
    ],
    skipped: [],
    failed: [],
  });
  const { name, description, definition, model, created_by, created_at, updated_at } = expectNormal(
    await world.api.as(vic.email).get(`/v3/segments/${answer.created[1].id}`),
  );
  expect({ name, description, definition }).toEqual({
    name: sent[1]!.name,
    description: '',
    definition: "max_age < 3 and geography == 'Hawaii'",
  });
  expect([model.id, created_by.email, updated_at]).toEqual([churnV1.id, wim.email, created_at]);
});

test('what lists are read by is written too: columns, texts, fingerprints, totals', async () => {
  const list = (query: object) => world.api.as(wim.email).get('/v3/segments', query as Record<string, string>);
  const before = (await list({ limit: 1 })).body.data.total;
  const [one, two] = [
    segment({ definition: 'tenure > 1 and hascrcard == 1' }),
    segment({ definition: 'hascrcard == 0', description: 'zebra' }),
  ];
  expectNormal(await bulk([one, two]));
  const using = { field: 'columns', operator: 'any', value: ['hascrcard'] };
  expect(namesOf(expectPaginated(await list({ filter: using })))).toEqual([one.name, two.name]);
  expect(namesOf(expectPaginated(await list({ search: 'zebra' })))).toEqual([two.name]);
  expect((await list({ limit: 1 })).body.data.total).toBe(before + 2);
  const check = { model_id: churnV1.id, definition: '0 == hascrcard' };
  expect(namesOf(expectNormal(await world.api.as(wim.email).post('/v3/segments/validate', check)).twins)).toEqual([two.name]);
});

test('of more than a hundred that mean the same, a validation names the oldest hundred', async () => {
  const { id: model } = expectNormal(await world.api.as(wim.email).post('/v3/models', modelBody()));
  for (const segments of [many(100, () => segment()), many(2, () => segment())])
    expectNormal(await world.api.as(wim.email).post(path(model), { segments }));
  const check = { model_id: model, definition: '30 < age' };
  const { twins } = expectNormal(await world.api.as(wim.email).post('/v3/segments/validate', check));
  const oldest = await world.database.query('SELECT name FROM segment WHERE model_id = ? ORDER BY created_at, id', [model]);
  expect([twins.length, namesOf(twins)]).toEqual([100, oldest.slice(0, 100).map(({ name }) => name)]);
});

describe('refused whole', () => {
  type Row = [what: string, segments: unknown, status: number, reason: string, field: string, says: string | RegExp];
  const fine = segment();
  test.each<Row>([
    ['no list', 'x', 400, 'ValidationError', 'segments', 'a list of objects'],
    ['an empty list', [], 400, 'ValidationError', 'segments', 'at least one'],
    ['a list that is missing', undefined, 400, 'ValidationError', 'segments', 'list'],
    ['an item that is no object', [fine, 5], 400, 'ValidationError', 'segments[1]', 'must be an object'],
    ['an item that is a list', [fine, []], 400, 'ValidationError', 'segments[1]', 'must be an object'],
    ['no name', [fine, { definition: 'age > 1' }], 400, 'ValidationError', 'segments[1].name', 'name is missing.'],
    ['a long name', [segment({ name: 'n'.repeat(256) })], 400, 'ValidationError', 'segments[0].name', '255'],
    ['a control character', [segment({ name: 'a\u0007' })], 400, 'ValidationError', 'segments[0].name', 'control'],
    ['no definition', [{ name: 'x' }], 400, 'ValidationError', 'segments[0].definition', 'must be a text'],
    [
      'a definition that is wrong',
      [fine, segment({ definition: 'agee > 1' })],
      400,
      'FQL_UNKNOWN_COLUMN',
      'segments[1].definition',
      'age?',
    ],
    [
      'a definition that is too long',
      [segment({ definition: 'x'.repeat(10_001) })],
      400,
      'FQL_TOO_LONG',
      'segments[0].definition',
      '10000 are allowed',
    ],
    ['an unknown member', [segment({ nam: 'x' })], 400, 'ValidationError', 'segments[0].nam', 'Did you mean "name"'],
    ['the model in an item', [segment({ model_id: churnV1.id })], 400, 'ValidationError', 'segments[0].model_id', 'Unknown member'],
    [
      'a name that is taken',
      [fine, segment({ name: 'seniors' })],
      409,
      'Conflict',
      'segments[1].name',
      /"seniors" exists already.*[0-9a-f-]{36}/s,
    ],
    [
      'a name twice',
      [fine, segment({ name: 'twice' }), segment({ name: ' twice' })],
      409,
      'Conflict',
      'segments[2].name',
      'segments[1] has the name "twice"',
    ],
    [
      'a name and a definition',
      [segment({ name: 'seniors' }), segment({ definition: '' })],
      400,
      'Conflict',
      'segments[0].name',
      'seniors',
    ],
  ])('%s', async (_, segments, status, reason, field, says) => {
    const before = await world.database.content();
    expectError(await bulk(segments), status, reason, { field, says });
    expect(await world.database.content()).toEqual(before);
  });

  test.each<[string, object, string]>([
    ['on_conflict of another kind', { on_conflict: 'replace' }, 'on_conflict'],
    ['on_conflict null', { on_conflict: null }, 'on_conflict'],
    ['dry_run as a text', { dry_run: 'true' }, 'dry_run'],
    ['an unknown member', { model_id: churnV1.id }, 'model_id'],
  ])('%s', async (_, changes, field) => {
    expectError(await bulk([segment()], changes), 400, 'ValidationError', { field });
  });

  test('the entry of a definition has all that a create says', async () => {
    const errors = expectError(await bulk([segment(), segment({ definition: 'age > 1 and agee < 5' })]), 400, 'FQL_UNKNOWN_COLUMN');
    const [alone] = expectError(
      await world.api.as(wim.email).post('/v3/segments', { ...segment({ definition: 'age > 1 and agee < 5' }), model_id: churnV1.id }),
      400,
      'FQL_UNKNOWN_COLUMN',
    );
    expect(errors).toEqual([{ ...alone, field: 'segments[1].definition' }]);
  });

  test('of many problems 20 are told, and how many more there are', async () => {
    const conflicts = expectError(await bulk(many(23, () => segment({ name: 'seniors' }))), 409, 'Conflict');
    expect([conflicts.length, conflicts[20].message]).toEqual([21, '3 more problems are not listed here.']);
    const mixed = expectError(
      await bulk([...many(20, () => segment({ name: 'seniors' })), segment({ definition: 'age >' })]),
      400,
      'Conflict',
    );
    expect([mixed.length, mixed[20].message]).toEqual([21, 'One more problem is not listed here.']);
    expect(expectError(await bulk(many(20, () => segment({ name: 'seniors' }))), 409, 'Conflict')).toHaveLength(20);
  });
});

describe('on_conflict skip', () => {
  test('names that are taken, here or in the request, are left out', async () => {
    const [a, b] = [segment(), segment()];
    const [first] = expectNormal(await bulk([a])).created;
    const answer = expectNormal(await bulk([a, b, { ...b, definition: 'age > 1' }], { on_conflict: 'skip' }));
    expect(answer).toEqual({
      created: [{ id, name: b.name }],
      skipped: [
        { id: first.id, name: a.name },
        { id: answer.created[0].id, name: b.name },
      ],
      failed: [],
    });
    expect(expectNormal(await world.api.as(wim.email).get(`/v3/segments/${answer.created[0].id}`)).definition).toBe(b.definition);
  });

  test('all left out: nothing is written', async () => {
    const before = await world.database.content();
    const { created, skipped } = expectNormal(await bulk([segment({ name: 'seniors' })], { on_conflict: 'skip' }));
    expect([created, namesOf(skipped)]).toEqual([[], ['seniors']]);
    expect(await world.database.content()).toEqual(before);
  });

  test('a wrong definition still refuses all', async () => {
    expectError(
      await bulk([segment(), segment({ name: 'seniors', definition: 'age >' })], { on_conflict: 'skip' }),
      400,
      'FQL_UNEXPECTED_END',
    );
  });
});

describe('dry_run', () => {
  test.each<[string, object, object]>([
    ['fail', {}, { created: ['dry'], skipped: [], failed: ['seniors', 'dry', 'typo', null, null] }],
    ['skip', { on_conflict: 'skip' }, { created: ['dry'], skipped: ['seniors', 'dry'], failed: ['typo', null, null] }],
  ])('%s: says what would become of each and writes nothing', async (_, changes, expected) => {
    const before = await world.database.content();
    const segments = [
      segment({ name: 'dry' }),
      segment({ name: 'seniors' }),
      segment({ name: 'dry' }),
      segment({ name: 'typo', definition: 'agee > 1' }),
      null,
      segment({ name: 5 }),
    ];
    const answer = expectNormal(await bulk(segments, { dry_run: true, ...changes }));
    expect({ created: namesOf(answer.created), skipped: namesOf(answer.skipped), failed: namesOf(answer.failed) }).toEqual(expected);
    expect(answer.created).toEqual([{ id: null, name: 'dry' }]);
    expect(answer.failed.find(({ name }: { name: string }) => name === 'typo').errors).toMatchObject([
      {
        reason: 'FQL_UNKNOWN_COLUMN',
        field: 'segments[3].definition',
        position: { offset: 0 },
        suggestions: [{ title: 'Replace by age' }],
      },
    ]);
    expect(await world.database.content()).toEqual(before);
  });

  test('past a thousand problems the rest is not checked, and says so', async () => {
    const wrong = many(20, (at) => `nocolumn${at} > 1`).join(' and ');
    const { failed } = expectNormal(
      await bulk(
        many(60, () => segment({ definition: wrong })),
        { dry_run: true },
      ),
    );
    expect(failed.map(({ errors }: { errors: unknown[] }) => errors.length)).toEqual([...many(50, () => 20), ...many(10, () => 1)]);
    expect(failed[50].errors[0].message).toMatch(/^This segment was not checked/);
  });
});

describe('who may', () => {
  test.each<[string, string, number, string]>([
    ['Project Admin', pia.email, 200, ''],
    ['Project Writer', wim.email, 200, ''],
    ['Project Viewer', vic.email, 403, 'Forbidden'],
    ['Org Admin by that role alone', ada.email, 403, 'Forbidden'],
    ['Org Member without a role', out.email, 403, 'Forbidden'],
    ['another organization', gus.email, 404, 'ObjectNotFound'],
  ])('%s', async (_, email, status, reason) => {
    const answer = await world.api.as(email).post(path(), { segments: [segment()] });
    if (status === 200) expectNormal(answer);
    else expectError(answer, status, reason);
    // Before anything is said about the body.
    if (status !== 200) expectError(await world.api.as(email).post(path(), { segments: 5 }), status, reason);
  });

  test.each<[string, string, number]>([
    ['no such model', nobodysId, 404],
    ['no id', 'x', 400],
  ])('%s', async (_, modelId, status) => {
    expect((await world.api.as(wim.email).post(path(modelId), { segments: [segment()] })).status).toBe(status);
  });
});

test('500 at once, with the longest names and descriptions that fit', async () => {
  const segments = many(500, (at) =>
    segment({ name: `${at} `.padEnd(255, 'n'), description: 'd'.repeat(2_000), definition: `age > ${at} and max_age < 9` }),
  );
  expect(expectNormal(await bulk(segments)).created).toHaveLength(500);
  expectError(await bulk([...segments, segment()]), 400, 'ValidationError', { field: 'segments', says: '500' });
});

describe('at once', () => {
  const ROUNDS = 20;
  let second: Service;
  let nodes: Api[];
  beforeAll(async () => {
    second = await startService({ databaseUrl: world.database.url });
    nodes = [world.api, apiAt(second.url)];
  }, 60_000);
  afterAll(() => second?.stop());

  const overlapping = (round: number) => [
    many(12, (at) => ({ name: `race ${round} ${at}`, definition: 'age > 1' })),
    many(12, (at) => ({ name: `race ${round} ${17 - at}`, definition: 'age > 2' })),
  ];
  /** The segments of the round as they are stored: name → what its writer wrote. */
  const stored = async (round: number) => {
    const rows = await world.database.query('SELECT name, definition, id FROM segment WHERE name LIKE ? ORDER BY name', [
      `race ${round} %`,
    ]);
    return new Map(rows.map(({ name, id: rowId }) => [String(name), String(rowId)]));
  };

  test(`two with some of the same names, ${ROUNDS} times: one 200, the other 409 naming each, and nothing of the loser`, async () => {
    for (const round of Array(ROUNDS).keys()) {
      const requests = overlapping(round);
      const answers = await Promise.all(requests.map((segments, at) => bulk(segments, {}, nodes[at]!)));
      const won = answers.findIndex(({ status }) => status === 200);
      expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 409]);
      const errors = expectError(answers[1 - won]!, 409, 'Conflict');
      expect(errors.map(({ message }) => message.match(/"(.*)"/)[1]).toSorted()).toEqual(
        many(6, (at) => `race ${round} ${at + 6}`).toSorted(),
      );
      expect([...(await stored(round)).keys()].toSorted()).toEqual(namesOf(requests[won]!).toSorted());
    }
  }, 60_000);

  test(`the same with skip, ${ROUNDS} times: both 200, and each name once`, async () => {
    for (const round of many(ROUNDS, (at) => 100 + at)) {
      const answers = await Promise.all(overlapping(round).map((segments, at) => bulk(segments, { on_conflict: 'skip' }, nodes[at]!)));
      const all = answers.map((answer) => expectNormal(answer));
      const rows = await stored(round);
      expect(rows.size).toBe(18);
      const created = all.flatMap((answer) => answer.created);
      expect(new Map(created.map((one: any) => [one.name, one.id]))).toEqual(rows);
      expect(created).toHaveLength(18);
      for (const { skipped } of all) for (const one of skipped) expect(one.id).toBe(rows.get(one.name));
    }
  }, 60_000);

  test('a model that is deleted meanwhile: all or nothing, and no answer but 200 and 404', async () => {
    await untilEachHasWon(async (turns) => {
      const model = expectNormal(await world.api.as(pia.email).post('/v3/models', modelBody()));
      const [answer, gone] = await Promise.all([
        turns[0]().then(() => world.api.as(pia.email).post(path(model.id), { segments: many(50, () => segment()) })),
        turns[1]().then(() => nodes[1]!.as(pia.email).delete(`/v3/models/${model.id}`)),
      ]);
      expect([[200, 404].includes(answer.status), gone.status]).toEqual([true, 202]);
      expect(await world.database.query('SELECT id FROM segment WHERE model_id = ?', [model.id])).toEqual([]);
      return answer.status === 200 ? 0 : 1;
    });
  });
});
