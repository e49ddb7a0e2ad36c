import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Api } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { churnV1, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { startService, type Service } from './support/service.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const writer = () => world.api.as(wim.email);
const made = async (changes: object = {}): Promise<any> => expectNormal(await writer().post('/v3/models', modelBody(changes)));
const patch = (id: string, json: object, api: Api = world.api) => api.as(wim.email).send('PATCH', `/v3/models/${id}`, { json });
const segment = (model_id: string, definition: string, name: string = definition) =>
  writer().post('/v3/segments', { model_id, name, definition });
const int = (name: string) => ({ name, data_type: 'int' });

test.each<[string, object, object]>([
  ['nothing', {}, {}],
  ['description', { description: 'new' }, { description: 'new' }],
  ['description null', { description: null }, { description: '' }],
  ['version', { version: 'v9' }, { version: 'v9' }],
  ['version to what it is', { version: 'v1' }, {}],
  ['event_id_col', { event_id_col: 'age' }, { event_id_col: 'age' }],
  ['event_ts_format', { event_ts_format: '%d' }, { event_ts_format: '%d' }],
  [
    'explanations',
    { xai_params: { default_explain_method: 'SHAP' } },
    { xai_params: { custom_explain_methods: [], default_explain_method: 'SHAP' } },
  ],
  ['task parameters', { task_params: { top_k: 3 } }, { task_params: { top_k: 3 } }],
  [
    'columns and spec, as add_column sends them',
    { schema: { columns: [int('age'), int('Late')] }, spec: { inputs: ['age', 'Late'] } },
    {
      schema: {
        schema_version: 1,
        columns: [
          { id: 'age', ...int('age') },
          { id: 'late', ...int('Late') },
        ],
      },
      spec: { schema_version: 1, inputs: ['age', 'Late'], outputs: [], targets: [], decisions: [], metadata: [], custom_features: [] },
    },
  ],
])('changes %s and nothing else', async (_, changes, expected) => {
  const before = await made({ description: 'old', event_ts_format: '%Y' });
  const after = expectNormal(await world.api.as(pia.email).send('PATCH', `/v3/models/${before.id}`, { json: changes }));
  const author = { id: pia.id, full_name: pia.full_name, email: pia.email };
  expect(after).toEqual({ ...before, ...expected, updated_at: expect.any(String), updated_by: author });
  expect(Date.parse(after.updated_at)).toBeGreaterThan(Date.parse(before.updated_at));
  expect(expectNormal(await writer().get(`/v3/models/${before.id}`))).toEqual(after);
});

test.each<[string, object, string]>([
  ['an unknown member', { display_name: 'x' }, 'display_name'],
  ['what stays as it was made', { task: 'ranking' }, 'task'],
  ['version null', { version: null }, 'version'],
  ['a schema null', { schema: null }, 'schema'],
  ['a column of no type', { schema: { columns: [{ name: 'age' }] } }, 'schema.columns[0].data_type'],
  ['columns that the spec still names', { schema: { columns: [] } }, 'spec.inputs[0]'],
  ['an event column that is none', { event_id_col: 'id' }, 'event_id_col'],
])('%s: 400', async (_, changes, field) => {
  const before = await made();
  expectError(await patch(before.id, changes), 400, 'ValidationError', { field });
  expect(expectNormal(await writer().get(`/v3/models/${before.id}`))).toEqual(before);
});

test('a version that is taken: 409', async () => {
  expectError(await patch(churnV1.id, { version: 'v2' }), 409, 'Conflict', { field: 'version' });
});

describe('no segment breaks', () => {
  const schema = { columns: [int('age'), int('tenure'), { name: 'city', data_type: 'str' }] };

  test.each<[string, object[], string[]]>([
    ['a column that two use is dropped', [int('tenure'), { name: 'city', data_type: 'str' }], ['age > 3', 'age < tenure']],
    ['a column is renamed', [int('Age'), int('tenure'), { name: 'city', data_type: 'str' }], ['age > 3', 'age < tenure']],
    ['a type changes', [int('age'), int('tenure'), int('city')], ["city == 'x'"]],
    ['all are dropped', [], ['age > 3', 'age < tenure', "city == 'x'"]],
  ])('%s: 409, naming them', async (_, columns, broken) => {
    const { id } = await made({ schema, spec: {} });
    for (const definition of ['age > 3', "city == 'x'", 'age < tenure']) expectNormal(await segment(id, definition));
    const messages = expectError(await patch(id, { schema: { columns } }), 409, 'Conflict').map(({ message }) => message);
    expect(messages).toHaveLength(broken.length);
    for (const name of broken) expect(messages.join('\n')).toContain(`"${name}" would break`);
  });

  test.each<[string, object[]]>([
    ['columns in another order', schema.columns.toReversed()],
    ['a column more', [...schema.columns, int('more')]],
    ['another number type', [{ name: 'age', data_type: 'float' }, ...schema.columns.slice(1)]],
    ['a column less that none uses', schema.columns.slice(0, 2)],
    ['other bounds', [{ ...int('age'), min: 3, max: 4 }, ...schema.columns.slice(1)]],
  ])('%s: accepted', async (_, columns) => {
    const { id } = await made({ schema, spec: {} });
    expectNormal(await segment(id, 'age < tenure'));
    expectNormal(await patch(id, { schema: { columns } }));
  });
});

describe('two processes', () => {
  let second: Service;
  let other: Api;
  beforeAll(async () => {
    second = await startService({ databaseUrl: world.database.url });
    other = apiAt(second.url);
  }, 60_000);
  afterAll(() => second?.stop());

  test('what one changed holds for the other at once', async () => {
    const { id } = await made();
    const create = (definition: string) => other.as(wim.email).post('/v3/segments', { model_id: id, name: definition, definition });
    expectError(await create('late > 3'), 400, 'FQL_UNKNOWN_COLUMN');
    expectNormal(await patch(id, { schema: { columns: [int('age'), int('late')] } }));
    expectNormal(await create('late > 3'));
    expectError(await patch(id, { schema: { columns: [int('age')] } }, other), 409, 'Conflict');
  });

  test('of changes at the same moment none is lost: the others are 409', async () => {
    const { id } = await made({ schema: { columns: [int('age')] } });
    const members = ['description', 'event_ts_format', 'version', 'event_id_col'];
    const answers = await Promise.all(members.map((member, at) => patch(id, { [member]: 'age' }, at % 2 === 0 ? world.api : other)));
    for (const answer of answers) if (answer.status !== 200) expectError(answer, 409, 'Conflict');
    expect(answers.some(({ status }) => status === 200)).toBe(true);
    const now = expectNormal(await writer().get(`/v3/models/${id}`));
    expect(members.map((member) => now[member] === 'age')).toEqual(answers.map(({ status }) => status === 200));
  });
});
