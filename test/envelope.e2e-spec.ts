import { describe, expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { churn, churnV1, nobodysId, vic, wim } from './support/fixtures.js';
import { promptly } from './support/promptly.js';
import { sendRaw } from './support/raw.js';
import { tokenOf } from './support/token.js';
import { useWorld } from './support/world.js';

/** What a refusal below the routes is called. */
const refusals: Readonly<Record<number, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  404: 'RouteNotFound',
  405: 'MethodNotAllowed',
};
const world = useWorld();
const writer = () => world.api.as(wim.email);
const json = { 'content-type': 'application/json' };
const valid = (name: string) => ({ model_id: churnV1.id, name, definition: 'age > 30' });
const raw = (head: string, body = '') => sendRaw(world.service.port, `${head.replaceAll('\n', '\r\n')}\r\n\r\n${body}`);
const authorization = () => `Authorization: Bearer ${tokenOf(wim.email)}`;

describe('routes', () => {
  test.each([
    '/v3/nope',
    '/v3/segments/a/b/c',
    '/v3',
    '/v2/segments',
    '/V3/Segments',
    '/nope',
    '/v3/segments.json',
    '/v3;x/segments',
    '/.env',
    '/docs/../../package.json',
  ])('no such route: %s', async (path) => {
    expectError(await writer().get(path), 404, 'RouteNotFound');
  });

  test.each<[string, string]>([
    ['/v3/segments', '/v3/segments/'],
    [`/v3/models/${churnV1.id}/segments`, `/v3/models/${churnV1.id}/segments/`],
    [`/v3/projects/${churn.id}`, `/v3/projects/${churn.id}/`],
  ])('a trailing slash is tolerated, not redirected: %s', async (plain, slashed) => {
    const [expected, answer] = [await writer().get(plain), await writer().get(slashed)];
    expect({ status: answer.status, body: answer.body }).toEqual({ status: 200, body: expected.body });
  });

  test.each([
    '/V3/Segments',
    '//v3//segments',
    '/v3/%73egments',
    '/v3;x/segments',
    '/v3/segments/',
    '/./v3/segments',
    '/v3/x/../segments',
    '/v3/segments%2f',
    '/v3/segments%00',
    '/v3\\segments',
  ])('S52 %s is no way around the guard', async (path) => {
    for (const target of [path, `http://127.0.0.1:${world.service.port}${path}`]) {
      const answer = await raw(`GET ${target} HTTP/1.1\nHost: 127.0.0.1\nConnection: close`);
      expect([400, 401, 404]).toContain(answer.status);
      expectError(answer, answer.status, refusals[answer.status]!);
    }
  });
});

describe('verbs', () => {
  test.each<[string, string, string[]]>([
    ['PUT', '/v3/segments', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['PATCH', '/v3/segments', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['DELETE', '/v3/segments', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    ['DELETE', `/v3/models/${churnV1.id}/segments`, ['GET', 'HEAD', 'OPTIONS']],
    ['POST', `/v3/models/${churnV1.id}/segments`, ['GET', 'HEAD', 'OPTIONS']],
    ['POST', '/v3/server-info', ['GET', 'HEAD', 'OPTIONS']],
    ['POST', '/health/live', ['GET', 'HEAD', 'OPTIONS']],
  ])('S51 %s %s: 405 with Allow', async (method, path, allow) => {
    const answer = await writer().send(method, path, method === 'DELETE' ? {} : { json: {} });
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')?.split(/,\s*/).toSorted()).toEqual(allow);
  });

  test.each(['TRACE', 'PROPFIND', 'LOCK', 'SEARCH'])('S51 %s: 405 with Allow', async (method) => {
    const answer = await raw(`${method} /v3/segments HTTP/1.1\nHost: x\n${authorization()}\nConnection: close`);
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toMatch(/\bGET\b.*\bPOST\b/);
  });

  test('a verb that nobody knows: 400 or 405', async () => {
    const answer = await raw(`FROBNICATE /v3/segments HTTP/1.1\nHost: x\n${authorization()}\nConnection: close`);
    expect([400, 405]).toContain(answer.status);
    expectError(answer, answer.status, refusals[answer.status]!);
  });

  test.each<[string, number]>([
    ['/v3/segments', 200],
    [`/v3/models/${churnV1.id}/segments`, 200],
    [`/v3/segments/${nobodysId}`, 404],
    ['/v3/nope', 404],
    ['/v3/segments?limit=0', 400],
    ['/health/live', 200],
  ])('HEAD %s is GET without a body', async (path, status) => {
    const [head, get] = [await writer().send('HEAD', path), await writer().send('GET', path)];
    expect({ status: head.status, text: head.text }).toEqual({ status, text: '' });
    expect(get.status).toBe(status);
    for (const name of ['content-type', 'content-length', 'cache-control']) expect(head.headers.get(name)).toBe(get.headers.get(name));
  });

  test('HEAD without a token: 401', async () => {
    const answer = await world.api.anonymous.send('HEAD', '/v3/segments');
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 401, text: '' });
  });

  test.each<[string, string[]]>([
    ['/v3/segments', ['GET', 'HEAD', 'OPTIONS', 'POST']],
    [`/v3/segments/${nobodysId}`, ['DELETE', 'GET', 'HEAD', 'OPTIONS']],
    ['/v3/server-info', ['GET', 'HEAD', 'OPTIONS']],
  ])('OPTIONS %s: 204 with Allow', async (path, allow) => {
    const answer = await writer().send('OPTIONS', path);
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 204, text: '' });
    expect(answer.headers.get('allow')?.split(/,\s*/).toSorted()).toEqual(allow);
    expect(answer.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('OPTIONS on no route: 404', async () => {
    expectError(await writer().send('OPTIONS', '/v3/nope'), 404, 'RouteNotFound');
  });
});

describe('bodies', () => {
  test.each<[string, string]>([
    ['no JSON', '{name: "x"}'],
    ['cut off', '{"name": "x"'],
    ['two values', '{} {}'],
    ['a trailing comma', '{"name":"x",}'],
    ['NaN', '{"name":NaN}'],
    ['not UTF-8', '{"name":"\xff"}'],
  ])('%s: 400', async (_, text) => {
    const bytes = Uint8Array.from(Buffer.from(text, 'latin1'));
    const answer = await writer().send('POST', '/v3/segments', { raw: bytes, headers: json });
    expectError(answer, 400, 'BadRequest');
  });

  test.each<[string, string | undefined]>([
    ['none', undefined],
    ['empty', ''],
    ['blank', '  '],
  ])('a body that is %s: 400', async (_, text) => {
    const answer = await writer().send('POST', '/v3/segments', text === undefined ? {} : { raw: text, headers: json });
    expectError(answer, 400, 'ValidationError');
  });

  test.each([
    'text/plain',
    'application/x-www-form-urlencoded',
    'multipart/form-data; boundary=x',
    'application/xml',
    'application/merge-patch+json',
    'application/jsonp',
    'nonsense',
  ])('of type %s: 415', async (type) => {
    const answer = await writer().send('POST', '/v3/segments', { raw: JSON.stringify(valid('415')), headers: { 'content-type': type } });
    expectError(answer, 415, 'UnsupportedMediaType');
  });

  test.each(['application/json', 'application/json; charset=utf-8', 'Application/JSON;charset="UTF-8"'])(
    'of type %s: taken',
    async (type) => {
      const answer = await writer().send('POST', '/v3/segments', {
        raw: JSON.stringify(valid(`type ${type}`)),
        headers: { 'content-type': type },
      });
      expectNormal(answer);
    },
  );

  const limit = 256 * 1024;
  const padded = (size: number) => {
    const text = JSON.stringify({ ...valid('large'), description: '' });
    return text.replace('"description":""', `"description":"${'x'.repeat(size - text.length)}"`);
  };

  test('S30 256 KiB are read, and refused for what is in them', async () => {
    const answer = await writer().send('POST', '/v3/segments', { raw: padded(limit), headers: json });
    expectError(answer, 400, 'ValidationError', { field: 'description' });
  });

  test('S30 one byte more: 413', async () => {
    expectError(await writer().send('POST', '/v3/segments', { raw: padded(limit + 1), headers: json }), 413, 'PayloadTooLarge');
  });

  const nested = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  const members = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 1])));
  test.each<[string, string, RegExp]>([
    ['S31 17 deep', nested(17), /\b16\b/],
    ['S31 100,000 deep', nested(100_000), /\b16\b/],
    ['S31 501 members in all', members(501), /\b500\b/],
    ['S31 20,000 members', members(20_000), /\b(?:500|2,?100)\b/],
  ])('%s: 400', async (_, text, says) => {
    const answer = await promptly(() => writer().send('POST', '/v3/segments', { raw: text, headers: json }));
    expectError(answer, 400, 'BadRequest', { says });
  });

  test('many unknown members: a short answer', async () => {
    const answer = await writer().send('POST', '/v3/segments', { raw: members(400), headers: json });
    expectError(answer, 400, 'ValidationError');
    expect(answer.text.length).toBeLessThan(20_000);
  });
});

describe('S58 S68 what no route ever sees has the same shape', () => {
  test.each<[string, string, number, string]>([
    ['a head of 40 KB', `GET /v3/segments HTTP/1.1\nHost: x\nX-Filler: ${'x'.repeat(40_000)}\nConnection: close`, 431, 'HeaderTooLarge'],
    ['an address of 40 KB', `GET /v3/segments?search=${'x'.repeat(40_000)} HTTP/1.1\nHost: x\nConnection: close`, 431, 'HeaderTooLarge'],
    ['no Host', 'GET /v3/segments HTTP/1.1\nConnection: close', 400, 'BadRequest'],
    ['two lengths', 'POST /v3/segments HTTP/1.1\nHost: x\nContent-Length: 5\nContent-Length: 6\nConnection: close', 400, 'BadRequest'],
    [
      'a length and chunks',
      'POST /v3/segments HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\nConnection: close',
      400,
      'BadRequest',
    ],
    ['a length that is none', 'POST /v3/segments HTTP/1.1\nHost: x\nContent-Length: five\nConnection: close', 400, 'BadRequest'],
    ['no HTTP', 'hello', 400, 'BadRequest'],
  ])('%s', async (_, head, status, reason) => {
    expectError(await raw(head), status, reason);
  });

  test.each(['/v3/segments/%zz', '/v3/segments/%', '/v3/%ff'])('an address that cannot be decoded: %s', async (path) => {
    const answer = await raw(`GET ${path} HTTP/1.1\nHost: x\n${authorization()}\nConnection: close`);
    expect([400, 404]).toContain(answer.status);
    expectError(answer, answer.status, refusals[answer.status]!);
    expect(answer.text).not.toContain(path);
  });

  test('an id of 10 KB: 400, and it is not echoed', async () => {
    const answer = await writer().get(`/v3/segments/${'a'.repeat(10_000)}`);
    expectError(answer, 400, 'BadRequest');
    expect(answer.text.length).toBeLessThan(1_000);
  });
});

describe('S65 the request id', () => {
  const SANE = /^[A-Za-z0-9._-]{1,64}$/;
  const idFor = async (id?: string) =>
    (await writer().send('GET', '/v3/segments', id === undefined ? {} : { headers: { 'x-request-id': id } })).headers.get('x-request-id');

  test.each(['abc', '7', 'a.b_c-D', 'x'.repeat(64), '4bf92f35-77b3-4da6-a3ce-929d0e0e4736'])('%s is taken over', async (id) => {
    expect(await idFor(id)).toBe(id);
  });

  test.each(['', 'x'.repeat(65), '../../x', 'a b', 'a,b', 'ä', '<b>', 'x'.repeat(10_000)])('%s is replaced', async (id) => {
    const made = await idFor(id);
    expect(made).toMatch(SANE);
    expect(made).not.toBe(id);
  });

  test('is made anew for each request', async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => idFor()));
    expect(new Set(ids).size).toBe(20);
    for (const id of ids) expect(id).toMatch(SANE);
  });

  test.each<[string, string]>([
    ['401', '/v3/segments'],
    ['404', '/nope'],
  ])('is in the answer %s too', async (status, path) => {
    const answer = await world.api.anonymous.send('GET', path, { headers: { 'x-request-id': 'mine' } });
    expect([answer.status, answer.headers.get('x-request-id')]).toEqual([Number(status), 'mine']);
  });

  test('is in answers that no route gives', async () => {
    const answer = await raw('hello');
    expect(answer.headers.get('x-request-id')).toMatch(SANE);
  });
});

describe('S56 headers of every answer', () => {
  test.each<[string, string, string]>([
    ['a list', 'GET', '/v3/segments'],
    ['an error', 'GET', `/v3/segments/${nobodysId}`],
    ['no route', 'GET', '/nope'],
    ['a wrong verb', 'PUT', '/v3/segments'],
  ])('%s', async (_, method, path) => {
    const { headers } = await world.api.as(vic.email).send(method, path);
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('cache-control')).toMatch(/no-store|private/);
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/);
    expect([headers.get('server'), headers.get('x-powered-by')]).toEqual([null, null]);
  });
});

test('S57 without configured origins there is no CORS answer', async () => {
  const answer = await writer().send('GET', '/v3/segments', { headers: { origin: 'https://evil.test' } });
  expectPaginated(answer);
  expect(answer.headers.get('access-control-allow-origin')).toBeNull();
});
