import { get } from 'node:http';
import { describe, expect, test } from '@jest/globals';
import { limits } from '../src/config/limits.js';
import { fqlLimits } from '../src/fql/limits.js';
import { LIMITS } from '../src/list-query/limits.js';
import type { Answer, Query } from './support/api.js';
import { expectError } from './support/envelope.js';
import { ada, churnV1, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { namedTestTrouble } from './support/named-test.js';
import { sendRaw } from './support/raw.js';
import { claimsOf, sign } from './support/token.js';
import { useWorld } from './support/world.js';

/** Every limit that the code reads, asked for over HTTP at its value and one past it. */
const world = useWorld();
const tables = { limits, LIMITS, fqlLimits };
const json = { 'content-type': 'application/json' };
let made = 0;

const segment = (changes: object = {}) => ({ model_id: churnV1.id, name: `limit ${++made}`, definition: 'age > 30', ...changes });
const create = (changes: object) => world.api.as(wim.email).post('/v3/segments', segment(changes));
const define = (definition: string) => create({ definition });
const list = (query: Query) => world.api.as(vic.email).get('/v3/segments', query);
const model = (changes: object) => world.api.as(pia.email).post('/v3/models', modelBody(changes));
const refer = async (json: object, key = 'x') => {
  const { id } = (await create({})).body.data;
  return world.api.as(wim.email).send('PUT', `/v3/segments/${id}/references/alert/${key}`, { json });
};
const evaluate = (rows: readonly object[]) =>
  world.api.as(wim.email).post('/v3/segments/evaluate', { model_id: churnV1.id, definition: 'age > 30', rows });
const bulk = (segments: readonly object[], headers = {}) =>
  world.api.as(wim.email).send('POST', `/v3/models/${churnV1.id}/segments/bulk`, { json: { segments }, headers });

const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));
const text = (length: number): string => 'x'.repeat(length);
const column = (changes: object = {}) => ({ name: 'age', data_type: 'int', ...changes });
const columns = (count: number) => many(count, (at) => column({ name: `c${at}` }));
const members = (count: number) => Object.fromEntries(many(count, (at) => [`k${at}`, 1]));
const rule = (value: unknown, operator = 'equal') => ({ field: 'name', operator, value });
/** Brackets in one another; `depth` is at least 1. */
const nested = (depth: number): unknown => (depth === 1 ? [] : [nested(depth - 1)]);
const conditions = (depth: number): object => ({ rules: [depth === 1 ? rule('x') : conditions(depth - 1)] });
/** A name, then as many comparisons as make this many parts: each has three, and an `or` before the next. */
const parts = (count: number) =>
  `${'not '.repeat((count + 1) % 4)}${many(Math.floor((count + 1) / 4), (at) => `age > ${at}`).join(' or ')}`;
const padded = (body: object, bytes: number): string => JSON.stringify(body).padEnd(bytes, ' ');

/** A request whose head has this many bytes as the parser counts them: names, values and the address, not what stands between. */
function head(bytes: number): Promise<Answer> {
  const counted = ['/health/live', 'Host', 'x', 'Connection', 'close', 'X-Filler'].join('').length;
  const filler = text(bytes - counted);
  return sendRaw(world.service.port, `GET /health/live HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX-Filler: ${filler}\r\n\r\n`);
}

/** A token of this many bytes. */
function token(bytes: number): string {
  for (let filler = 0; ; filler++) {
    const made = sign({ ...claimsOf(wim.id), filler: text(Math.floor((bytes - 400) * 0.75) + filler) });
    if (made.length === bytes) return made;
    if (made.length > bytes) throw new Error(`No token has ${bytes} bytes.`);
  }
}

/** What is asked for with `n` of something; what comes of the limit itself, and of one more. */
type Row = [limit: string, ask: (n: number) => Promise<Answer>, atLimit: number, onePast: number, reason: string];

const rows: Row[] = [
  // S30
  [
    'limits.body.plain',
    (n) => world.api.as(wim.email).send('POST', '/v3/segments', { raw: padded(segment(), n), headers: json }),
    200,
    413,
    'PayloadTooLarge',
  ],
  [
    'limits.body.large',
    (n) =>
      world.api
        .as(wim.email)
        .send('POST', '/v3/segments/evaluate', {
          raw: padded({ model_id: churnV1.id, definition: 'age > 30', rows: [{ age: 1 }] }, n),
          headers: json,
        }),
    200,
    413,
    'PayloadTooLarge',
  ],
  // S31. An evaluation is three levels deep where a row's values begin.
  ['limits.json.depth', (n) => evaluate([{ age: 1, more: nested(n - 3) }]), 200, 400, 'BadRequest'],
  ['limits.json.membersOfOne', (n) => evaluate([members(n)]), 200, 400, 'BadRequest'],
  [
    'limits.json.membersInAll.large',
    (n) => evaluate([...many(999, () => members(200)), members(n - 3 - 999 * 200)]),
    200,
    400,
    'BadRequest',
  ],
  ['limits.requestHead', head, 200, 431, 'HeaderTooLarge'],
  ['limits.token', (n) => world.api.as(token(n)).get('/v3/server-info'), 200, 401, 'Unauthorized'],
  // S32
  ['fqlLimits.length', (n) => define(`age >${' '.repeat(n - 6)}1`), 200, 400, 'FQL_TOO_LONG'],
  ['fqlLimits.depth', (n) => define(`${'('.repeat(n)}age > 1${')'.repeat(n)}`), 200, 400, 'FQL_TOO_DEEP'],
  ['fqlLimits.nodes', (n) => define(parts(n)), 200, 400, 'FQL_TOO_COMPLEX'],
  ['fqlLimits.pattern', (n) => define(`match(geography, '${text(n)}')`), 200, 400, 'FQL_REGEX_INVALID'],
  // S33
  ['limits.segmentName', (n) => create({ name: `${String(++made).padStart(8, '0')}${text(n - 8)}` }), 200, 400, 'ValidationError'],
  ['limits.segmentDescription', (n) => create({ description: text(n) }), 200, 400, 'ValidationError'],
  [
    'limits.projectName',
    (n) => world.api.as(ada.email).post('/v3/projects', { name: `${String(++made).padStart(8, '0')}${text(n - 8)}` }),
    200,
    400,
    'ValidationError',
  ],
  ['limits.modelName', (n) => model({ name: `${String(++made).padStart(8, '0')}${text(n - 8)}` }), 200, 400, 'ValidationError'],
  ['limits.modelVersion', (n) => model({ version: text(n) }), 200, 400, 'ValidationError'],
  ['limits.modelColumns', (n) => model({ schema: { columns: columns(n) }, spec: { inputs: ['c0'] } }), 200, 400, 'ValidationError'],
  [
    'limits.columnName',
    (n) => model({ schema: { columns: [column({ name: text(n) })] }, spec: { inputs: [text(n)] } }),
    200,
    400,
    'ValidationError',
  ],
  [
    'limits.columnValues',
    (n) => model({ schema: { columns: [column({ data_type: 'category', categories: many(n, String) })] } }),
    200,
    400,
    'ValidationError',
  ],
  [
    'limits.customFeatures',
    (n) =>
      model({
        schema: { columns: columns(2) },
        spec: { inputs: ['c0'], custom_features: many(n, (at) => ({ type: 'FROM_COLUMNS', name: `f${at}`, columns: ['c0', 'c1'] })) },
      }),
    200,
    400,
    'ValidationError',
  ],
  ['limits.referenceKey', (n) => refer({}, text(n)), 200, 400, 'BadRequest'],
  ['limits.referenceName', (n) => refer({ name: text(n) }), 200, 400, 'ValidationError'],
  ['limits.referenceUrl', (n) => refer({ url: 'http://acme.test/'.padEnd(n, 'x') }), 200, 400, 'ValidationError'],
  ['limits.segmentsAtOnce', (n) => bulk(many(n, (at) => ({ name: `${n} ${at}`, definition: 'age > 30' }))), 200, 400, 'ValidationError'],
  [
    'limits.idempotencyKey',
    (n) => bulk([{ name: `key ${n}`, definition: 'age > 30' }], { 'idempotency-key': text(n) }),
    200,
    400,
    'BadRequest',
  ],
  ['limits.rowsToEvaluate', (n) => evaluate(many(n, () => ({ age: 1 }))), 200, 400, 'ValidationError'],
  // S34 and S35
  ['LIMITS.limit.max', (limit) => list({ limit }), 200, 400, 'InvalidPagination'],
  ['LIMITS.offset.max', (offset) => list({ offset }), 200, 400, 'InvalidPagination'],
  // S36
  ['LIMITS.filterLength', (n) => list({ filter: padded(rule('x'), n) }), 200, 400, 'InvalidFilter'],
  ['LIMITS.filterDepth', (n) => list({ filter: conditions(n) }), 200, 400, 'InvalidFilter'],
  ['LIMITS.filterRules', (n) => list({ filter: { rules: many(n, () => rule('x')) } }), 200, 400, 'InvalidFilter'],
  [
    'LIMITS.setValues',
    (n) =>
      list({
        filter: rule(
          many(n, () => 'x'),
          'in',
        ),
      }),
    200,
    400,
    'InvalidFilter',
  ],
  // S37 and S38
  ['LIMITS.searchLength', (n) => list({ search: text(n) }), 200, 400, 'BadRequest'],
  [
    'LIMITS.orderingFields',
    (n) => list({ ordering: ['name', 'id', 'created_at', 'updated_at', 'description', 'definition'].slice(0, n).join(',') }),
    200,
    400,
    'InvalidOrdering',
  ],
];

const valueOf = (path: string): number => path.split('.').reduce<any>((at, part) => at[part], tables);
const leaves = (value: unknown, path: string): string[] =>
  typeof value === 'object' ? Object.entries(value as object).flatMap(([name, inner]) => leaves(inner, `${path}.${name}`)) : [path];
const ids: Readonly<Record<string, string>> = {
  body: 'S30',
  json: 'S31',
  fqlLimits: 'S32',
  segmentName: 'S33',
  segmentDescription: 'S33',
  limit: 'S34',
  offset: 'S35',
  filterLength: 'S36',
  filterDepth: 'S36',
  filterRules: 'S36',
  setValues: 'S36',
  searchLength: 'S37',
  orderingFields: 'S38',
};
const titled = rows.map(([path, ...rest]): [string, string, ...typeof rest] => {
  const id = path
    .split('.')
    .flatMap((part) => ids[part] ?? [])
    .at(-1);
  return [`${id === undefined ? '' : `${id} `}${path}`, path, ...rest];
});

describe('at the limit, and one past it', () => {
  test.each(titled)('%s', async (_, path, ask, atLimit, onePast, reason) => {
    const [at, past] = [await ask(valueOf(path)), await ask(valueOf(path) + 1)];
    expect({ status: at.status, error: at.body?.error }).toEqual({ status: atLimit, error: undefined });
    expectError(past, onePast, reason);
  });
});

describe('limits that are no such bound', () => {
  /** The names of plain routes are few: at the limit the members are refused one by one, past it all at once. */
  test('S31 limits.json.membersInAll.plain', async () => {
    const { plain } = limits.json.membersInAll;
    const post = (count: number) => world.api.as(wim.email).post('/v3/segments', members(count));
    expectError(await post(plain), 400, 'ValidationError', { field: 'k0' });
    expectError(await post(plain + 1), 400, 'BadRequest', { says: String(plain) });
  });

  test.each<[string, () => Promise<Answer>]>([
    ['limits.problemsPerAnswer', () => create(members(25))],
    ['LIMITS.problems', () => list({ filter: { rules: many(25, () => rule(5)) } })],
    ['fqlLimits.errors', () => define(many(20, (at) => `nocolumn${at} > 1`).join(' and '))],
  ])('%s: so many are told at once', async (path, ask) => {
    const answer = await ask();
    expect([answer.status, answer.body.error.errors.length]).toEqual([400, valueOf(path)]);
  });

  test.each<[string, object]>([
    ['S34 LIMITS.limit.default', { page_size: LIMITS.limit.default }],
    ['S35 LIMITS.offset.default', { offset: LIMITS.offset.default }],
  ])('%s', async (_, expected) => {
    expect((await list({})).body.data).toMatchObject(expected);
  });

  test.each<[string, string, number]>([
    ['S34 LIMITS.limit.min', 'limit', LIMITS.limit.min],
    ['S35 LIMITS.offset.min', 'offset', LIMITS.offset.min],
  ])('%s', async (_, name, least) => {
    expect((await list({ [name]: least })).status).toBe(200);
    expectError(await list({ [name]: least - 1 }), 400, 'InvalidPagination');
  });

  test('limits.socket.idle: the answer says how long the connection is kept', async () => {
    const keepAlive = await new Promise((resolve, reject) =>
      get(`${world.service.url}/health/live`, { headers: { connection: 'keep-alive' } }, (response) => {
        response.resume().once('end', () => resolve(response.headers['keep-alive']));
      }).once('error', reject),
    );
    expect(keepAlive).toBe(`timeout=${limits.socket.idle / 1_000}`);
  });
});

/** Those that take time or another service: the tests that are about them. */
const elsewhere: Record<string, string[]> = {
  'limits.request.arrival': ['test/overload.e2e-spec.ts › S43 slow senders'],
  'limits.request.head': ['test/overload.e2e-spec.ts › S43 slow senders'],
  'limits.request.answer': [
    'test/overload.e2e-spec.ts › 0.14 past its deadline',
    'src/http/deadline.spec.ts › a request is answered in time',
  ],
  'limits.socket.requests': ['test/overload.e2e-spec.ts › S43 limits.socket.requests'],
  'limits.delay': ['test/overload.e2e-spec.ts › S42 F21 the process stands still'],
  // Longer than a test may take; Node's own.
  'limits.socket.silent': [],
  'limits.twins': ['test/segment-bulk.e2e-spec.ts › of more than a hundred that mean the same'],
  'limits.referencesOfSegment': ['test/references.e2e-spec.ts › put'],
};
test.each(Object.values(elsewhere).flat())('elsewhere: %s', (name) => expect(namedTestTrouble(name)).toBeUndefined());

test('every limit is here or elsewhere', () => {
  const tested = [
    ...rows.map(([path]) => path),
    'limits.json.membersInAll.plain',
    'limits.problemsPerAnswer',
    'LIMITS.problems',
    'fqlLimits.errors',
    'LIMITS.limit.default',
    'LIMITS.offset.default',
    'LIMITS.limit.min',
    'LIMITS.offset.min',
    'limits.socket.idle',
    ...Object.keys(elsewhere),
  ];
  expect(tested.toSorted()).toEqual(
    leaves(tables, '')
      .map((path) => path.slice(1))
      .toSorted(),
  );
});
