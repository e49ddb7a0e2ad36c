import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { apiAt, type Answer, type Api } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { engine } from './support/database.js';
import { acme, churnV1, churnV2, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { startService, type Service } from './support/service.js';
import { withStatements } from './support/statements.js';
import { useWorld } from './support/world.js';

const world = useWorld();
let second: Service;
let nodes: Api[];
beforeAll(async () => {
  second = await startService({ databaseUrl: world.database.url });
  nodes = [world.api, apiAt(second.url)];
}, 60_000);
afterAll(() => second?.stop());

let made = 0;
const freshKey = () => `key ${++made}`;
const segment = (changes: object = {}) => ({ name: `keyed ${++made}`, definition: 'age > 30', ...changes });
const send = (path: string, json: unknown, key: string, { api = world.api, as = wim.email } = {}) =>
  api.as(as).send('POST', path, { json, headers: { 'idempotency-key': key } });
const create = (json: object, key: string, how = {}) => send('/v3/segments', { model_id: churnV1.id, ...json }, key, how);
const kept = () => world.database.query('SELECT request_key FROM idempotency_key ORDER BY request_key');
const replayed = (answer: Answer) => answer.headers.get('idempotency-replayed');
const bulk = `/v3/models/${churnV1.id}/segments/bulk`;
const copy = `/v3/models/${churnV2.id}/segments/copy`;

describe.each<[string, string, () => object, object]>([
  ['create', '/v3/segments', () => ({ model_id: churnV1.id, ...segment({ description: 'x\ny' }) }), {}],
  ['bulk', bulk, () => ({ segments: [segment(), segment()] }), {}],
  ['copy', copy, () => ({ source_model_id: churnV1.id, on_conflict: 'skip' }), { dry_run: false }],
])('%s', (_, path, body, other) => {
  test('the same again: the same answer, byte for byte, and nothing more', async () => {
    const [json, key] = [body(), freshKey()];
    const first = await send(path, json, key);
    expectNormal(first);
    expect(replayed(first)).toBeNull();
    const before = await world.database.content();
    for (const api of nodes) {
      const again = await send(path, json, key, { api });
      expect([again.status, again.text, replayed(again)]).toEqual([200, first.text, 'true']);
    }
    expect(await world.database.content()).toEqual(before);
  });

  test('another body under the key: 422, and nothing is written', async () => {
    const [json, key] = [body(), freshKey()];
    expectNormal(await send(path, json, key));
    const before = await world.database.content();
    expectError(await send(path, { ...body(), ...other }, key), 422, 'IdempotencyKeyReused', { field: 'Idempotency-Key' });
    expect(await world.database.content()).toEqual(before);
  });

  test.each<[string, string]>([
    ['empty', ''],
    ['too long', 'k'.repeat(256)],
    ['a character that is not ASCII', 'kéy'],
  ])('a key that is %s: 400', async (__, key) => {
    expectError(await send(path, body(), key), 400, 'BadRequest', { field: 'Idempotency-Key', says: '1 to 255 printable ASCII' });
  });
});

test('a keyed create is answered as it is read afterwards', async () => {
  const answer = expectNormal(await create(segment({ definition: " age > 1 and geography == 'Hawaii' ", description: 'd' }), freshKey()));
  expect(expectNormal(await world.api.as(vic.email).get(`/v3/segments/${answer.id}`))).toEqual(answer);
});

test('the first answer is given again when the segment is gone', async () => {
  const [json, key] = [segment(), freshKey()];
  const first = await create(json, key);
  expect((await world.api.as(wim.email).delete(`/v3/segments/${expectNormal(first).id}`)).status).toBe(200);
  const again = await create(json, key);
  expect([again.text, replayed(again)]).toEqual([first.text, 'true']);
  expectNormal(await create(json, freshKey()));
});

test('the key is the same for another route, another model, and not for another user', async () => {
  const [json, key] = [segment(), freshKey()];
  expectNormal(await create(json, key));
  expectError(await send(bulk, { segments: [segment()] }, key), 422, 'IdempotencyKeyReused');
  expectError(await create({ ...json, model_id: churnV2.id }, key), 422, 'IdempotencyKeyReused');
  expectError(await create(json, key, { as: pia.email }), 409, 'Conflict', { says: json.name });
  expectNormal(await create(segment(), key, { as: pia.email }));
});

describe('the same request in another form', () => {
  const [name, definition] = ['one', 'age > 30'];
  test.each<[string, (name: string) => object, (name: string) => object, string]>([
    [
      'members in another order',
      (of) => ({ name: of, definition, model_id: churnV1.id }),
      (of) => ({ model_id: churnV1.id, definition, name: of }),
      '/v3/segments',
    ],
    ['of a member, too', (of) => ({ segments: [{ name: of, definition }] }), (of) => ({ segments: [{ definition, name: of }] }), bulk],
    [
      'an id in the address in another form',
      (of) => ({ segments: [{ name: of, definition }] }),
      (of) => ({ segments: [{ name: of, definition }] }),
      bulk,
    ],
  ])('%s: the same answer', async (what, first, again, path) => {
    const key = freshKey();
    const answer = await send(path, first(`${name} ${key}`), key);
    expectNormal(answer);
    const other = what.startsWith('an id') ? path.replace(churnV1.id, churnV1.id.toUpperCase()) : path;
    const repeated = await send(other, again(`${name} ${key}`), key);
    expect([repeated.text, replayed(repeated)]).toEqual([answer.text, 'true']);
  });

  test('segments in another order are another request', async () => {
    const [one, two, key] = [segment(), segment(), freshKey()];
    expectNormal(await send(bulk, { segments: [one, two] }, key));
    expectError(await send(bulk, { segments: [two, one] }, key), 422, 'IdempotencyKeyReused');
  });
});

test('bulk of two models under one key: the address counts too', async () => {
  const [json, key] = [{ segments: [segment()] }, freshKey()];
  expectNormal(await send(bulk, json, key));
  expectError(await send(`/v3/models/${churnV2.id}/segments/bulk`, json, key), 422, 'IdempotencyKeyReused');
});

test('keys of every printable character, and such as differ in case, are told apart', async () => {
  const printable = String.fromCharCode(...Array.from({ length: 94 }, (_, at) => 33 + at));
  for (const key of [printable, 'Case', 'case']) expect(replayed(await create(segment(), key))).toBeNull();
});

describe('what is refused is not remembered', () => {
  test.each<[string, object, number]>([
    ['a wrong definition', { definition: 'agee > 1' }, 400],
    ['a name that is taken', { name: 'seniors' }, 409],
    ['a body that is wrong', { description: 5 }, 400],
  ])('%s', async (_, changes, status) => {
    const key = freshKey();
    const before = await kept();
    for (let time = 0; time < 2; time++) {
      const answer = await create(segment(changes), key);
      expect([answer.status, replayed(answer)]).toEqual([status, null]);
    }
    expect(await kept()).toEqual(before);
    expectNormal(await create(segment(), key));
  });

  test('a dry run', async () => {
    const key = freshKey();
    const before = await world.database.content();
    expectNormal(await send(bulk, { segments: [segment()], dry_run: true }, key));
    expect(await world.database.content()).toEqual(before);
    expect(replayed(await send(bulk, { segments: [segment()] }, key))).toBeNull();
  });

  test('who may not write gets no answer of somebody who may', async () => {
    const [json, key] = [segment(), freshKey()];
    expectNormal(await create(json, key));
    expectError(await create(json, key, { as: vic.email }), 403, 'Forbidden');
  });
});

test('after 24 hours the key is free, and what has expired goes when its user writes again', async () => {
  const [key, other] = [freshKey(), freshKey()];
  const json = segment();
  expectNormal(await create(json, key));
  expectNormal(await create(segment(), other));
  const rows = await world.database.query('SELECT created_at, expires_at FROM idempotency_key WHERE request_key = ?', [key]);
  const at = (name: string) => Date.parse(`${String(rows[0]![name]).replace(' ', 'T')}Z`);
  expect(at('expires_at') - at('created_at')).toBe(24 * 60 * 60 * 1_000);
  // As if a day had gone by: also for many more than are removed at a time, of which none is this one.
  const long = '2020-01-01 00:00:00.000';
  for (let n = 0; n < 60; n++)
    await world.database.query(
      `INSERT INTO idempotency_key (organization_id, user_id, request_key, request_hash, answer, created_at, expires_at)
       SELECT organization_id, user_id, ?, request_hash, answer, ?, ? FROM idempotency_key WHERE request_key = ?`,
      [`expired ${n}`, long, long, key],
    );
  await world.database.query('UPDATE idempotency_key SET expires_at = ? WHERE request_key IN (?, ?)', [
    '2020-01-02 00:00:00.000',
    key,
    other,
  ]);
  const again = await create(segment(), key);
  expect([again.status, replayed(again)]).toEqual([200, null]);
  const left = (await kept()).filter(({ request_key }) => String(request_key).startsWith('expired'));
  expect(left).toHaveLength(10);
  expectNormal(await create(segment(), freshKey()));
  const names = (await kept()).map(({ request_key }) => request_key);
  expect(names.filter((name) => String(name).startsWith('expired'))).toEqual([]);
  expect([names.includes(key), names.includes(other)]).toEqual([true, false]);
});

test('what has expired of a user who never comes again goes when a service starts', async () => {
  const row = (n: number, expiresAt: string) => [acme.id, vic.id, `quiet ${n}`, 'x', '{}', '2020-01-01 00:00:00.000', expiresAt];
  // More than are removed at a time.
  const rows = [...Array.from({ length: 501 }, (_, n) => row(n, '2020-01-02 00:00:00.000')), row(501, '2999-01-01 00:00:00.000')];
  const names = 'organization_id, user_id, request_key, request_hash, answer, created_at, expires_at';
  await world.database.query(
    `INSERT INTO idempotency_key (${names}) VALUES ${rows.map(() => '(?, ?, ?, ?, ?, ?, ?)').join(', ')}`,
    rows.flat(),
  );
  const quiet = () => world.database.query("SELECT request_key FROM idempotency_key WHERE request_key LIKE 'quiet %'");
  const others = (await kept()).length - rows.length;
  const tidy = await startService({ databaseUrl: world.database.url });
  try {
    for (let tries = 0; tries < 50 && (await quiet()).length > 1; tries++) await sleep(100);
    expect(await quiet()).toEqual([{ request_key: 'quiet 501' }]);
    expect(await kept()).toHaveLength(others + 1);
  } finally {
    await tidy.stop();
  }
}, 30_000);

describe('at once', () => {
  const CALLS = 20;
  test.each<[string, string, () => object]>([
    ['create', '/v3/segments', () => ({ model_id: churnV1.id, ...segment() })],
    ['bulk', bulk, () => ({ segments: Array.from({ length: 30 }, () => segment()) })],
    ['bulk with skip', bulk, () => ({ segments: Array.from({ length: 30 }, () => segment()), on_conflict: 'skip' })],
  ])(
    `${CALLS} times the same %s on two nodes: it happens once`,
    async (_, path, body) => {
      for (let round = 0; round < 5; round++) {
        const [json, key] = [body(), freshKey()];
        const before = await world.database.query('SELECT id FROM segment');
        const answers = await Promise.all(Array.from({ length: CALLS }, (__, at) => send(path, json, key, { api: nodes[at % 2]! })));
        const done = answers.filter(({ status }) => status === 200);
        expect(done.filter((answer) => replayed(answer) === null)).toHaveLength(1);
        expect(new Set(done.map(({ text }) => text)).size).toBe(1);
        for (const answer of answers.filter(({ status }) => status !== 200)) {
          expectError(answer, 409, 'Conflict', { field: 'Idempotency-Key', says: 'under way' });
          expect(answer.headers.get('retry-after')).toBe('1');
        }
        const count = 'segments' in json ? (json.segments as object[]).length : 1;
        expect(await world.database.query('SELECT id FROM segment')).toHaveLength(before.length + count);
        const late = await send(path, json, key);
        expect([late.text, replayed(late)]).toEqual([done[0]!.text, 'true']);
      }
    },
    60_000,
  );

  test('different keys do not wait for one another', async () => {
    const answers = await Promise.all(Array.from({ length: CALLS }, (_, at) => create(segment(), freshKey(), { api: nodes[at % 2]! })));
    expect(answers.map(({ status, headers }) => [status, headers.get('idempotency-replayed')])).toEqual(answers.map(() => [200, null]));
  });
});

// SQLite's transactions do not wait within a row.
(engine === 'mysql' ? test : test.skip)(
  'a first request that another node has not ended: 409 with Retry-After, then the end that it takes',
  async () => {
    const [json, key] = [segment(), freshKey()];
    const other = await createConnection({ uri: world.database.url });
    try {
      await other.beginTransaction();
      await other.query(
        'INSERT INTO idempotency_key (organization_id, user_id, request_key, request_hash, answer, created_at, expires_at) VALUES (?, ?, ?, ?, ?, NOW(3), NOW(3))',
        [acme.id, wim.id, key, 'x', '{}'],
      );
      const waited = await create(json, key);
      expectError(waited, 409, 'Conflict', { field: 'Idempotency-Key', says: 'under way' });
      expect(waited.headers.get('retry-after')).toBe('1');
      await other.rollback();
      expect(replayed(await create(json, key))).toBeNull();
    } finally {
      await other.end();
    }
  },
);

test('a create without the header asks nothing of the table', async () => {
  await withStatements(world.database.url, {}, async ({ api, statementsOf }) => {
    const statements = (headers: Record<string, string>) =>
      statementsOf(async () =>
        expectNormal(await api.as(wim.email).send('POST', '/v3/segments', { json: { model_id: churnV1.id, ...segment() }, headers })),
      );
    await statements({});
    const about = (all: string[]) => new Set(all.filter((sql) => sql.includes('idempotency_key'))).size;
    expect(about(await statements({}))).toBe(0);
    expect(about(await statements({ 'idempotency-key': freshKey() }))).toBe(3);
  });
});

test('other routes do not know the header', async () => {
  const [json, key] = [modelBody(), freshKey()];
  expectNormal(await send('/v3/models', json, key, { as: pia.email }));
  expectError(await send('/v3/models', json, key, { as: pia.email }), 409, 'Conflict');
});
