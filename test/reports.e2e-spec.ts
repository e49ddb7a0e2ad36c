import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Answer, type Query } from './support/api.js';
import { engine, filledDatabase, freshDatabase, type TestDatabase } from './support/database.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churnV1, globex, globexModel, gus, nobodysId, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { promptly } from './support/promptly.js';
import { sendRaw } from './support/raw.js';
import { wantAnswer } from './support/server-errors.js';
import { runAdmin, startService, type Service } from './support/service.js';
import { severable, type SeveredDatabase } from './support/severed-database.js';
import { claimsOf, now, sign, tokenOf } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

/** Faults that other systems have had in public, asked of ours; `reports.ts` says where each was told of, and which test stands for it. */
const world = useWorld();
const writer = () => world.api.as(wim.email);
const admin = () => world.api.as(pia.email);

let made = 0;
const body = (changes: object = {}) => ({ model_id: churnV1.id, name: `report ${++made}`, definition: 'age > 30', ...changes });
const create = (changes: object = {}) => writer().post('/v3/segments', body(changes));
const list = (query: Query = {}) => writer().get('/v3/segments', query);
const rule = (field: string, operator: string, value?: unknown) => ({ field, operator, value });
const filtered = (field: string, operator: string, value?: unknown) => list({ filter: rule(field, operator, value) });
const total = async (query: Query = {}): Promise<number> => {
  const answer = await list(query);
  expectPaginated(answer);
  return answer.body.data.total;
};
/** A model of one test's own, in the project that everybody here shares. */
const newModel = async (): Promise<string> => expectNormal(await admin().post('/v3/models', modelBody({ schema: { columns } }))).id;
const columns = [
  { name: 'age', data_type: 'int' },
  { name: 'active', data_type: 'bool' },
  { name: 'geography', data_type: 'category', categories: ['a', 'b'] },
];
/** `count` segments of a model, made one after the other. */
const fill = async (model_id: string, count: number, changes: (at: number) => object = () => ({})): Promise<any[]> => {
  const segments = [];
  for (let at = 0; at < count; at++) segments.push(expectNormal(await create({ model_id, name: `row ${at + 1000}`, ...changes(at) })));
  return segments;
};
/** Every item of a list, page by page. */
const walk = async (path: string, query: Readonly<Record<string, string | number>>, limit: number): Promise<any[]> => {
  const items = [];
  for (let offset = 0; ; offset += limit) {
    const page = expectPaginated(await writer().get(path, { ...query, limit, offset }));
    items.push(...page);
    if (page.length < limit) return items;
  }
};
const idsOf = (items: readonly any[]): string[] => items.map(({ id }) => id);

describe('one request, refused', () => {
  type Row = [title: string, status: number, reason: string, field: string | undefined, ask: () => Promise<Answer>];
  const definitions = (id: string, what: string, texts: readonly unknown[], reason: string): Row[] =>
    texts.flatMap((definition): Row[] => [
      [`${id} ${what}: create with ${JSON.stringify(definition)}`, 400, reason, 'definition', () => create({ definition })],
      [
        `${id} ${what}: evaluate with ${JSON.stringify(definition)}`,
        400,
        reason,
        'definition',
        () => writer().post('/v3/segments/evaluate', { model_id: churnV1.id, definition, rows: [{ age: 1 }] }),
      ],
    ]);
  const query = (title: string, reason: string, field: string | undefined, asked: Query): Row => [
    `${title}: ${typeof asked === 'string' ? asked : JSON.stringify(asked)}`,
    400,
    reason,
    field,
    () => list(asked),
  ];
  const names = [123, true, ['a'], { a: 1 }];

  test.each<Row>([
    ...definitions('report A6', 'a definition that is no text', [null, 5, ['age > 1'], {}, undefined], 'ValidationError'),
    ...definitions('report A7', 'half a comparison', ['age >'], 'FQL_UNEXPECTED_END'),
    ...definitions('report A8', 'an expression of nothing', ['', '   ', '\n'], 'FQL_EMPTY'),
    ...definitions('report A8', 'an expression of nothing', ['()'], 'FQL_UNEXPECTED_TOKEN'),
    ...['-1', '0', 'abc', '', '1.5', '1e9', 'Infinity', 'null'].map((limit) =>
      query('report C11 a page size that is none', 'InvalidPagination', 'limit', { limit }),
    ),
    [
      'report C13 a page size of nothing, of a model',
      400,
      'InvalidPagination',
      'limit',
      () => writer().get(`/v3/models/${churnV1.id}/segments`, { limit: 0 }),
    ],
    ...['2147483648', '9223372036854775808', '1e21', '0x10', '+1', '-1', ''].map((offset) =>
      query('report C15 an offset without end', 'InvalidPagination', 'offset', { offset }),
    ),
    query('report C16 the largest of 64 bits', 'InvalidPagination', 'limit', {
      limit: '9223372036854775807',
      offset: '9223372036854775807',
    }),
    ...['id', 'model_id', 'created_by.id'].map((field) =>
      query('report D1 an id that is none', 'InvalidFilter', 'filter.value', { filter: rule(field, 'equal', 'foo') }),
    ),
    query('report D5 a filter that is no JSON', 'InvalidFilter', 'filter', 'filter=%7Bbad'),
    query('report D5 a filter that is no JSON', 'InvalidFilter', 'filter', 'filter=name%3Dfoo'),
    query('report D5 an operator that is none', 'InvalidFilter', 'filter.operator', { filter: rule('name', 'like', 'x') }),
    query('report D5 a condition that is none', 'InvalidFilter', 'filter.condition', { filter: { condition: 'XOR', rules: [] } }),
    query('report D5 a field that is none', 'InvalidFilter', 'filter.field', { filter: rule('nom', 'equal', 'x') }),
    ...['password_hash', 'created_by.password', '__proto__', 'constructor', 'organization.users'].map((field) =>
      query('report D6 a field that is not for asking', 'InvalidFilter', 'filter.field', { filter: rule(field, 'equal', 'x') }),
    ),
    query('report D7 a value for a list', 'InvalidFilter', 'filter.value', { filter: rule('name', 'in', 'x') }),
    query('report D7 a list with a hole', 'InvalidFilter', 'filter.value[0]', { filter: rule('name', 'in', [null]) }),
    query('report D7 half a range', 'InvalidFilter', 'filter.value', { filter: rule('name', 'between', ['a']) }),
    query('report D7 a value for a range', 'InvalidFilter', 'filter.value', { filter: rule('name', 'between', 'a') }),
    query('report D7 a list for a value', 'InvalidFilter', 'filter.value', { filter: rule('name', 'equal', ['a', 'b']) }),
    query('report D14 a parameter twice', 'BadRequest', 'search', 'search=a&search=b'),
    query('report D14 a parameter twice', 'InvalidOrdering', 'ordering', 'ordering=name&ordering=-name'),
    query('report D14 a parameter twice', 'InvalidPagination', 'limit', 'limit=1&limit=2'),
    query('report D14 a parameter twice', 'InvalidFilter', 'filter', 'filter={}&filter={}'),
    ...['search[]=a', 'search[x]=a', 'limit[gt]=1', 'filter[name]=a', 'search%5B%5D=a'].map((asked) =>
      query('report D15 a parameter in brackets', 'BadRequest', undefined, asked),
    ),
    ...['created_by.password', '-', ',', '--name', 'name,name', 'name,', '-name,name'].map((ordering) =>
      query('report E3 an order by what is no field', 'InvalidOrdering', 'ordering', { ordering }),
    ),
    ...['name desc', '+name', 'name:desc', 'name;', 'NAME', 'desc', 'name DESC NULLS LAST'].map((ordering) =>
      query('report E4 a direction in words', 'InvalidOrdering', 'ordering', { ordering }),
    ),
    ...[null, undefined, ''].map((model_id): Row => [
      `report G8 a segment of no model: ${model_id}`,
      400,
      'ValidationError',
      'model_id',
      () => create({ model_id }),
    ]),
    ...['undefined', 'null', 'NaN', '[object%20Object]'].map((id): Row => [
      `report G8 the segments of no model: ${id}`,
      400,
      'BadRequest',
      'model_id',
      () => writer().get(`/v3/models/${id}/segments`),
    ]),
    ...[churnV1.id, nobodysId].map((id): Row => [
      `report H2 a list under a parent that is not for them: ${id}`,
      404,
      'ObjectNotFound',
      undefined,
      () => world.api.as(gus.email).get(`/v3/models/${id}/segments`),
    ]),
    query('report H5 an organization in the query', 'BadRequest', 'organization_id', { organization_id: globex.id }),
    ...['false0', '0', '1', 'no', 'yes', ''].map((flag): Row => [
      `report I1 a flag that is neither: ${flag}`,
      400,
      'BadRequest',
      'latest_only',
      () => writer().get('/v3/models', { latest_only: flag }),
    ]),
    ...names.flatMap((name): Row[] => [
      [`report I3 a name that is no text: ${JSON.stringify(name)}`, 400, 'ValidationError', 'name', () => create({ name })],
      [
        `report I3 of a model: ${JSON.stringify(name)}`,
        400,
        'ValidationError',
        'version',
        () => admin().post('/v3/models', modelBody({ version: name })),
      ],
    ]),
    ...['id', 'organization', 'organization_id', 'created_by', 'created_at', 'deleted_at', 'foo'].map((member): Row => [
      `report I6 a member that is the server's or nobody's: ${member}`,
      400,
      'ValidationError',
      member,
      () => create({ [member]: 'x' }),
    ]),
    ...['id', 'organization_id', 'created_by', 'artifact_status', 'foo'].map((member): Row => [
      `report I6 of a model: ${member}`,
      400,
      'ValidationError',
      member,
      () => admin().post('/v3/models', modelBody({ [member]: 'x' })),
    ]),
  ])('%s: %d', async (_, status, reason, field, ask) => {
    const before = await total();
    expectError(await ask(), status, reason, field === undefined ? {} : { field });
    expect(await total()).toBe(before);
  });

  test('report J5 what is no route, or no verb of it', async () => {
    for (const path of ['/v3/nope', '/nope', '/v3', '/']) {
      for (const caller of [writer(), world.api.anonymous]) expectError(await caller.get(path), 404, 'RouteNotFound');
    }
    expectError(await writer().send('PUT', '/v3/segments', { json: {} }), 405, 'MethodNotAllowed');
    expectError(await writer().send('PATCH', `/v3/segments/${nobodysId}`, { json: {} }), 405, 'MethodNotAllowed');
  });

  test.each<[string, Record<string, string>]>([
    ['text', { 'content-type': 'text/plain' }],
    ['XML', { 'content-type': 'application/xml' }],
    ['another charset', { 'content-type': 'application/json; charset=latin1' }],
    ['an encoding that is none', { 'content-type': 'application/json', 'content-encoding': 'bogus' }],
    ['compressed, it says', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('report J6 a body of another kind, %s: 415', async (_, headers) => {
    expectError(await writer().send('POST', '/v3/segments', { raw: JSON.stringify(body()), headers }), 415, 'UnsupportedMediaType');
  });

  test.each(['abc', '%20', '%ZZ', '..%2F..', '1', "'", '%00', '%C3', 'null', '-1', '00000000-0000-4000-8000-00000000000G'])(
    'report J10 an id in the path that is none, %s: 400',
    async (id) => {
      for (const method of ['GET', 'DELETE'])
        for (const path of [`/v3/segments/${id}`, `/v3/models/${id}`, `/v3/projects/${id}`]) {
          const head = `${method} ${path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${tokenOf(wim.email)}\r\nConnection: close\r\n\r\n`;
          expectError(await sendRaw(world.service.port, head), 400, 'BadRequest');
        }
    },
  );

  test('report J13 one rule for addresses: a slash at the end is none, all else is another address', async () => {
    const model = `/v3/models/${churnV1.id}/segments`;
    for (const path of ['/v3/segments', model, `/v3/models/${churnV1.id}`]) {
      const [plain, slashed] = [await writer().get(path), await writer().get(`${path}/`)];
      expect([slashed.status, slashed.text]).toEqual([200, plain.text]);
      expectError(await world.api.anonymous.get(`${path}/`), 401, 'Unauthorized');
    }
    for (const path of ['/v3//segments', '/V3/Segments', '//v3/segments', '/v3/segments//', '/v3/./nope']) {
      for (const caller of [writer(), world.api.anonymous]) expectError(await caller.get(path), 404, 'RouteNotFound');
    }
  });
});

describe('definitions', () => {
  const times = (count: number, text: string) => text.repeat(count);
  const alternatives = (count: number) => `age == 0${Array.from({ length: count }, (_, at) => ` or age == ${at + 1}`).join('')}`;

  test('report A5 enormous alternatives are refused, and the lists go on', async () => {
    const before = idsOf(await walk('/v3/segments', {}, 100));
    expectError(await create({ definition: alternatives(70_000) }), 413, 'PayloadTooLarge');
    expectError(await create({ definition: alternatives(5_000) }), 400, 'FQL_TOO_LONG', { field: 'definition' });
    expectError(await create({ definition: `active${times(1_100, ' or active')}` }), 400, 'FQL_TOO_LONG', { field: 'definition' });
    expect(idsOf(await promptly(() => walk('/v3/segments', {}, 100)))).toEqual(before);
  });

  test.each<[string, string]>([
    ['parentheses', `${times(4_900, '(')}age > 1${times(4_900, ')')}`],
    ['negations', `${times(2_400, 'not ')}active`],
    ['signs', `${times(4_500, '- ')}1 > age`],
    ['powers', `${times(4_900, '1^')}1 > age`],
    ['calls', `${times(1_900, 'abs(')}age${times(1_900, ')')} > 1`],
    ['opened and never closed', times(10_000, '(')],
  ])('report A12 a tower of %s is refused at once, and the process lives', async (_, definition) => {
    expectError(await promptly(() => create({ definition })), 400, 'FQL_TOO_DEEP', { field: 'definition', says: /100/ });
    expectPaginated(await list({ limit: 1 }));
  });

  /** Texts that reach the limit of 100 levels and no more, and what one step more is. */
  test.each<[string, (count: number) => string, number | undefined]>([
    ['parentheses', (count) => `${times(count, '(')}age > 1${times(count, ')')}`, 100],
    ['negations', (count) => `${times(count, 'not ')}active == true`, 100],
    ['calls', (count) => `${times(count, 'abs(')}age${times(count, ')')} > 1`, 100],
    ['operands of ^, which group to the right', (count) => `${times(count, '1^')}1 > age`, 100],
    ['or, which is a chain and no tower', (count) => `active${times(count, ' or active')}`, undefined],
    ['+, which is a chain and no tower', (count) => `age${times(count, ' + 1')} > 1`, undefined],
  ])('report A14 depth counts levels and not lengths: %s', async (_, text, limit) => {
    if (limit === undefined) return void expectNormal(await create({ definition: text(300) }));
    expectNormal(await create({ definition: text(limit) }));
    expectError(await create({ definition: text(limit + 1) }), 400, 'FQL_TOO_DEEP', { field: 'definition' });
  });
});

describe('names and what goes with them', () => {
  test('report A11 a segment whose model is gone is gone, and no error', async () => {
    const model_id = await newModel();
    const [segment] = await fill(model_id, 1);
    expectNormal(await admin().delete(`/v3/models/${model_id}`), 202);
    for (const method of ['GET', 'DELETE']) expectError(await writer().send(method, `/v3/segments/${segment.id}`), 404, 'ObjectNotFound');
    expect(idsOf(await walk('/v3/segments', {}, 100))).not.toContain(segment.id);
  });

  test('report B5 what was deleted is in no answer after it', async () => {
    const { id } = expectNormal(await create());
    const before = await total();
    const answer = await writer().delete(`/v3/segments/${id}`);
    expect([answer.status, answer.text]).toEqual([200, '']);
    expect(await total()).toBe(before - 1);
    for (const method of ['GET', 'DELETE']) expectError(await writer().send(method, `/v3/segments/${id}`), 404, 'ObjectNotFound');
  });

  test('report B6 every documented operation takes a member’s token, or says which role it wants', async () => {
    for (const [path, item] of Object.entries<Record<string, any>>(world.document.document['paths'])) {
      for (const [method, operation] of Object.entries<any>(item)) {
        const ids: Record<string, string> = method === 'delete' ? {} : { model_id: churnV1.id };
        const target = path.replaceAll(/\{([^}]+)\}/g, (_, name: string) => ids[name] ?? nobodysId);
        const answer = await writer().send(method.toUpperCase(), target, ['post', 'put', 'patch'].includes(method) ? { json: {} } : {});
        expect({ operation: operation.operationId, refused: answer.status === 401 }).toMatchObject({ refused: false });
        if (answer.status === 403) expectError(answer, 403, 'Forbidden', { says: /(?:Org|Project) Admin/ });
        if (answer.status === 403) expect(operation.responses['403']).toBeDefined();
      }
    }
  });

  test('report G2 a deleted name is free, and what had it stays gone', async () => {
    const { name } = body();
    const ids: string[] = [];
    for (const _ of [1, 2, 3]) {
      const { id } = expectNormal(await create({ name }));
      expect((await writer().delete(`/v3/segments/${id}`)).status).toBe(200);
      ids.push(id);
    }
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expectError(await writer().get(`/v3/segments/${id}`), 404, 'ObjectNotFound');
  });

  test('report G4 twenty creates of one name at once: one succeeds', async () => {
    const { name } = body();
    const answers = await Promise.all(Array.from({ length: 20 }, () => create({ name })));
    const lost = answers.filter(({ status }) => status !== 200);
    for (const answer of lost) expectError(answer, 409, 'Conflict', { field: 'name' });
    expect(lost).toHaveLength(19);
    expect(await total({ filter: rule('name', 'equal', name) })).toBe(1);
  });

  test('report G9 deleting takes what hangs on it and nothing beside it', async () => {
    const [doomed, kept] = [await newModel(), await newModel()];
    await fill(doomed, 2);
    const [beside] = await fill(kept, 1);
    const count = async (table: string, where: string) =>
      Number((await world.database.query(`SELECT COUNT(*) AS n FROM ${table} WHERE ${where} = ?`, [doomed]))[0]!['n']);
    expect([await count('model', 'id'), await count('segment', 'model_id')]).toEqual([1, 2]);
    expectNormal(await admin().delete(`/v3/models/${doomed}`), 202);
    expect([await count('model', 'id'), await count('segment', 'model_id')]).toEqual([0, 0]);
    expect(expectNormal(await writer().get(`/v3/segments/${beside.id}`))).toEqual(beside);
  });

  test('report H5 only the token decides the organization', async () => {
    const headers = { 'x-organization-id': globex.id, 'x-org': globex.name, 'x-tenant-id': globex.id, 'x-forwarded-host': 'globex.test' };
    const [plain, dressed] = [await list(), await writer().send('GET', '/v3/segments', { headers })];
    expect(dressed.body).toEqual(plain.body);
    expectError(await create({ model_id: globexModel.id }), 404, 'ObjectNotFound');
    expectError(await create({ organization_id: globex.id }), 400, 'ValidationError', { field: 'organization_id' });
    expectError(await writer().get(`/v3/models/${globexModel.id}/segments`), 404, 'ObjectNotFound');
  });

  test('report I6 every documented member does arrive', async () => {
    const sent = { model_id: churnV1.id, name: `report ${++made}`, definition: 'age > 31', description: 'all of them' };
    const { id, model, ...rest } = expectNormal(await writer().post('/v3/segments', sent));
    expect({ model_id: model.id, name: rest.name, definition: rest.definition, description: rest.description }).toEqual(sent);
    expect(rest.created_by.id).toBe(wim.id);
    expect(id).not.toBe(nobodysId);
  });
});

describe('lists', () => {
  let model: string;
  let rows: any[];
  const path = () => `/v3/models/${model}/segments`;
  const page = (query: Query) => writer().get(path(), query);
  beforeAll(async () => {
    model = await newModel();
    rows = await fill(model, 150, (at) => ({ description: at % 2 === 0 ? null : `text ${at % 7}` }));
  }, 60_000);

  test('report B7 a search looks through all of it, not through its first page', async () => {
    const queries: Query[] = [
      { search: rows[139].name, limit: 10 },
      { filter: rule('name', 'equal', rows[149].name), limit: 1 },
    ];
    for (const query of queries) {
      const answer = await list(query);
      expect(expectPaginated(answer)).toHaveLength(1);
      expect(answer.body.data).toMatchObject({ total: 1, item_count: 1 });
    }
  });

  test('report C2 a page counts segments and not what is joined to them', async () => {
    const answer = await page({ limit: 2, offset: 0, ordering: 'created_by.full_name,project.name,model.name', search: 'wim churn row' });
    expect(expectPaginated(answer)).toHaveLength(2);
    expect(answer.body.data.total).toBe(150);
  });

  test('report C4 one field and several are both an order', async () => {
    const names = rows.map(({ name }) => name);
    expect(expectPaginated(await page({ ordering: '-name', limit: 150 })).map(({ name }) => name)).toEqual(names.toReversed());
    const two = expectPaginated(await page({ ordering: '-description,-name', limit: 150 })).map((row) =>
      [row.description, row.name].join(),
    );
    expect(two).toEqual(two.toSorted().toReversed());
  });

  test('report C6 rows without a value stand together at one end, and backwards is backwards', async () => {
    const up = expectPaginated(await page({ ordering: 'description', limit: 150 })).map(({ description }) => description);
    const down = expectPaginated(await page({ ordering: '-description', limit: 150 })).map(({ description }) => description);
    expect(up).toEqual(rows.map(({ description }) => description).toSorted());
    expect(down).toEqual(up.toReversed());
  });

  test('report C10 rows of one and the same key are each on one page', async () => {
    for (const ordering of ['description', '-description', 'created_by.email', 'project.name', '-model.version']) {
      const ids = idsOf(await walk(path(), { ordering }, 7));
      expect(new Set(ids)).toEqual(new Set(idsOf(rows)));
      expect(ids).toHaveLength(150);
    }
  });

  test('report C9 what is added while a client pages repeats nothing; a walk by a filter on the last seen misses nothing', async () => {
    const own = await newModel();
    const before = await fill(own, 25);
    const get = (query: Query) => writer().get(`/v3/models/${own}/segments`, query);
    const ordering = 'created_at';
    const first = idsOf(expectPaginated(await get({ ordering, limit: 10 })));
    await fill(own, 1, () => ({ name: 'late' }));
    const second = idsOf(expectPaginated(await get({ ordering, limit: 10, offset: 10 })));
    expect(second.filter((id) => first.includes(id))).toEqual([]);
    // A deleted row moves the rest up by one; a page that begins after the last name seen does not care.
    await writer().delete(`/v3/segments/${before[0].id}`);
    const seen: string[] = [];
    for (let last = ''; ; last = seen.at(-1)!) {
      const items = expectPaginated(await get({ filter: rule('name', 'greater', last), ordering: 'name', limit: 10 }));
      if (items.length === 0) break;
      seen.push(...items.map(({ name }) => name));
      if (seen.length === 10) await writer().delete(`/v3/segments/${before[1].id}`);
    }
    expect(seen).toEqual(['late', ...before.slice(1).map(({ name }) => name)]);
  });

  test('report D2 a filter that finds nothing is an empty page', async () => {
    for (const operator of ['equal', 'contains', 'begins_with', 'ends_with']) {
      const answer = await filtered('name', operator, 'not there');
      expect(expectPaginated(answer)).toEqual([]);
      expect(answer.body.data).toMatchObject({ total: 0, page_count: 1 });
    }
  });

  test('report D7 an empty set is no row, and its opposite is all of them', async () => {
    for (const operator of ['in', 'any']) expect((await page({ filter: rule('name', operator, []) })).body.data.total).toBe(0);
    expect((await page({ filter: rule('name', 'not_in', []) })).body.data.total).toBe(150);
  });

  test.each<[string, string, boolean]>([
    ['report I1 false is false', 'false', false],
    ['report I1 False is false', 'False', false],
    ['report I1 true is true', 'true', true],
  ])('%s', async (_, flag, latest) => {
    const versions = expectPaginated(await admin().get('/v3/models', { latest_only: flag, search: 'churn_model' })).map(
      ({ version }) => version,
    );
    expect(versions.toSorted()).toEqual(latest ? ['v2'] : ['v1', 'v2']);
  });
});

describe('texts and times', () => {
  test('report F1 two emoji are two names, and each is found by itself', async () => {
    for (const name of ['\u{1F3A9}', '\u{1F4A5}']) expectNormal(await create({ name }));
    for (const name of ['\u{1F3A9}', '\u{1F4A5}']) {
      expect(expectPaginated(await list({ search: name })).map((one) => one.name)).toEqual([name]);
      expect(expectPaginated(await filtered('name', 'equal', name)).map((one) => one.name)).toEqual([name]);
    }
  });

  test('report F3 an emoji comes back from each door as it went in', async () => {
    const sent = body({ name: 'neutral \u{1F610}', description: 'so \u{1F610}', definition: "geography == '\u{1F610}'" });
    const created = expectNormal(await writer().post('/v3/segments', sent));
    expect(created).toMatchObject({ name: sent.name, description: 'so \u{1F610}', definition: sent.definition });
    expect(expectNormal(await writer().get(`/v3/segments/${created.id}`))).toEqual(created);
    expect(expectPaginated(await list({ search: '\u{1F610}' }))).toEqual([created]);
  });

  test('report F4 four-byte text in a definition, on tables that our migrations made', async () => {
    expectNormal(await create({ definition: "geography == '\u{1F525}'" }));
  });

  test('report F7 times have milliseconds, in the order of what happened', async () => {
    const model_id = await newModel();
    const [first, second] = [(await fill(model_id, 1))[0], (await fill(model_id, 1, () => ({ name: 'a later one' })))[0]];
    for (const one of [first, second]) expect(one.created_at).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    for (const one of [first, second]) expect(one.updated_at).toBe(one.created_at);
    expect(second.created_at >= first.created_at).toBe(true);
    const ordered = expectPaginated(await writer().get(`/v3/models/${model_id}/segments`, { ordering: 'created_at' }));
    expect(idsOf(ordered)).toEqual([first.id, second.id]);
  });

  test('report F8 a time that we answered finds its row', async () => {
    const { id, created_at } = expectNormal(await create());
    for (const operator of ['equal', 'greater_or_equal', 'less_or_equal']) {
      const filter = { rules: [rule('created_at', operator, created_at), rule('id', 'equal', id)] };
      expect(idsOf(expectPaginated(await list({ filter })))).toEqual([id]);
    }
    for (const operator of ['less', 'greater', 'not_equal']) {
      const filter = { rules: [rule('created_at', operator, created_at), rule('id', 'equal', id)] };
      expect(expectPaginated(await list({ filter }))).toEqual([]);
    }
  });

  (engine === 'mysql' ? test : test.skip)(
    'report F11 a server of another default makes the same tables',
    async () => {
      const collations = async (prepare: string | undefined) => {
        const database = await freshDatabase();
        try {
          if (prepare !== undefined) await database.query(prepare);
          expect((await runAdmin(database.url, ['migrate'])).code).toBe(0);
          return await database.query(
            `SELECT table_name AS t, column_name AS c, collation_name AS collation FROM information_schema.columns
           WHERE table_schema = DATABASE() AND collation_name IS NOT NULL AND table_name <> 'migration' AND table_name <> 'migration_lease'
           ORDER BY 1, 2`,
          );
        } finally {
          await database.drop();
        }
      };
      const ours = await collations(undefined);
      expect(ours).toContainEqual({ t: 'segment', c: 'name', collation: 'utf8mb4_bin' });
      expect(await collations('ALTER DATABASE CHARACTER SET latin1 COLLATE latin1_swedish_ci')).toEqual(ours);
    },
    60_000,
  );
});

describe('the protocol', () => {
  test('report J1 a content type with no body is no body', async () => {
    const { id } = expectNormal(await create());
    const model = await newModel();
    const headers = { 'content-type': 'application/json' };
    expect((await writer().send('DELETE', `/v3/segments/${id}`, { headers })).status).toBe(200);
    expect((await admin().send('DELETE', `/v3/models/${model}`, { headers })).status).toBe(202);
    expectPaginated(await writer().send('GET', '/v3/segments', { headers }));
  });

  test('report J4 a body that is too large: 413 reaches the sender, and the next request is served', async () => {
    for (const _ of [1, 2, 3]) {
      expectError(await create({ description: 'x'.repeat(3 * 1024 * 1024) }), 413, 'PayloadTooLarge');
      expectPaginated(await list({ limit: 1 }));
    }
  });

  test('report J9 a delete answers no body, and the document says so', async () => {
    const { id } = expectNormal(await create());
    const { status, text, headers } = await writer().delete(`/v3/segments/${id}`);
    expect([status, text, headers.get('content-length'), headers.get('content-type')]).toEqual([200, '', '0', null]);
    expect(world.document.document['paths']['/v3/segments/{uuid}'].delete.responses['200'].content).toBeUndefined();
  });
});

describe('tokens', () => {
  const ask = (authorization: string | undefined) =>
    world.api.anonymous.send('GET', '/v3/segments', authorization === undefined ? {} : { headers: { authorization } });
  const bearer = (claims: object, options: Parameters<typeof sign>[1] = {}) =>
    ask(`Bearer ${sign({ ...claimsOf(wim.id), ...claims }, options)}`);
  const unsigned = (alg: string) =>
    `${[{ alg, typ: 'JWT' }, claimsOf(wim.id)].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.')}.`;

  test.each(['none', 'None', 'nOnE', 'HS256'])('report K1 a token without a signature, %s: 401', async (alg) => {
    expectError(await ask(`Bearer ${unsigned(alg)}`), 401, 'Unauthorized');
  });

  test('report K3 missing, expired and otherwise wrong are told apart, and no more than that', async () => {
    const messages = [
      await ask(undefined),
      await ask('Basic d2ltOnNlY3JldA=='),
      await bearer({ exp: now() - 60 }),
      await bearer({ nbf: now() + 60 }),
      await bearer({}, { secret: 'another secret of more than 32 bytes, for sure' }),
    ].map((answer) => expectError(answer, 401, 'Unauthorized')[0].message);
    const [missing, basic, expired, early, foreign] = messages;
    expect(new Set([missing, expired, foreign]).size).toBe(3);
    expect([basic, early]).toEqual([missing, foreign]);
    expect(expired).toMatch(/expired/);
  });

  test.each<[string, string, number, number]>([
    ['issued 3 s ahead', 'iat', 3, 200],
    ['valid from 3 s ahead', 'nbf', 3, 200],
    ['expired a second ago', 'exp', -1, 200],
    ['issued a minute ahead', 'iat', 60, 401],
    ['valid from a minute ahead', 'nbf', 60, 401],
    ['expired a minute ago', 'exp', -60, 401],
  ])('report K6 clocks may differ a little: %s', async (_, claim, seconds, status) => {
    expect((await bearer({ [claim]: now() + seconds })).status).toBe(status);
  });
});

describe('the database goes away and comes back', () => {
  let database: TestDatabase;
  let severed: SeveredDatabase;
  let service: Service;
  const ask = async (path: string) => {
    const answer = await apiAt(service.url).as(wim.email).get(path);
    if (answer.status === 503) wantAnswer(answer);
    return answer.status;
  };
  const untilWell = (path: string) => until(`${path} is 200`, async () => (await ask(path)) === 200);
  beforeAll(async () => {
    database = await filledDatabase();
    severed = await severable(database);
    service = await startService({ databaseUrl: severed.url });
    expect(await ask('/v3/segments')).toBe(200);
    await severed.sever();
  }, 60_000);
  afterAll(async () => {
    await severed?.sever();
    await service?.stop();
    await database?.drop();
  });

  test('report M5 requests are 503 meanwhile, and served again without a restart', async () => {
    for (const _ of [1, 2, 3]) {
      const answer = await apiAt(service.url).as(wim.email).get('/v3/segments');
      expectError(answer, 503, 'ServiceUnavailable');
      expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    }
    expect(await ask('/health/ready')).toBe(503);
    await severed.mend();
    await untilWell('/v3/segments');
    expect(service.process.exitCode).toBeNull();
  });

  test('report M4 readiness follows the database, liveness does not', async () => {
    await untilWell('/health/ready');
    await severed.sever();
    expect([await ask('/health/ready'), await ask('/health/live'), await ask('/v3/segments')]).toEqual([503, 200, 503]);
    await severed.mend();
    await untilWell('/health/ready');
  });
});

describe('the document', () => {
  const walkSchemas = (value: unknown, at: string, visit: (schema: Record<string, any>, at: string) => void): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) visit(value as Record<string, any>, at);
    for (const [key, member] of Object.entries(value))
      if (key !== 'example' && key !== 'examples') walkSchemas(member, `${at}/${key}`, visit);
  };

  test('report L2 what can be null is documented as such, and the answers are held against it', async () => {
    const model = expectNormal(await admin().post('/v3/models', modelBody()));
    const nulls = Object.entries(expectNormal(await admin().get(`/v3/models/${model.id}`))).flatMap(([name, value]) =>
      value === null ? [name] : [],
    );
    expect(nulls).not.toEqual([]);
    const { properties } = world.document.document['components'].schemas.ModelDetailResource;
    for (const name of nulls) expect({ name, nullable: properties[name].nullable }).toEqual({ name, nullable: true });
    const { description } = expectNormal(await create({ description: null }));
    expect(description).toBe('');
  });

  test('report L3 schemas hold known keywords alone', () => {
    const known = new Set(
      (
        '$ref type format title description default example enum nullable properties required additionalProperties items allOf oneOf anyOf not ' +
        'minimum maximum exclusiveMinimum exclusiveMaximum minLength maxLength minItems maxItems uniqueItems minProperties maxProperties pattern'
      ).split(' '),
    );
    const stray: string[] = [];
    const { components, paths } = world.document.document;
    const look = (schema: unknown, at: string): void => {
      if (typeof schema !== 'object' || schema === null) return;
      for (const [key, member] of Object.entries(schema)) {
        if (!known.has(key)) stray.push(`${at}: ${key}`);
        if (key === 'properties') for (const [name, one] of Object.entries(member as object)) look(one, `${at}.${name}`);
        if (['items', 'not', 'additionalProperties'].includes(key)) look(member, `${at}/${key}`);
        if (['allOf', 'oneOf', 'anyOf'].includes(key)) for (const one of member as unknown[]) look(one, `${at}/${key}`);
      }
    };
    for (const [name, schema] of Object.entries(components.schemas)) look(schema, name);
    walkSchemas(paths, '', (one, at) => 'schema' in one && look(one['schema'], at));
    expect(stray).toEqual([]);
    const operations = Object.values<any>(paths).flatMap((item) => Object.values<any>(item));
    expect(new Set(operations.map(({ operationId }) => operationId)).size).toBe(operations.length);
  });
});
