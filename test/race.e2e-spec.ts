import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Api, type Caller } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churnV1, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { startService, type Service } from './support/service.js';
import { useWorld } from './support/world.js';

const CALLS = 50;
const world = useWorld();
let second: Service;
let nodes: Api[];

beforeAll(async () => {
  second = await startService({ databaseUrl: world.database.url });
  nodes = [world.api, apiAt(second.url)];
}, 60_000);
afterAll(() => second?.stop());

describe.each<[string, () => Api[]]>([
  ['one process', () => [world.api]],
  ['two processes on one database', () => nodes],
])('%s', (where, apis) => {
  test.each([1, 2, 3])(`S70 ${CALLS} creates of one name at once, round %i: one 200, all others 409`, async (round) => {
    const name = `race ${where} ${round}`;
    const answers = await Promise.all(
      Array.from({ length: CALLS }, (_, at) => {
        const api = apis()[at % apis().length]!;
        return api.as(at % 3 === 0 ? pia.email : wim.email).post('/v3/segments', { model_id: churnV1.id, name, definition: `age > ${at}` });
      }),
    );
    const won = answers.filter(({ status }) => status === 200);
    for (const answer of answers) if (!won.includes(answer)) expectError(answer, 409, 'Conflict');
    expect(won).toHaveLength(1);
    const filter = { condition: 'AND', rules: [{ field: 'name', operator: 'equal', value: name }] };
    expect(expectPaginated(await world.api.as(wim.email).get('/v3/segments', { filter }))).toEqual([expectNormal(won[0]!)]);
  });
});

test('S70 deletes of one segment at once: one 200, all others 404', async () => {
  const { id } = expectNormal(
    await world.api.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: 'deleted by all', definition: 'age > 1' }),
  );
  const answers = await Promise.all(Array.from({ length: CALLS }, (_, at) => nodes[at % 2]!.as(wim.email).delete(`/v3/segments/${id}`)));
  const lost = answers.filter(({ status }) => status !== 200);
  expect(lost).toHaveLength(CALLS - 1);
  for (const answer of lost) expectError(answer, 404, 'ObjectNotFound');
});

test('creates of different names at once all succeed', async () => {
  const answers = await Promise.all(
    Array.from({ length: CALLS }, (_, at) =>
      nodes[at % 2]!.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: `together ${at}`, definition: 'age > 1' }),
    ),
  );
  expect(new Set(answers.map((answer) => expectNormal(answer).id)).size).toBe(CALLS);
});

test('what one process created, the other one reads at once', async () => {
  const created = expectNormal(
    await nodes[0]!.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: 'read elsewhere', definition: 'age > 1' }),
  );
  expect(expectNormal(await nodes[1]!.as(wim.email).get(`/v3/segments/${created.id}`))).toEqual(created);
});

test('a project that one process made is no secret to the other one, which knew its maker before', async () => {
  const [first, other] = nodes.map((node) => node.as(ada.email)) as [Caller, Caller];
  for (const round of [1, 2]) {
    expectNormal(await other.get('/v3/server-info'));
    const { id } = expectNormal(await first.post('/v3/projects', { name: `of_one_process_${round}` }));
    expect(expectNormal(await other.get(`/v3/projects/${id}`)).id).toBe(id);
    const model = expectNormal(await other.post('/v3/models', modelBody({ project_id: id })));
    expectNormal(await other.post('/v3/segments', { model_id: model.id, name: 'at once', definition: 'age > 1' }));
    // Past the second in which roles are looked up once, within the four for which they are remembered.
    await sleep(1_100);
  }
});
