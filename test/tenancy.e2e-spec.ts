import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer, Api } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { acme, churnV1, churnV2, globex, globexChurn, globexModel, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { routeTable } from './support/route-table.js';
import { withStatements } from './support/statements.js';
import { useWorld } from './support/world.js';

/** A is acme, which asks; B is globex, whose things must not exist for A (`reliability.md` a.2). */
const world = useWorld();
const A = () => world.api.as(pia.email);
const B = () => world.api.as(gus.email);
let segmentOfB: any;

beforeAll(async () => {
  [segmentOfB] = expectPaginated(await B().get('/v3/segments'));
  expect(segmentOfB.organization).toEqual({ id: globex.id, name: 'globex' });
});

/** An answer as the caller sees it, without what is new in every answer. */
const seen = ({ status, text, headers }: Answer) => ({
  status,
  text,
  headers: [...headers].filter(([name]) => !['date', 'x-request-id'].includes(name) && !name.startsWith('ratelimit-')),
});

describe("B's id and an id that nothing has get the same answer, byte for byte", () => {
  test.each<[string, (id: string) => Promise<Answer>, () => string]>([
    ['S01 read a segment', (id) => A().get(`/v3/segments/${id}`), () => segmentOfB.id],
    ['S02 delete a segment', (id) => A().delete(`/v3/segments/${id}`), () => segmentOfB.id],
    ["S03 a model's segments", (id) => A().get(`/v3/models/${id}/segments`), () => globexModel.id],
    ['S04 create in a model', (id) => A().post('/v3/segments', { model_id: id, name: 'S04', definition: 'age > 1' }), () => globexModel.id],
    [
      'S04 create in a model, wrongly',
      (id) => A().post('/v3/segments', { model_id: id, name: 'S04', definition: 'agee > 1' }),
      () => globexModel.id,
    ],
    [
      'S04 create in a model, a taken name',
      (id) => A().post('/v3/segments', { model_id: id, name: 'seniors', definition: 'age > 1' }),
      () => globexModel.id,
    ],
    ['S01 read a model', (id) => A().get(`/v3/models/${id}`), () => globexModel.id],
    ['S02 delete a model', (id) => A().delete(`/v3/models/${id}`), () => globexModel.id],
    ['S01 read a project', (id) => A().get(`/v3/projects/${id}`), () => globexChurn.id],
    ['S02 delete a project', (id) => A().delete(`/v3/projects/${id}`), () => globexChurn.id],
  ])('%s', async (_, send, idOfB) => {
    const [foreign, missing] = [await send(idOfB()), await send(nobodysId)];
    expectError(missing, 404, 'ObjectNotFound');
    expect(seen(foreign)).toEqual(seen(missing));
  });

  test('S02 and B still has it all', async () => {
    expect(expectNormal(await B().get(`/v3/segments/${segmentOfB.id}`))).toEqual(segmentOfB);
    expect(expectPaginated(await B().get(`/v3/models/${globexModel.id}/segments`))).toEqual([segmentOfB]);
    expect(expectNormal(await B().get(`/v3/projects/${globexChurn.id}`)).id).toBe(globexChurn.id);
  });
});

/** Ids that a request may name; for a foreign request B's, for a missing one those of nothing. */
interface Ids {
  readonly segment: string;
  readonly model: string;
  readonly project: string;
  readonly job: string;
}
interface Ask {
  readonly path: string;
  readonly json?: object;
}
const filtered = (path: string, field: string, value: string): Ask => ({
  path: `${path}?filter=${encodeURIComponent(JSON.stringify({ rules: [{ field, operator: 'equal', value }] }))}`,
});
const definition = 'age > 1';

/**
 * How each route is asked for something of B, in each place where an id may stand. 404, but for the lists, where it is invisible. A
 * new route has to have its row here; a route that names nothing of anybody has an empty one.
 */
const askedFor: Readonly<Record<string, readonly ((ids: Ids) => Ask)[]>> = {
  'GET /v3/server-info': [],
  'GET /v3/version-compatibility': [],
  'GET /v3/fql-expressions': [],
  'GET /v3/projects': [({ project }) => filtered('/v3/projects', 'id', project)],
  'POST /v3/projects': [],
  'GET /v3/projects/:project_id': [({ project }) => ({ path: `/v3/projects/${project}` })],
  'DELETE /v3/projects/:project_id': [({ project }) => ({ path: `/v3/projects/${project}` })],
  'GET /v3/models': [
    ({ model }) => filtered('/v3/models', 'id', model),
    ({ project }) => filtered('/v3/models', 'project_id', project),
    ({ project }) => ({ path: `/v3/models?project_id=${project}` }),
  ],
  'POST /v3/models': [({ project }) => ({ path: '/v3/models', json: { project_id: project, name: 'S11' } })],
  'GET /v3/models/:model_id': [({ model }) => ({ path: `/v3/models/${model}` })],
  'PATCH /v3/models/:model_id': [({ model }) => ({ path: `/v3/models/${model}`, json: { description: 'S11' } })],
  'DELETE /v3/models/:model_id': [({ model }) => ({ path: `/v3/models/${model}` })],
  'GET /v3/models/:model_id/segments': [({ model }) => ({ path: `/v3/models/${model}/segments` })],
  'POST /v3/models/:model_id/segments/bulk': [
    ({ model }) => ({ path: `/v3/models/${model}/segments/bulk`, json: { segments: [{ name: 'S11', definition }] } }),
  ],
  'POST /v3/models/:model_id/segments/copy': [
    ({ model }) => ({ path: `/v3/models/${model}/segments/copy`, json: { source_model_id: churnV1.id } }),
    ({ model }) => ({ path: `/v3/models/${churnV2.id}/segments/copy`, json: { source_model_id: model } }),
    ({ segment }) => ({ path: `/v3/models/${churnV2.id}/segments/copy`, json: { source_model_id: churnV1.id, segment_ids: [segment] } }),
  ],
  'GET /v3/jobs/:job_id': [({ job }) => ({ path: `/v3/jobs/${job}` })],
  'GET /v3/segments': [
    ({ segment }) => filtered('/v3/segments', 'id', segment),
    ({ model }) => filtered('/v3/segments', 'model_id', model),
    ({ project }) => filtered('/v3/segments', 'project_id', project),
  ],
  'GET /v3/segments/events': [
    ({ segment }) => filtered('/v3/segments/events', 'segment.id', segment),
    ({ model }) => filtered('/v3/segments/events', 'model_id', model),
    ({ project }) => filtered('/v3/segments/events', 'project_id', project),
  ],
  'POST /v3/segments': [({ model }) => ({ path: '/v3/segments', json: { model_id: model, name: 'S11', definition } })],
  'GET /v3/segments/:uuid': [({ segment }) => ({ path: `/v3/segments/${segment}` })],
  'DELETE /v3/segments/:uuid': [({ segment }) => ({ path: `/v3/segments/${segment}` })],
  'GET /v3/segments/:uuid/references': [({ segment }) => ({ path: `/v3/segments/${segment}/references` })],
  'PUT /v3/segments/:uuid/references/:kind/:key': [({ segment }) => ({ path: `/v3/segments/${segment}/references/alert/S11`, json: {} })],
  'DELETE /v3/segments/:uuid/references/:kind/:key': [({ segment }) => ({ path: `/v3/segments/${segment}/references/alert/S11` })],
  'POST /v3/segments/validate': [({ model }) => ({ path: '/v3/segments/validate', json: { model_id: model, definition } })],
  'POST /v3/segments/evaluate': [
    ({ model }) => ({ path: '/v3/segments/evaluate', json: { model_id: model, definition, rows: [{ age: 2 }] } }),
    ({ segment }) => ({ path: '/v3/segments/evaluate', json: { segment_id: segment, rows: [{ age: 2 }] } }),
  ],
  'POST /v3/segments/sql': [
    ({ model }) => ({ path: '/v3/segments/sql', json: { model_id: model, definition, dialect: 'duckdb' } }),
    ({ segment }) => ({ path: '/v3/segments/sql', json: { segment_id: segment, dialect: 'duckdb' } }),
  ],
  'POST /v3/segments/compare': [
    ({ model }) => ({ path: '/v3/segments/compare', json: { model_id: model, first: { definition }, second: { definition } } }),
    ({ segment }) => ({ path: '/v3/segments/compare', json: { first: { segment_id: segment }, second: { definition } } }),
    ({ segment }) => ({ path: '/v3/segments/compare', json: { first: { definition }, second: { segment_id: segment } } }),
  ],
  'POST /v3/models/:model_id/segments/recheck': [({ model }) => ({ path: `/v3/models/${model}/segments/recheck`, json: { columns: [] } })],
  'GET /v3/models/:model_id/segments/export': [({ model }) => ({ path: `/v3/models/${model}/segments/export` })],
};
/** A route without an id in its address that answers 200 with nothing in it. */
const lists: ReadonlySet<string> = new Set(['GET /v3/projects', 'GET /v3/models', 'GET /v3/segments', 'GET /v3/segments/events']);

describe('S11 every route of the router, with ids of B', () => {
  let idsOfB: Ids;
  const idsOfNothing: Ids = { segment: nobodysId, model: nobodysId, project: nobodysId, job: nobodysId };

  beforeAll(async () => {
    const model = expectNormal(await B().post('/v3/models', modelBody({ project_id: globexChurn.id, name: 'to be deleted' })));
    const { job } = expectNormal(await B().delete(`/v3/models/${model.id}`), 202);
    expect(expectNormal(await B().get(`/v3/jobs/${job.id}`)).id).toBe(job.id);
    idsOfB = { segment: segmentOfB.id, model: globexModel.id, project: globexChurn.id, job: job.id };
  });

  test('S11 each route has its row, and each row its route', async () => {
    const routes = (await routeTable()).filter(({ pattern }) => pattern.startsWith('/v3/'));
    expect(Object.keys(askedFor).sort()).toEqual(routes.map(({ method, pattern }) => `${method} ${pattern}`).sort());
  });

  test.each(Object.keys(askedFor).filter((route) => askedFor[route]!.length > 0))('S11 %s', async (route) => {
    for (const ask of askedFor[route]!) {
      const send = ({ path, json }: Ask) => A().send(route.split(' ')[0]!, path, json === undefined ? {} : { json });
      const [foreign, missing] = [await send(ask(idsOfB)), await send(ask(idsOfNothing))];
      if (lists.has(route) && missing.status === 200) expect(expectPaginated(missing)).toEqual([]);
      else expectError(missing, 404, 'ObjectNotFound');
      expect(seen(foreign)).toEqual(seen(missing));
    }
  });
});

describe('S12 neither the clock nor the database tells B’s segment from none', () => {
  /** In turns, so that whatever else the machine does falls on both. */
  async function inTurns(times: number, api: Api): Promise<Record<'foreign' | 'missing', number[]>> {
    const took: Record<'foreign' | 'missing', number[]> = { foreign: [], missing: [] };
    for (let round = 0; round < times; round++) {
      for (const [which, id] of [
        ['foreign', segmentOfB.id],
        ['missing', nobodysId],
      ] as const) {
        const start = performance.now();
        expect((await api.as(pia.email).get(`/v3/segments/${id}`)).status).toBe(404);
        took[which].push(performance.now() - start);
      }
    }
    return took;
  }

  test('S12 the same statements', async () => {
    await withStatements(world.database.url, { DATABASE_POOL_SIZE: '1' }, async ({ api, statementsOf }) => {
      /** What asking for this id makes the service ask; who asks is looked up now and then, and is the same for both. */
      const statementsFor = async (id: string): Promise<string[]> => {
        const all = await statementsOf(async () => expect((await api.as(pia.email).get(`/v3/segments/${id}`)).status).toBe(404));
        return all.filter((sql) => /\bsegment\b/i.test(sql));
      };
      await statementsFor(nobodysId);
      const [foreign, missing] = [await statementsFor(segmentOfB.id), await statementsFor(nobodysId)];
      expect(foreign).toEqual(missing);
      expect(foreign.length).toBeGreaterThanOrEqual(1);
    });
  });

  test('S12 the medians of 200 requests each, in turns, are within a third of one another', async () => {
    await inTurns(20, world.api);
    const { foreign, missing } = await inTurns(200, world.api);
    const median = (times: number[]) => times.toSorted((a, b) => a - b)[times.length / 2]!;
    // A statement more would take half as long again; what else the machine does falls on both.
    const ratio = median(foreign) / median(missing);
    expect(Math.max(ratio, 1 / ratio)).toBeLessThan(4 / 3);
  });
});

describe('lists show what is A’s alone', () => {
  const rule = (field: string, operator: string, value: unknown) => ({ field, operator, value });
  test.each<[string, object, number]>([
    [
      'S05 an OR around the whole tree',
      { condition: 'OR', rules: [rule('name', 'not_equal', 'zz'), rule('model_id', 'equal', globexModel.id)] },
      3,
    ],
    ["S05 B's model", rule('model_id', 'equal', globexModel.id), 0],
    ["S05 B's organization", rule('organization_id', 'equal', globex.id), 0],
    ['S05 not our organization', rule('organization.name', 'not_equal', 'acme'), 0],
    ["S05 B's author", rule('created_by.email', 'equal', gus.email), 0],
    ["S05 B's segment by id", rule('id', 'in', ['segment-of-b', nobodysId]), 0],
    ['S05 everything', rule('name', 'contains', ''), 3],
    ['S05 nothing but negations', rule('id', 'not_in', [nobodysId]), 3],
  ])('%s', async (_, filter, total) => {
    const text = JSON.stringify(filter).replace('segment-of-b', segmentOfB.id);
    const answer = await A().get('/v3/segments', { filter: text });
    expect(expectPaginated(answer).every(({ organization }) => organization.id === acme.id)).toBe(true);
    expect(answer.body.data.total).toBe(total);
  });

  test.each(['globex', 'globexword', 'gus@globex.test', 'Gus'])('S06 a search for %s, which only B has', async (search) => {
    expect(expectPaginated(await A().get('/v3/segments', { search }))).toEqual([]);
  });

  test('S06 the search finds it for B', async () => {
    expect(expectPaginated(await B().get('/v3/segments', { search: 'globex word' }))).toEqual([segmentOfB]);
  });

  test.each(['id', 'name', '-created_at', 'organization.name', '-organization.name', 'project.name', 'created_by.email', '-model.version'])(
    'S06 ordered by %s',
    async (ordering) => {
      const answer = await A().get('/v3/segments', { ordering });
      expect(new Set(expectPaginated(answer).map(({ organization }) => organization.id))).toEqual(new Set([acme.id]));
      expect(answer.body.data.total).toBe(3);
      expect(expectPaginated(await A().get('/v3/segments', { ordering, offset: 3 }))).toEqual([]);
    },
  );

  test.each(['/v3/projects', '/v3/models'])('S06 %s', async (path) => {
    const items = expectPaginated(await A().get(path, { limit: 1_000 }));
    expect(items.length).toBeGreaterThan(0);
    expect(JSON.stringify(items)).not.toContain('globex');
  });
});

test.each([
  'created_by.password',
  'organization.secret',
  '__proto__',
  'constructor',
  'id; DROP TABLE segment',
  "name' OR '1'='1",
  'created_by.organization_id',
  'password_hash',
])('S07 no way to the hidden column %s', async (field) => {
  const filter = { condition: 'AND', rules: [{ field, operator: 'equal', value: 'x' }] };
  expectError(await A().get('/v3/segments', { filter }), 400, 'InvalidFilter', { field: 'filter.rules[0].field' });
  expectError(await A().get('/v3/segments', { ordering: field }), 400, 'InvalidOrdering', { field: 'ordering' });
});

test('S08 one name in a model of A and in a model of B of the same name', async () => {
  const create = { name: 'in both organizations', definition: 'age > 1' };
  const ours = expectNormal(await A().post('/v3/segments', { ...create, model_id: churnV1.id }));
  const theirs = expectNormal(await B().post('/v3/segments', { ...create, model_id: globexModel.id }));
  expect([ours.organization.name, theirs.organization.name]).toEqual(['acme', 'globex']);
  expectError(await A().post('/v3/segments', { ...create, model_id: churnV1.id }), 409, 'Conflict');
});

test('S09 who may not read learns no name: 403, not 409', async () => {
  for (const name of ['seniors', 'no such name']) {
    const answers = [vic, out].map(({ email }) =>
      world.api.as(email).post('/v3/segments', { model_id: churnV1.id, name, definition: 'age > 1' }),
    );
    for (const answer of await Promise.all(answers)) expectError(answer, 403, 'Forbidden');
  }
});

test('S01 nothing of B is in anything that A was told', async () => {
  const info = expectNormal(await world.api.as(wim.email).get('/v3/server-info'));
  expect(info.organization).toEqual({ id: acme.id, name: 'acme' });
});
