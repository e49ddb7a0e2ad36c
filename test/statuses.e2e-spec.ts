import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Answer, type Api, type Request } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { ada, bo, churn, churnV1, churnV2, out, pia, vic } from './support/fixtures.js';
import { documentWatcher } from './support/openapi-check.js';
import { operationsOf, type Operation } from './support/operations.js';
import { sendRaw, watchRaw } from './support/raw.js';
import { routeTable } from './support/route-table.js';
import { startService, type Service } from './support/service.js';
import { severable, type SeveredDatabase } from './support/severed-database.js';
import { useWorld } from './support/world.js';

/**
 * What any operation can answer, provoked for each one that documents it: a status that is new to all of them is one more row here.
 * `npm test` fails on a documented status that no suite has seen.
 */
const world = useWorld();
let operations: Operation[];
/** A second process on the same database, which lets everybody ask once a minute, and waits for a request to be whole no longer than a busy machine may need. */
let strict: Service;

beforeAll(async () => {
  const env = { RATE_LIMIT_READS: '1/1', RATE_LIMIT_WRITES: '1/1', REQUEST_TIMEOUT: '5000' };
  strict = await startService({ databaseUrl: world.database.url, env });
  watchRaw(strict.port, watch());
  const [segment] = (await world.api.as(pia.email).get(`/v3/models/${churnV1.id}/segments`)).body.data.items;
  const { job } = expectNormal(await world.api.as(pia.email).delete(`/v3/models/${churnV2.id}`), 202);
  const ids = {
    uuid: segment.id,
    segment_id: segment.id,
    model_id: churnV1.id,
    source_model_id: churnV1.id,
    project_id: churn.id,
    job_id: job.id,
    kind: 'alert',
    key: '42',
  };
  operations = operationsOf(world.document.document, ids);
}, 60_000);
afterAll(() => strict?.stop());

const watch = () => documentWatcher(world.document);
const documenting = (status: number) => operations.filter(({ statuses }) => statuses.includes(status));

/** Sends the operation's request, with these changes, as somebody who may. */
function send({ id, method, path, request }: Operation, changes: Request & { api?: Api; as?: string } = {}): Promise<Answer> {
  const { api = world.api, as = id === 'createProjectV3' ? ada.email : pia.email, ...others } = changes;
  return (as === 'nobody' ? api.anonymous : api.as(as)).send(method, path, { ...request, ...others });
}

/** The operation's request with another head, and without its body. */
const sendHead = ({ method, path }: Operation, ...lines: string[]): Promise<Answer> =>
  sendRaw(world.service.port, `${[`${method} ${path} HTTP/1.1`, 'Connection: close', ...lines].join('\r\n')}\r\n\r\n`);

/** Two of them, as somebody whom nothing is allowed: the second one is one too many. */
async function sendTwice(operation: Operation): Promise<Answer> {
  const api = apiAt(strict.url, watch());
  await send(operation, { api, as: out.email });
  return send(operation, { api, as: out.email });
}

/** Another verb than those that the path takes. */
const otherVerb = ({ template }: Operation): string =>
  ['PUT', 'POST', 'DELETE'].find((verb) => !operations.some((one) => one.template === template && one.method === verb))!;

const unknownParam = { nope: '1' };
const tooLarge = 4 * 1024 * 1024 + 1;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

test.each<[number, string, string, (operation: Operation) => Promise<Answer>]>([
  [400, 'BadRequest', 'a request without Host', (one) => sendHead(one)],
  [
    400,
    'BadRequest',
    'a parameter that nobody knows, which only health passes over',
    (one) => (one.template.startsWith('/health/') ? sendHead(one) : send(one, { query: { ...(one.request.query as object), nope: '1' } })),
  ],
  [401, 'Unauthorized', 'no token', (one) => send(one, { as: 'nobody' })],
  [403, 'Forbidden', 'somebody without a role', (one) => send(one, { as: out.email })],
  [404, 'ObjectNotFound', 'somebody of another organization', (one) => send(one, { as: bo.email })],
  [403, 'Forbidden', 'somebody without a role, and a parameter that is none', (one) => send(one, { as: out.email, query: unknownParam })],
  [404, 'ObjectNotFound', 'another organization, and a parameter that is none', (one) => send(one, { as: bo.email, query: unknownParam })],
  [405, 'MethodNotAllowed', 'another verb', (one) => send({ ...one, method: otherVerb(one) })],
  [
    408,
    'RequestTimeout',
    'a head that does not end',
    ({ method, path }) => sendRaw(strict.port, `${method} ${path} HTTP/1.1\r\nHost: x\r\n`),
  ],
  [413, 'PayloadTooLarge', 'a body that is too large', (one) => sendHead(one, 'Host: x', `Content-Length: ${tooLarge}`)],
  [415, 'UnsupportedMediaType', 'a form', (one) => send(one, { json: undefined, raw: 'a=b', headers: form })],
  [429, 'TooManyRequests', 'a request too many', sendTwice],
  [431, 'HeaderTooLarge', 'a head that is too large', (one) => sendHead(one, 'Host: x', `X-Filler: ${'x'.repeat(40_000)}`)],
])('%d %s: %s', async (status, reason, _, provoke) => {
  expect(documenting(status).length).toBeGreaterThan(0);
  const answers = await Promise.all(documenting(status).map(async (operation) => ({ operation, answer: await provoke(operation) })));
  expect(
    answers.filter(({ answer }) => answer.status !== status).map(({ operation, answer }) => `${operation.id} ${answer.status}`),
  ).toEqual([]);
  for (const { answer } of answers) expectError(answer, status, reason);
});

describe('500: what the code relies on is not there', () => {
  /** Tables that are taken away, the operations that nothing is left for, and who asks: the service knows a user for some seconds. */
  test.each<[string, string[], RegExp, string | undefined]>([
    ['models, segments and jobs', ['model', 'segment', 'segment_event', 'job'], /segments|models|jobs/, undefined],
    ['users', ['user'], /./, vic.email],
  ])('%s', async (_, tables, relying, as) => {
    const affected = documenting(500).filter(({ template }) => relying.test(template));
    expect(affected.length).toBeGreaterThan(0);
    for (const table of tables) await world.database.query(`ALTER TABLE ${table} RENAME TO ${table}_away`);
    try {
      for (const operation of affected) {
        const answer = await send(operation, as === undefined ? {} : { as });
        expectError(answer, 500, 'InternalServerError');
        expect([operation.id, answer.body]).toEqual([operation.id, bareFailure]);
      }
    } finally {
      for (const table of tables) await world.database.query(`ALTER TABLE ${table}_away RENAME TO ${table}`);
    }
    for (const operation of affected.filter(({ method }) => method === 'GET')) expect((await send(operation)).status).toBe(200);
  });

  const message = 'Something went wrong on our side.';
  const help = 'Try again; if it stays, report the X-Request-Id of this answer.';
  const bareFailure = {
    api_version: '3.0',
    kind: 'ERROR',
    error: { code: 500, message, errors: [{ reason: 'InternalServerError', message, help }] },
  };
});

describe('503: the database is out of reach', () => {
  const needsNoData = /server-info|version-compatibility|fql-expressions/;
  let line: SeveredDatabase;
  let service: Service;
  let api: Api;
  beforeAll(async () => {
    line = await severable(world.database);
    service = await startService({ databaseUrl: line.url });
    api = apiAt(service.url, watch());
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await line?.sever();
  });

  test('each operation says when to come back, and does its work when the database is back', async () => {
    const readers = documenting(503).filter(({ method }) => method === 'GET');
    for (const operation of readers) expect([operation.id, (await send(operation, { api })).status]).toEqual([operation.id, 200]);
    await line.sever();
    for (const operation of documenting(503)) {
      // Somebody whom this process does not know, and somebody whom it knows: the operation itself fails.
      const askers = needsNoData.test(operation.template) ? [vic.email] : [vic.email, undefined];
      for (const as of askers) {
        const answer = await send(operation, as === undefined ? { api } : { api, as });
        expect([operation.id, answer.status]).toEqual([operation.id, 503]);
        expectError(answer, 503, 'ServiceUnavailable');
        expect(answer.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
      }
    }
    await line.mend();
    for (const operation of readers) expect([operation.id, (await send(operation, { api })).status]).toEqual([operation.id, 200]);
  });
});

test('every route of the router is an operation, but for the documentation itself, and the other way round', async () => {
  const routes = (await routeTable()).filter(({ pattern }) => !/^\/(?:docs|openapi\.)/.test(pattern));
  const documented = operations.map(({ method, template }) => `${method} ${template.replaceAll(/\{(\w+)\}/g, ':$1')}`);
  expect(documented.toSorted()).toEqual(routes.map(({ method, pattern }) => `${method} ${pattern}`).toSorted());
});
