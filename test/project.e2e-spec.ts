import { describe, expect, test } from '@jest/globals';
import type { Answer } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { acme, ada, bo, churn, churnV1, churnV2, fraud, globexChurn, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const as = ({ email }: { email: string }) => world.api.as(email);

let made = 0;
const newProject = async (): Promise<any> => expectNormal(await as(ada).post('/v3/projects', { name: `project_${++made}` }));
const names = async (user: { email: string }, query: object = {}) =>
  expectPaginated(await as(user).get('/v3/projects', { limit: 1_000, ...query }))
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('project_'));

/** A status, and for a refusal its reason. */
function expectStatus(answer: Answer, status: number): void {
  const reasons: Record<number, string> = { 400: 'BadRequest', 403: 'Forbidden', 404: 'ObjectNotFound', 409: 'Conflict' };
  if (reasons[status] === undefined) expect(answer.status).toBe(status);
  else expectError(answer, status, reasons[status]);
}

test('a created project is whole, its creator is its Project Admin at once, and it can be read again', async () => {
  const author = { id: ada.id, full_name: 'Ada Admin', email: ada.email };
  const project = expectNormal(await as(ada).post('/v3/projects', { name: 'My-project_1' }));
  expect(project).toEqual({
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    name: 'My-project_1',
    asset_type: 'ML_MODEL',
    organization: { id: acme.id, name: 'acme' },
    created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
    updated_at: project.created_at,
    created_by: author,
    updated_by: author,
  });
  expect(expectNormal(await as(ada).get(`/v3/projects/${project.id}`))).toEqual(project);
  expectStatus(await as(ada).delete(`/v3/projects/${project.id}`), 200);
});

describe('names', () => {
  test.each([
    ['one letter', 'a'],
    ['letters, digits, - and _', 'Az09-_'],
    ['at its limit', 'n'.repeat(255)],
    ['outer blanks are dropped', '  trimmed '],
  ])('%s: accepted', async (_, name) => {
    const project = expectNormal(await as(ada).post('/v3/projects', { name }));
    expect(project.name).toBe(name.trim());
    expectStatus(await as(ada).delete(`/v3/projects/${project.id}`), 200);
  });

  test.each<[string, unknown, string]>([
    ['missing', {}, 'name'],
    ['null', { name: null }, 'name'],
    ['a number', { name: 5 }, 'name'],
    ['empty', { name: '' }, 'name'],
    ['blank', { name: '   ' }, 'name'],
    ['a blank inside', { name: 'two words' }, 'name'],
    ['an umlaut', { name: 'größe' }, 'name'],
    ['a dot', { name: 'a.b' }, 'name'],
    ['too long', { name: 'n'.repeat(256) }, 'name'],
    ['an unknown member', { name: 'fine', asset_type: 'ML_MODEL' }, 'asset_type'],
  ])('%s: 400', async (_, body, field) => {
    expectError(await as(ada).post('/v3/projects', body), 400, 'ValidationError', { field });
  });

  test('taken: 409; in another letter case or organization it is another name', async () => {
    expectError(await as(ada).post('/v3/projects', { name: 'churn' }), 409, 'Conflict', { field: 'name', says: /churn/ });
    for (const [user, name] of [[ada, 'CHURN'] as const, [bo, 'fraud'] as const]) {
      const { id } = expectNormal(await as(user).post('/v3/projects', { name }));
      expectStatus(await as(user).delete(`/v3/projects/${id}`), 200);
    }
  });
});

describe('who may do what', () => {
  test.each([
    ['Org Admin', ada, ['churn', 'fraud']],
    ['Project Admin', pia, ['churn', 'fraud']],
    ['Project Writer', wim, ['churn']],
    ['Project Viewer', vic, ['churn']],
    ['Org Member without a role', out, []],
    ['another organization', gus, ['churn']],
  ])('%s: list', async (_, user, expected) => {
    expect(await names(user)).toEqual(expected);
  });

  test.each([
    ['Org Admin by that role alone', ada, 403],
    ['Project Admin', pia, 200],
    ['Project Writer', wim, 200],
    ['Project Viewer', vic, 200],
    ['Org Member without a role', out, 403],
    ['another organization', gus, 404],
    ['Org Admin of another organization', bo, 404],
  ])('%s: read', async (_, user, status) => {
    expectStatus(await as(user).get(`/v3/projects/${churn.id}`), status);
  });

  test.each([
    ['Project Admin', pia],
    ['Project Writer', wim],
    ['Project Viewer', vic],
    ['Org Member without a role', out],
    ['Project Writer of another organization', gus],
  ])('%s: no create, be the body right, wrong or taken', async (_, user) => {
    for (const name of ['fine', 'not fine', 'churn', undefined]) expectStatus(await as(user).post('/v3/projects', { name }), 403);
  });

  test.each([
    ['Project Writer', wim, churn.id, 403],
    ['Project Viewer', vic, churn.id, 403],
    ['Org Member without a role', out, churn.id, 403],
    ['another organization', gus, churn.id, 404],
    ['Org Admin, of another organization', ada, globexChurn.id, 404],
    ['Org Admin, of no project', ada, nobodysId, 404],
    ['a malformed id', ada, 'churn', 400],
  ])('%s: no delete', async (_, user, id, status) => {
    expectStatus(await as(user).delete(`/v3/projects/${id}`), status);
    expect((await names(pia)).toSorted()).toEqual(['churn', 'fraud']);
  });

  test('403 and 404 come before a wrong query', async () => {
    const path = `/v3/projects/${churn.id}`;
    expectStatus(await as(pia).send('DELETE', path, { query: { x: '1' } }), 400);
    expectStatus(await as(wim).send('DELETE', path, { query: { x: '1' } }), 403);
    expectStatus(await as(gus).send('DELETE', path, { query: { x: '1' } }), 404);
    expectStatus(await as(ada).get(path, { x: '1' }), 403);
    expectError(await world.api.anonymous.get(path, { x: '1' }), 401, 'Unauthorized');
  });

  test('an Org Admin deletes a project in which they have no role', async () => {
    const { id } = await newProject();
    await world.database.query('DELETE FROM project_member WHERE project_id = ?', [id]);
    expectStatus(await as(ada).delete(`/v3/projects/${id}`), 200);
  });
});

describe('list', () => {
  const named = (value: string) => ({ field: 'name', operator: 'equal', value });
  test.each<[string, object, string[]]>([
    ['as the client looks one up', { filter: { condition: 'AND', rules: [named('churn')] } }, ['churn']],
    ['nothing by that name', { filter: named('CHURN') }, []],
    ['search', { search: 'AUD' }, ['fraud']],
    ['backwards', { ordering: '-name' }, ['fraud', 'churn']],
    ['with_asset_count, which clients send', { with_asset_count: 'True' }, ['churn', 'fraud']],
    ['a page', { limit: 1, offset: 1 }, ['fraud']],
  ])('%s', async (_, query, expected) => {
    expect(await names(pia, query)).toEqual(expected);
  });

  test.each<[string, object, string, string]>([
    ['with_asset_count', { with_asset_count: 'many' }, 'with_asset_count', 'BadRequest'],
    ['limit', { limit: 0 }, 'limit', 'InvalidPagination'],
    ['an unknown parameter', { page: 2 }, 'page', 'BadRequest'],
    ['a field of models', { ordering: 'version' }, 'ordering', 'InvalidOrdering'],
  ])('%s: 400', async (_, query, field, reason) => {
    const answer = await as(pia).get('/v3/projects', query as Record<string, string>);
    expect(expectError(answer, 400, reason).map((error) => error.field)).toEqual([field]);
  });
});

test('deleting a project deletes its models and their segments, and nothing else', async () => {
  const rows = async () =>
    Object.fromEntries(
      await Promise.all(
        ['project', 'project_member', 'model', 'segment', 'segment_column'].map(async (table) => [
          table,
          (await world.database.query(`SELECT COUNT(*) AS n FROM ${table}`))[0]!['n'],
        ]),
      ),
    );
  const before = await rows();
  const { id: project_id } = await newProject();
  const schema = { columns: [{ name: 'age', data_type: 'int' }] };
  const model = { name: 'm', project_id, task: 'not_set', input_type: 'structured', schema, spec: {} };
  const { id: model_id } = expectNormal(await as(ada).post('/v3/models', model));
  const segment = expectNormal(await as(ada).post('/v3/segments', { model_id, name: 's', definition: 'age > 3' }));
  const answer = await as(ada).delete(`/v3/projects/${project_id}`);
  expect({ status: answer.status, text: answer.text }).toEqual({ status: 200, text: '' });
  for (const path of [`projects/${project_id}`, `models/${model_id}`, `models/${model_id}/segments`, `segments/${segment.id}`])
    expectStatus(await as(ada).get(`/v3/${path}`), 404);
  expectStatus(await as(ada).delete(`/v3/projects/${project_id}`), 404);
  expectStatus(await as(ada).post('/v3/segments', { model_id, name: 'late', definition: 'age > 3' }), 404);
  expectStatus(await as(ada).post('/v3/models', model), 404);
  expect(await rows()).toEqual(before);
  for (const { id } of [churnV1, churnV2]) expectStatus(await as(pia).get(`/v3/models/${id}`), 200);
  expectStatus(await as(pia).get(`/v3/projects/${fraud.id}`), 200);
});
