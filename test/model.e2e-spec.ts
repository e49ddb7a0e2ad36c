import { describe, expect, test } from '@jest/globals';
import type { Answer } from './support/api.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import {
  acme,
  ada,
  bo,
  churn,
  churnV1,
  churnV2,
  fraud,
  fraudModel,
  globexChurn,
  gus,
  nobodysId,
  out,
  pia,
  vic,
  wim,
} from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const as = ({ email }: { email: string }) => world.api.as(email);
const create = (changes: object = {}) => as(wim).post('/v3/models', modelBody(changes));
const made = async (changes: object = {}): Promise<any> => expectNormal(await create(changes));
const astral = '\u{1F30B}';

const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'ObjectNotFound',
  409: 'Conflict',
};
function expectStatus(answer: Answer, status: number): void {
  if (reasons[status] === undefined) expect(answer.status).toBe(status);
  else expectError(answer, status, reasons[status]);
}

describe('create', () => {
  test('the barest body gets every default, and what has no value is left out', async () => {
    const author = { id: wim.id, full_name: 'Wim Writer', email: wim.email };
    const model = await made({ name: 'bare', schema: { columns: [] }, spec: {} });
    expect(model).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'bare',
      version: 'v1',
      organization: { id: acme.id, name: 'acme' },
      project: { id: churn.id, name: 'churn', asset_type: 'ML_MODEL' },
      input_type: 'structured',
      task: 'not_set',
      description: '',
      artifact_status: 'no_model',
      artifact_files: [],
      is_binary_ranking_model: false,
      algorithm: null,
      framework: null,
      deleted_at: null,
      schema: { schema_version: 1, columns: [] },
      spec: { schema_version: 1, inputs: [], outputs: [], targets: [], decisions: [], metadata: [], custom_features: [] },
      task_params: {},
      xai_params: { custom_explain_methods: [] },
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updated_at: model.created_at,
      created_by: author,
      updated_by: author,
    });
    expect(expectNormal(await as(vic).get(`/v3/models/${model.id}`))).toEqual(model);
  });

  const sent = {
    version: 'a version, ünïcode "β"',
    input_type: 'mixed',
    task: 'binary_classification',
    description: 'läuft\n\tgut',
    algorithm: 'boosting',
    framework: 'xgb',
    schema: {
      schema_version: 1,
      columns: [
        { name: 'Größe "cm" 漢字', data_type: 'float', min: 0.5, max: 250.25 },
        { name: 'age', data_type: 'int', min: 18, max: 92, bins: [18, 40.5, 92], replace_with_nulls: [-1, 'NA', true] },
        { name: 'class', data_type: 'category', categories: ['no', 'yes', 1, true, 2.5] },
        { name: 'seen', data_type: 'timestamp' },
        { name: 'embedding', data_type: 'vector', n_dimensions: 3 },
        { name: 'text', data_type: 'str' },
        { name: 'flag', data_type: 'bool' },
      ],
    },
    spec: {
      schema_version: 1,
      inputs: ['Größe "cm" 漢字', 'age'],
      outputs: ['flag'],
      targets: ['class'],
      decisions: ['flag'],
      metadata: ['seen'],
      custom_features: [
        { name: 'mv', type: 'FROM_COLUMNS', n_clusters: 5, columns: ['age', 'flag'], monitor_components: true },
        { name: 'vf', type: 'FROM_VECTOR', n_clusters: 2, centroids: [[1, 2, 3]], column: 'embedding' },
        { name: 'te', type: 'FROM_TEXT_EMBEDDING', n_clusters: 5, column: 'embedding', source_column: 'text', n_tags: 5 },
        { name: 'ie', type: 'FROM_IMAGE_EMBEDDING', n_clusters: 5, column: 'embedding', source_column: 'text' },
        { name: 'en', type: 'ENRICHMENT', columns: ['text'], enrichment: 'toxicity', config: { a: { b: [1, null] }, constructor: null } },
      ],
    },
    task_params: { binary_classification_threshold: 0.5, target_class_order: ['no', 'yes'], class_weights: [0.1, 0.9], top_k: 3 },
    xai_params: { custom_explain_methods: ['mine'], default_explain_method: 'mine' },
    event_id_col: 'text',
    event_ts_col: 'seen',
    event_ts_format: '%Y-%m-%d',
  };

  test('the fullest body comes back as it was sent', async () => {
    const { schema, ...others } = sent;
    const model = await made(sent);
    expect(model).toMatchObject(others);
    expect(model.schema.columns.map(({ id: _id, ...column }: any) => column)).toEqual(schema.columns);
  });

  test('explicit nulls, as the Python client sends them, are absent values', async () => {
    const column = { min: null, max: null, categories: null, bins: null, replace_with_nulls: null, n_dimensions: null };
    const model = await made({
      schema: { schema_version: 1, columns: [{ name: 'age', data_type: 'float', ...column }] },
      task_params: {
        binary_classification_threshold: null,
        target_class_order: null,
        group_by: null,
        top_k: null,
        class_weights: null,
        weighted_ref_histograms: null,
      },
      xai_params: { custom_explain_methods: [], default_explain_method: null },
      description: null,
      event_id_col: null,
      event_ts_col: null,
      event_ts_format: null,
    });
    expect(model).toMatchObject({
      schema: { columns: [{ id: 'age', name: 'age', data_type: 'float' }] },
      task_params: {},
      description: '',
    });
    expect(Object.keys(model.schema.columns[0])).toEqual(['id', 'name', 'data_type']);
  });

  test.each<[string[], string[]]>([
    [['age'], ['age']],
    [
      ['Age', 'AGE', 'age'],
      ['age', 'age_2', 'age_3'],
    ],
    [
      ['A', 'a', 'a_2'],
      ['a', 'a_2', 'a_2_2'],
    ],
    [
      ['a_2', 'A', 'a'],
      ['a_2', 'a', 'a_3'],
    ],
    [
      ['Größe', 'GRÖSSE', 'größe'],
      ['größe', 'grösse', 'größe_2'],
    ],
    [
      ['max age', 'Max Age'],
      ['max age', 'max age_2'],
    ],
  ])('columns %j get the ids %j', async (names, ids) => {
    const model = await made({ schema: { columns: names.map((name) => ({ name, data_type: 'int', id: 'mine' })) }, spec: {} });
    expect(model.schema.columns.map(({ id }: any) => id)).toEqual(ids);
  });

  test.each<[string, object, object]>([
    ['name in other scripts', { name: 'Ünï 漢字 "\'`; --' }, { name: 'Ünï 漢字 "\'`; --' }],
    ['name at its limit, in code points', { name: astral.repeat(255) }, { name: astral.repeat(255) }],
    ['outer blanks of a name', { name: '  trimmed one ' }, { name: 'trimmed one' }],
    ['version at its limit', { version: astral.repeat(64) }, { version: astral.repeat(64) }],
    ['description at its limit', { description: 'd'.repeat(2_000) }, { description: 'd'.repeat(2_000) }],
    ['project_id without dashes', { project_id: churn.id.replaceAll('-', '').toUpperCase() }, { project: { id: churn.id } }],
    ['a column named __proto__ is impossible, one named constructor is not', columns('constructor'), {}],
    ['a column name at its limit', columns(astral.repeat(255)), {}],
    ['blanks around a column name are its own', columns(' age '), { schema: { columns: [{ id: ' age ', name: ' age ' }] } }],
  ])('%s: accepted', async (_, changes, expected) => {
    expect(await made(changes)).toMatchObject(expected);
  });

  test.each<[string, string, object, string | undefined, boolean]>([
    ['ranking', 'two categories', { name: 'y', data_type: 'category', categories: ['a', 'b'] }, undefined, true],
    ['ranking', 'a bool', { name: 'y', data_type: 'bool' }, undefined, true],
    ['ranking', 'a class order of two', { name: 'y', data_type: 'int' }, '[0,1]', true],
    ['ranking', 'three categories', { name: 'y', data_type: 'category', categories: ['a', 'b', 'c'] }, undefined, false],
    ['ranking', 'a number', { name: 'y', data_type: 'int' }, undefined, false],
    ['binary_classification', 'two categories', { name: 'y', data_type: 'category', categories: ['a', 'b'] }, undefined, false],
  ])('%s over %s: is it a binary ranking model', async (task, _, column, order, expected) => {
    const task_params = { target_class_order: order === undefined ? null : JSON.parse(order) };
    const model = await made({ task, task_params, schema: { columns: [column] }, spec: { targets: ['y'] } });
    expect(model.is_binary_ranking_model).toBe(expected);
  });

  test('2,000 columns in more than a plain body', async () => {
    const wide = Array.from({ length: 2_000 }, (_, at) => ({ name: `${'column '.repeat(20)}${at}`, data_type: 'float', min: 0, max: at }));
    const body = modelBody({ schema: { columns: wide }, spec: { inputs: wide.map(({ name }) => name) } });
    expect(JSON.stringify(body).length).toBeGreaterThan(256 * 1024);
    const model = expectNormal(await as(wim).post('/v3/models', body));
    expect(model.schema.columns.at(-1)).toMatchObject({ name: wide.at(-1)!.name, max: 1_999 });
    expectError(await create({ schema: { columns: [...wide, { name: 'x', data_type: 'int' }] } }), 400, 'ValidationError', {
      field: 'schema.columns',
      says: /2000/,
    });
  });

  test('more than a large body: 413', async () => {
    expectError(await create({ description: 'x'.repeat(4 * 1024 * 1024) }), 413, 'PayloadTooLarge');
  });
});

function columns(...names: unknown[]): object {
  return { schema: { columns: names.map((name) => ({ name, data_type: 'int' })) }, spec: {} };
}

describe('400, with the path of what is wrong', () => {
  const column = (changes: object) => ({ schema: { columns: [{ name: 'age', data_type: 'int', ...changes }] } });
  const feature = (changes: object) => ({ spec: { custom_features: [{ name: 'f', type: 'FROM_VECTOR', column: 'age', ...changes }] } });
  test.each<[string, object, string]>([
    ['no name', { name: undefined }, 'name'],
    ['name null', { name: null }, 'name'],
    ['name blank', { name: ' ' }, 'name'],
    ['name too long', { name: 'n'.repeat(256) }, 'name'],
    ['name with a line break', { name: 'a\nb' }, 'name'],
    ['no project', { project_id: undefined }, 'project_id'],
    ['project_id malformed', { project_id: 'churn' }, 'project_id'],
    ['version empty', { version: '' }, 'version'],
    ['version null', { version: null }, 'version'],
    ['version a number', { version: 2 }, 'version'],
    ['version too long', { version: 'v'.repeat(65) }, 'version'],
    ['no task', { task: undefined }, 'task'],
    ['task unknown', { task: 'clustering' }, 'task'],
    ['input_type unknown', { input_type: 'STRUCTURED' }, 'input_type'],
    ['description too long', { description: 'd'.repeat(2_001) }, 'description'],
    ['unknown member', { artifact_status: 'no_model' }, 'artifact_status'],
    ['no schema', { schema: undefined }, 'schema'],
    ['schema null', { schema: null }, 'schema'],
    ['schema a list', { schema: [] }, 'schema'],
    ['no columns', { schema: {} }, 'schema.columns'],
    ['columns an object', { schema: { columns: {} } }, 'schema.columns'],
    ['unknown member of schema', { schema: { columns: [], colums: [] } }, 'schema.colums'],
    ['schema_version a text', { schema: { columns: [], schema_version: '1' } }, 'schema.schema_version'],
    ['column a text', { schema: { columns: ['age'] } }, 'schema.columns[0]'],
    ['column null', { schema: { columns: [null] } }, 'schema.columns[0]'],
    ['column without name', { schema: { columns: [{ data_type: 'int' }] } }, 'schema.columns[0].name'],
    ['column name empty', columns(''), 'schema.columns[0].name'],
    ['column name blank', columns('a', '  '), 'schema.columns[1].name'],
    ['column name a number', columns(5), 'schema.columns[0].name'],
    ['column name too long', columns('n'.repeat(256)), 'schema.columns[0].name'],
    ['column name with NUL', columns('a\u0000b'), 'schema.columns[0].name'],
    ['column name with half a pair', columns('a\ud800'), 'schema.columns[0].name'],
    ['column name twice', columns('a', 'b', 'a'), 'schema.columns[2].name'],
    ['column without type', column({ data_type: undefined }), 'schema.columns[0].data_type'],
    ['type unknown', column({ data_type: 'integer' }), 'schema.columns[0].data_type'],
    ['type in capitals', column({ data_type: 'INT' }), 'schema.columns[0].data_type'],
    ['unknown member of a column', column({ nullable: true }), 'schema.columns[0].nullable'],
    ['min a text', column({ min: '1' }), 'schema.columns[0].min'],
    ['min above max', column({ min: 2, max: 1 }), 'schema.columns[0].min'],
    ['max a list', column({ max: [] }), 'schema.columns[0].max'],
    ['categories a text', column({ categories: 'a' }), 'schema.columns[0].categories'],
    ['a category null', column({ categories: ['a', null] }), 'schema.columns[0].categories[1]'],
    ['a category an object', column({ categories: [{}] }), 'schema.columns[0].categories[0]'],
    ['a category twice', column({ categories: ['a', 'b', 'a'] }), 'schema.columns[0].categories[2]'],
    ['too many categories', column({ categories: Array.from({ length: 10_001 }, (_, at) => at) }), 'schema.columns[0].categories'],
    ['a bin a text', column({ bins: [1, '2'] }), 'schema.columns[0].bins[1]'],
    ['n_dimensions 0', column({ n_dimensions: 0 }), 'schema.columns[0].n_dimensions'],
    ['n_dimensions 1.5', column({ n_dimensions: 1.5 }), 'schema.columns[0].n_dimensions'],
    ['no spec', { spec: undefined }, 'spec'],
    ['spec a text', { spec: 'x' }, 'spec'],
    ['unknown member of spec', { spec: { features: [] } }, 'spec.features'],
    ['inputs a text', { spec: { inputs: 'age' } }, 'spec.inputs'],
    ['an input that is no column', { spec: { inputs: ['age', 'agee'] } }, 'spec.inputs[1]'],
    ['an output that is no column', { spec: { outputs: ['AGE'] } }, 'spec.outputs[0]'],
    ['a target that is no column', { spec: { targets: ['y'] } }, 'spec.targets[0]'],
    ['metadata a number', { spec: { metadata: [1] } }, 'spec.metadata[0]'],
    ['feature of unknown type', feature({ type: 'FROM_SPACE' }), 'spec.custom_features[0].type'],
    ['feature without name', feature({ name: undefined }), 'spec.custom_features[0].name'],
    ['feature with n_clusters null', feature({ n_clusters: null }), 'spec.custom_features[0].n_clusters'],
    ['feature with n_clusters -1', feature({ n_clusters: -1 }), 'spec.custom_features[0].n_clusters'],
    ['feature of one column', feature({ type: 'FROM_COLUMNS', column: undefined, columns: ['age'] }), 'spec.custom_features[0].columns'],
    ['unknown member of a feature', feature({ columns: [] }), 'spec.custom_features[0].columns'],
    ['task_params a list', { task_params: [] }, 'task_params'],
    ['threshold a text', { task_params: { binary_classification_threshold: '0.5' } }, 'task_params.binary_classification_threshold'],
    ['unknown member of task_params', { task_params: { threshold: 1 } }, 'task_params.threshold'],
    ['methods null in a list', { xai_params: { custom_explain_methods: [null] } }, 'xai_params.custom_explain_methods[0]'],
    ['event_id_col that is no column', { event_id_col: 'id' }, 'event_id_col'],
    ['event_ts_col a number', { event_ts_col: 1 }, 'event_ts_col'],
  ])('%s', async (_, changes, field) => {
    const errors = expectError(await create(changes), 400, 'ValidationError', { field });
    expect(errors.map((error) => error.field)).toEqual([field]);
  });

  test('all problems of one body together', async () => {
    const body = modelBody({ name: '', task: 'x', foo: 1, schema: { columns: [{ name: 'a', data_type: 'x' }, {}] }, spec: { inputs: 1 } });
    const fields = expectError(await as(wim).post('/v3/models', body), 400, 'ValidationError').map(({ field }) => field);
    expect(fields.toSorted()).toEqual(
      [
        'foo',
        'name',
        'task',
        'schema.columns[0].data_type',
        'schema.columns[1].data_type',
        'schema.columns[1].name',
        'spec.inputs',
      ].toSorted(),
    );
  });

  test('nothing is stored', async () => {
    expectError(await create({ name: 'never', task: 'x' }), 400, 'ValidationError');
    expect(expectPaginated(await as(wim).get('/v3/models', { search: 'never' }))).toEqual([]);
  });
});

describe('(project, name, version) is unique', () => {
  test('the same again: 409; another version, name, letter case or project is another model', async () => {
    const name = 'unique';
    await made({ name });
    expectError(await create({ name }), 409, 'Conflict', { field: 'version', says: /"unique".*"v1"/ });
    expectError(await create({ name, version: 'v1' }), 409, 'Conflict');
    for (const changes of [{ name, version: 'v2' }, { name, version: 'V1' }, { name: 'Unique' }, { name: 'unique ̈' }]) await made(changes);
    expectNormal(await as(pia).post('/v3/models', modelBody({ name, project_id: fraud.id })));
    expectNormal(await as(gus).post('/v3/models', modelBody({ name, project_id: globexChurn.id })));
  });

  test('of ten at once one is made', async () => {
    const answers = await Promise.all(Array.from({ length: 10 }, () => create({ name: 'raced' })));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, ...Array<number>(9).fill(409)]);
  });
});

describe('who may do what', () => {
  const roles: [string, { email: string }, number, number][] = [
    ['Project Admin', pia, 200, 200],
    ['Project Writer', wim, 200, 200],
    ['Project Viewer', vic, 200, 403],
    ['Org Admin by that role alone', ada, 403, 403],
    ['Org Member without a role', out, 403, 403],
    ['Project Writer of another organization', gus, 404, 404],
    ['Org Admin of another organization', bo, 404, 404],
  ];

  test.each(roles)('%s', async (_, user, read, write) => {
    const { id } = await made();
    expectStatus(await as(user).get(`/v3/models/${id}`), read);
    expectStatus(await as(user).get(`/v3/models/${id}/segments`), read);
    expectStatus(await as(user).post('/v3/models', modelBody()), write);
    expectStatus(await as(user).send('PATCH', `/v3/models/${id}`, { json: { description: 'x' } }), write);
    expectStatus(await as(user).delete(`/v3/models/${id}`), write === 200 ? 202 : write);
    expectStatus(await as(wim).get(`/v3/models/${id}`), write === 200 ? 404 : 200);
  });

  test.each<[string, { email: string } | undefined, string, number]>([
    ['no token', undefined, churn.id, 401],
    ['Project Viewer', vic, churn.id, 403],
    ['Org Admin by that role alone', ada, churn.id, 403],
    ['another organization', gus, churn.id, 404],
    ['no such project', wim, nobodysId, 404],
    ['Project Writer', wim, churn.id, 400],
  ])('401 < 403 < 404 < 400 < 409: %s', async (_, user, project_id, status) => {
    const caller = user === undefined ? world.api.anonymous : as(user);
    const wrong = [modelBody({ project_id, task: 'x' }), { project_id, name: 'churn_model', version: 'v1' }];
    for (const body of wrong) {
      const answer = await caller.post('/v3/models', body);
      expectError(answer, status, status === 400 ? 'ValidationError' : reasons[status]!);
    }
    const path = `/v3/models/${project_id === nobodysId ? nobodysId : churnV1.id}`;
    for (const method of ['DELETE', 'PATCH']) {
      const answer = await caller.send(method, path, { query: { force: 'true' }, ...(method === 'PATCH' ? { json: { foo: 1 } } : {}) });
      expectStatus(answer, status);
    }
  });

  test.each(['GET', 'DELETE', 'PATCH'])('%s with a malformed id: 400', async (method) => {
    expectError(await as(wim).send(method, '/v3/models/churn_model', method === 'PATCH' ? { json: {} } : {}), 400, 'BadRequest', {
      field: 'model_id',
    });
  });
});

describe('list', () => {
  const list = async (user: { email: string }, query: object = {}): Promise<string[]> =>
    expectPaginated(await as(user).get('/v3/models', { search: '_model', ordering: 'project.name,created_at', ...query })).map(
      ({ project, name, version }) => `${project.name}/${name} ${version}`,
    );
  const all = ['churn/churn_model v1', 'churn/churn_model v2', 'fraud/fraud_model v1'];
  const rule = (field: string, value: unknown, operator = 'equal') => ({ field, operator, value });

  test('an item has the members of a model but its content', async () => {
    const [item] = expectPaginated(await as(vic).get('/v3/models', { filter: rule('id', churnV1.id) }));
    const { schema, spec, task_params, xai_params, artifact_files, is_binary_ranking_model, ...rest } = expectNormal(
      await as(vic).get(`/v3/models/${churnV1.id}`),
    );
    expect(item).toEqual(rest);
    expect([schema, spec, task_params, xai_params, artifact_files, is_binary_ranking_model]).not.toContain(undefined);
  });

  test.each<[string, { email: string }, object, string[]]>([
    ['Project Admin', pia, {}, all],
    ['Project Writer', wim, {}, all.slice(0, 2)],
    ['Project Viewer', vic, {}, all.slice(0, 2)],
    ['Org Admin by that role alone', ada, {}, []],
    ['Org Member without a role', out, {}, []],
    ['another organization', gus, {}, ['churn/churn_model v1']],
    ['project_id', pia, { project_id: fraud.id }, all.slice(2)],
    ['project_id in another form', pia, { project_id: fraud.id.replaceAll('-', '').toUpperCase() }, all.slice(2)],
    ['project_id of a project without a role', wim, { project_id: fraud.id }, []],
    ['project_id of another organization', pia, { project_id: globexChurn.id }, []],
    ['latest_only', pia, { latest_only: 'true' }, all.slice(1)],
    ['latest_only as Python writes it', pia, { latest_only: 'True' }, all.slice(1)],
    ['latest_only False', pia, { latest_only: 'FALSE' }, all],
    ['latest_only with project_id', pia, { latest_only: 'true', project_id: churn.id }, all.slice(1, 2)],
    ['latest_only, older version asked for', pia, { latest_only: 'true', filter: rule('version', 'v1') }, all.slice(2)],
    [
      'as Model.from_name asks',
      wim,
      { filter: { condition: 'AND', rules: [rule('name', 'churn_model'), rule('project_id', churn.id)] } },
      all.slice(0, 2),
    ],
    ['its first version', wim, { filter: rule('name', 'churn_model'), ordering: 'created_at', limit: 1 }, all.slice(0, 1)],
    ['its latest version', wim, { filter: rule('name', 'churn_model'), ordering: '-created_at', limit: 1 }, all.slice(1, 2)],
    ['task', pia, { filter: rule('task', ['binary_classification'], 'in') }, all],
    ['input_type', pia, { filter: rule('input_type', 'text') }, []],
  ])('%s', async (_, user, query, expected) => {
    expect(await list(user, query)).toEqual(expected);
  });

  test.each<[string, object, string, string]>([
    ['latest_only', { latest_only: 'ja' }, 'latest_only', 'BadRequest'],
    ['latest_only, empty', { latest_only: '' }, 'latest_only', 'BadRequest'],
    ['project_id', { project_id: 'churn' }, 'project_id', 'BadRequest'],
    ['project_id twice', { project_id: [churn.id, fraud.id] }, 'project_id', 'BadRequest'],
    ['a field of segments', { ordering: 'model.version' }, 'ordering', 'InvalidOrdering'],
    ['an unknown enum', { filter: rule('task', 'clustering') }, 'filter.value', 'InvalidFilter'],
    ['with_asset_count', { with_asset_count: 'true' }, 'with_asset_count', 'BadRequest'],
  ])('%s: 400', async (_, query, field, reason) => {
    const answer = await as(pia).get('/v3/models', query as Record<string, string>);
    expect(expectError(answer, 400, reason).map((error) => error.field)).toEqual([field]);
  });

  test('latest_only settles versions of one millisecond', async () => {
    for (const version of ['b', 'a', 'c']) await made({ name: 'simultaneous', version });
    await world.database.query("UPDATE model SET created_at = '2026-01-01 00:00:00.000' WHERE name = 'simultaneous'");
    const items = expectPaginated(await as(wim).get('/v3/models', { filter: rule('name', 'simultaneous'), latest_only: 'true' }));
    expect(items.map(({ version }) => version)).toEqual(['c']);
  });
});

describe('delete', () => {
  test('202 with a job that is done, and the model is gone with its segments', async () => {
    const model = await made({ name: 'to be deleted', version: 'v3' });
    const { id } = model;
    const segment = expectNormal(await as(wim).post('/v3/segments', { model_id: id, name: 's', definition: 'age > 3' }));
    const { job } = expectNormal(await as(wim).delete(`/v3/models/${id}`), 202);
    expect(job).toEqual({ id: expect.stringMatching(/^[0-9a-f-]{36}$/), name: 'Delete model' });
    for (const path of [`models/${id}`, `models/${id}/segments`, `segments/${segment.id}`])
      expectStatus(await as(wim).get(`/v3/${path}`), 404);
    expectStatus(await as(wim).post('/v3/segments', { model_id: id, name: 's', definition: 'age > 3' }), 404);
    expectStatus(await as(wim).delete(`/v3/models/${id}`), 404);
    const left =
      'SELECT (SELECT COUNT(*) FROM segment WHERE model_id = ?) AS s, (SELECT COUNT(*) FROM segment_column WHERE segment_id = ?) AS c';
    expect(await world.database.query(left, [id, segment.id])).toEqual([{ s: 0, c: 0 }]);
    expectStatus(await as(wim).get(`/v3/models/${churnV2.id}`), 200);
    await made({ name: 'to be deleted', version: 'v3' });
    for (const verbose of [undefined, 'False', 'True', 'false', 'true'])
      expect(expectNormal(await as(wim).get(`/v3/jobs/${job.id}`, verbose === undefined ? {} : { verbose }))).toEqual({
        ...job,
        status: 'SUCCESS',
        progress: 100,
        info: {
          resource_type: 'MODEL',
          resource_name: 'to be deleted',
          project_name: 'churn',
          project: { id: churn.id, name: 'churn', asset_type: 'ML_MODEL' },
          model: { id, name: 'to be deleted', version: 'v3' },
        },
        error_message: null,
        error_reason: null,
        extras: null,
      });
    for (const query of [{ verbose: 'maybe' }, { wait: '1' }] as Record<string, string>[])
      expectStatus(await as(wim).get(`/v3/jobs/${job.id}`, query), 400);
  });

  test('of two at once exactly one succeeds, and one job is left', async () => {
    const { id } = await made();
    const [before] = await world.database.query('SELECT COUNT(*) AS n FROM job');
    const answers = await Promise.all(Array.from({ length: 6 }, () => as(wim).delete(`/v3/models/${id}`)));
    expect(answers.map(({ status }) => status).toSorted()).toEqual([202, ...Array<number>(5).fill(404)]);
    expect(await world.database.query('SELECT COUNT(*) AS n FROM job')).toEqual([{ n: Number(before!['n']) + 1 }]);
  });

  test('the job outlives the project and is read by any member of the organization, by no other', async () => {
    const { id: project_id } = expectNormal(await as(ada).post('/v3/projects', { name: 'short_lived' }));
    const { id } = expectNormal(await as(ada).post('/v3/models', modelBody({ project_id })));
    const { job } = expectNormal(await as(ada).delete(`/v3/models/${id}`), 202);
    expectStatus(await as(ada).delete(`/v3/projects/${project_id}`), 200);
    for (const [user, status] of [
      [ada, 200],
      [vic, 200],
      [out, 200],
      [gus, 404],
      [bo, 404],
    ] as const)
      expectStatus(await as(user).get(`/v3/jobs/${job.id}`), status);
  });

  test.each<[string, string, Record<string, string>, number]>([
    ['no such job', nobodysId, {}, 404],
    ['a malformed id', 'job', {}, 400],
    ['no such job, before what is wrong with the query', nobodysId, { verbose: 'maybe', wait: '1' }, 404],
  ])('job, %s', async (_, id, query, status) => {
    expectStatus(await as(wim).get(`/v3/jobs/${id}`, query), status);
  });
});

test('the fixture is as it was', async () => {
  for (const { id } of [churnV1, churnV2, fraudModel]) expectNormal(await as(pia).get(`/v3/models/${id}`));
});
