import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Answer } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { acme, churnV1, globex, globexChurn, globexModel, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
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
    ['S11 read a model', (id) => A().get(`/v3/models/${id}`), () => globexModel.id],
    ['S11 delete a model', (id) => A().delete(`/v3/models/${id}`), () => globexModel.id],
    ['S11 read a project', (id) => A().get(`/v3/projects/${id}`), () => globexChurn.id],
    ['S11 delete a project', (id) => A().delete(`/v3/projects/${id}`), () => globexChurn.id],
  ])('%s', async (_, send, idOfB) => {
    const [foreign, missing] = [await send(idOfB()), await send(nobodysId)];
    expectError(missing, 404, 'ObjectNotFound');
    expect(seen(foreign)).toEqual(seen(missing));
  });

  test('and B still has it all', async () => {
    expect(expectNormal(await B().get(`/v3/segments/${segmentOfB.id}`))).toEqual(segmentOfB);
    expect(expectPaginated(await B().get(`/v3/models/${globexModel.id}/segments`))).toEqual([segmentOfB]);
    expect(expectNormal(await B().get(`/v3/projects/${globexChurn.id}`)).id).toBe(globexChurn.id);
  });
});

test('S11 every route with an id in its address, with ids of B', async () => {
  const idOf: Record<string, string> = { model_id: globexModel.id, project_id: globexChurn.id };
  const paths = Object.entries<Record<string, any>>(world.document.document['paths']).filter(([path]) => path.includes('{'));
  expect(paths.length).toBeGreaterThanOrEqual(5);
  const bodies: Record<string, object> = {
    '/v3/models/{model_id}/segments/bulk': { segments: [{ name: 'S11', definition: 'age > 1' }] },
    '/v3/models/{model_id}/segments/copy': { source_model_id: churnV1.id },
  };
  for (const [path, item] of paths) {
    for (const method of Object.keys(item)) {
      const foreign = path
        .replace('{kind}', 'alert')
        .replace('{key}', 'S11')
        .replaceAll(/\{([^}]+)\}/g, (_, name: string) => idOf[name] ?? segmentOfB.id);
      const answer = await A().send(method.toUpperCase(), foreign, ['post', 'put'].includes(method) ? { json: bodies[path] ?? {} } : {});
      expect({ route: `${method} ${path}`, status: answer.status }).toEqual({ route: `${method} ${path}`, status: 404 });
    }
  }
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

  test.each(['/v3/projects', '/v3/models'])('%s', async (path) => {
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

test('nothing of B is in anything that A was told', async () => {
  const info = expectNormal(await world.api.as(wim.email).get('/v3/server-info'));
  expect(info.organization).toEqual({ id: acme.id, name: 'acme' });
});
