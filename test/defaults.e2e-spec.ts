import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { limits } from '../src/config/limits.js';
import { apiAt, type Answer } from './support/api.js';
import { engine, freshDatabase } from './support/database.js';
import { expectError, expectNormal } from './support/envelope.js';
import { churnV1, vic, wim } from './support/fixtures.js';
import { promptly } from './support/promptly.js';
import { sendRaw } from './support/raw.js';
import { jwt, runAdmin, startProcess, environment, startService } from './support/service.js';
import { claimsOf, now, sign, tokenOf } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

/**
 * The fourteen defaults of the stack that break trust (`reliability.md` part 0), each changed. What needs a database that is busy or
 * cut off is elsewhere: 0.3 and 0.4 with S40 and S39, 0.9 and 0.10 with the migrations; all four under faults too (F06, F07, F12).
 */
const world = useWorld();
const json = { 'content-type': 'application/json' };
const valid = (name: string) => ({ model_id: churnV1.id, name, definition: 'age > 30' });
const post = (path: string, raw: string, headers: Record<string, string> = json) =>
  world.api.as(wim.email).send('POST', path, { raw, headers });
const raw = (head: string) => sendRaw(world.service.port, `${head.replaceAll('\n', '\r\n')}\r\n\r\n`);

describe('0.1 SIGTERM with a request on its way on a keep-alive connection', () => {
  test('it is answered with connection: close in our envelope, and the process is gone at once', async () => {
    const service = await startService({ databaseUrl: world.database.url });
    const socket = connect(service.port, '127.0.0.1');
    const read = allOf(socket);
    const body = JSON.stringify(valid('sent while closing'));
    socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n');
    await once(socket, 'data');
    const head = ['POST /v3/segments HTTP/1.1', 'Host: x', `Authorization: Bearer ${tokenOf(wim.email)}`, 'Content-Type: application/json'];
    socket.write(`${[...head, `Content-Length: ${Buffer.byteLength(body)}`].join('\r\n')}\r\n\r\n${body.slice(0, 10)}`);
    const exited = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    await until('the signal is taken', () => service.logs().includes('"event":"SIGTERM"'));
    await sleep(1_000);
    socket.write(body.slice(10));
    const [first, second = ''] = (await read).split('HTTP/1.1 ').slice(1);
    expect(first).toMatch(/^200 OK\r\n[\s\S]*\bconnection: keep-alive\r\n/i);
    expect(second).toMatch(/^200 OK\r\n[\s\S]*\bconnection: close\r\n[\s\S]*"kind":"NORMAL"/i);
    // Not 1, with which it ends SHUTDOWN_TIMEOUT (25 s) after the signal: as it would while it waited for the client's next request.
    expect(await exited).toEqual([0, null]);
  });
});

describe('0.2 SIGTERM with SHUTDOWN_DELAY', () => {
  test('for that long it is not ready, and still serves', async () => {
    const service = await startService({ databaseUrl: world.database.url, env: { SHUTDOWN_DELAY: '3000' } });
    const api = apiAt(service.url);
    expectNormal(await api.anonymous.get('/health/ready'));
    const exited = once(service.process, 'exit');
    service.process.kill('SIGTERM');
    await until('the signal is taken', () => service.logs().includes('"event":"SIGTERM"'));
    expectError(await api.anonymous.get('/health/ready'), 503, 'ServiceUnavailable', { says: 'shutting down' });
    expect((await api.as(vic.email).get('/v3/segments')).status).toBe(200);
    expect(await exited).toEqual([0, null]);
  });
});

describe('0.5 and 0.6 a body that is too deep or has too many members', () => {
  const nested = (depth: number) => `{"x":${'['.repeat(depth - 1)}${']'.repeat(depth - 1)}}`;
  const members = (count: number) => JSON.stringify(Object.fromEntries(Array.from({ length: count }, (_, at) => [`unknown${at}`, 1])));
  test.each<[string, string, string, number, string]>([
    ['0.5 lists 10,000 deep', '/v3/segments', nested(10_000), 400, 'BadRequest'],
    ['0.5 objects 5,000 deep', '/v3/segments', `${'{"a":'.repeat(5_000)}1${'}'.repeat(5_000)}`, 400, 'BadRequest'],
    ['0.5 lists 100,000 deep, where bodies may be large', '/v3/segments/evaluate', nested(100_000), 400, 'BadRequest'],
    ['0.6 60,000 unknown members', '/v3/segments', members(60_000), 413, 'PayloadTooLarge'],
    ['0.6 60,000 unknown members, where bodies may be large', '/v3/segments/evaluate', members(60_000), 400, 'BadRequest'],
    ['0.6 400 unknown members', '/v3/segments', members(400), 400, 'ValidationError'],
  ])('%s: a short answer, and soon', async (_, path, body, status, reason) => {
    const answer = await promptly(() => post(path, body));
    expect(answer.status).toBe(status);
    expectError(answer, status, reason);
    expect(answer.body.error.errors.length).toBeLessThanOrEqual(limits.problemsPerAnswer);
  });
});

describe('0.7 a token that the library would take', () => {
  const claims = (changes: object) => ({ ...claimsOf(wim.id), ...changes });
  test.each<[string, () => string]>([
    ['without exp', () => sign(claims({ exp: undefined }))],
    ['without sub', () => sign(claims({ sub: undefined }))],
    ['whose sub is an object', () => sign(claims({ sub: { id: wim.id } }))],
    ['from tomorrow', () => sign(claims({ iat: now() + 86_400 }))],
    ['for another audience', () => sign(claims({ aud: 'another-api' }))],
    ['with an unknown crit', () => sign(claims({}), { header: { crit: ['x'], x: true } })],
    ['whose payload is a text', () => sign('hello' as never)],
    ['of 20 KB', () => sign(claims({ filler: 'x'.repeat(15_000) }))],
  ])('%s: 401', async (_, token) => {
    expectError(await world.api.as(token()).get('/v3/segments'), 401, 'Unauthorized');
  });

  test('0.7 a secret of one character: no start', async () => {
    const started = startProcess('main.js', [], environment(world.database.url, { JWT_SECRET: 'a' }));
    expect([await started.exited, started.stderr()]).toEqual([1, expect.stringContaining('JWT_SECRET')]);
  });
});

describe('0.8 two processes that start at once on an empty database', () => {
  test('both serve', async () => {
    const database = await freshDatabase();
    const services = await Promise.all(
      [1, 2].map(() => startService({ databaseUrl: database.url, env: { NODE_ENV: 'production', JWT_ISSUER: jwt.issuer } })),
    );
    try {
      for (const { url } of services) expectNormal(await apiAt(url).anonymous.get('/health/ready'));
      const status = await runAdmin(database.url, ['migrate', '--status']);
      expect(status.code).toBe(0);
    } finally {
      for (const service of services) expect(await service.stop()).toBe(0);
      await database.drop();
    }
  });
});

describe('0.11 verbs and media types', () => {
  test.each(['PUT', 'PATCH', 'DELETE'])('0.11 %s on a path that does not take it: 405 with Allow', async (method) => {
    const answer = await world.api.as(wim.email).send(method, '/v3/segments');
    expectError(answer, 405, 'MethodNotAllowed');
    expect(answer.headers.get('allow')).toBe('GET, HEAD, OPTIONS, POST');
  });

  test('0.11 a form: 415', async () => {
    const form = new URLSearchParams(valid('form')).toString();
    expectError(await post('/v3/segments', form, { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'UnsupportedMediaType');
  });
});

describe('0.12 what is raised below the routes has our envelope, and no echo', () => {
  const echo = 'hunter2';
  test.each<[string, () => Promise<Answer>, number, string]>([
    ['an id that is too long', () => world.api.as(wim.email).get(`/v3/segments/${echo}${'x'.repeat(20_000)}`), 400, 'BadRequest'],
    ['an address that cannot be decoded', () => raw(`GET /v3/%zz${echo} HTTP/1.1\nHost: x\nConnection: close`), 400, 'BadRequest'],
    [
      'a head that is too large',
      () => raw(`GET /health/live HTTP/1.1\nHost: x\nX-Filler: ${echo.repeat(6_000)}\nConnection: close`),
      431,
      'HeaderTooLarge',
    ],
    [
      'two lengths',
      () => raw(`POST /${echo} HTTP/1.1\nHost: x\nContent-Length: 5\nContent-Length: 6\nConnection: close`),
      400,
      'BadRequest',
    ],
    [
      'an expectation that nobody knows',
      () => raw(`GET /${echo} HTTP/1.1\nHost: x\nExpect: ${echo}\nConnection: close`),
      417,
      'ExpectationFailed',
    ],
    ['CONNECT', () => raw(`CONNECT ${echo}:443 HTTP/1.1\nHost: x`), 405, 'MethodNotAllowed'],
    [
      'an upgrade, on a path that is none',
      () => raw(`GET /${echo} HTTP/1.1\nHost: x\nUpgrade: websocket\nConnection: upgrade, close`),
      404,
      'RouteNotFound',
    ],
    ['HTTP/2 without asking', () => sendRaw(world.service.port, `PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n`), 400, 'BadRequest'],
  ])('0.12 %s', async (_, send, status, reason) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    expectError(answer, status, reason);
    expect(answer.text).not.toContain(echo);
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
    expect(answer.headers.get('x-request-id')).toMatch(/\S/);
  });

  test('0.12 an upgrade is passed over where the path is one', async () => {
    expectNormal(await raw('GET /health/live HTTP/1.1\nHost: x\nUpgrade: h2c\nConnection: upgrade, close'));
  });

  test('0.12 Expect: 100-continue is kept', async () => {
    const answer = await raw('GET /nope HTTP/1.1\nHost: x\nExpect: 100-continue\nConnection: close');
    expect(`${answer.status}\n${answer.text}`).toMatch(/^100\nHTTP\/1\.1 404 /);
  });
});

describe('0.13 numbers are digits, nothing else', () => {
  test.each(['0x10', '1e1', '%205%20', '+5', '5.0', '%EF%BC%95', '05x', ''])('0.13 limit=%s: 400', async (text) => {
    for (const name of ['limit', 'offset'])
      expectError(await world.api.as(vic.email).get('/v3/segments', `${name}=${text}`), 400, 'InvalidPagination');
  });
});

// The database has no part in it.
(engine === 'sqlite' ? describe : describe.skip)('0.14 a body that comes slowly', () => {
  test('is cut off, though bytes keep coming', async () => {
    const service = await startService({ databaseUrl: world.database.url, env: { REQUEST_TIMEOUT: '1000' } });
    try {
      const socket = connect(service.port, '127.0.0.1');
      const read = allOf(socket);
      socket.write('POST /v3/segments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100000\r\n\r\n');
      const drip = setInterval(() => socket.writable && socket.write(' '), 100);
      socket.on('error', () => undefined);
      expect(await read).toMatch(/^HTTP\/1\.1 408 [\s\S]*"reason":"RequestTimeout"/);
      // Else it would have gone on for hours.
      clearInterval(drip);
    } finally {
      await service.stop();
    }
  });
});

/** Everything that comes until the service ends the connection. */
async function allOf(socket: Socket): Promise<string> {
  let text = '';
  socket.on('data', (chunk) => (text += chunk.toString('latin1')));
  await once(socket, 'close');
  return text;
}

/** Good defaults of the stack: an upgrade that loses one is seen. */
describe('defaults to keep', () => {
  test.each<[string, () => Promise<Answer>, number]>([
    ['__proto__ in a body', () => post('/v3/segments', '{"__proto__":{"a":1}}'), 400],
    ['constructor.prototype in a body', () => post('/v3/segments', '{"constructor":{"prototype":{"a":1}}}'), 400],
    [
      'a length and chunks',
      () => raw('POST /v3/segments HTTP/1.1\nHost: x\nContent-Length: 5\nTransfer-Encoding: chunked\nConnection: close'),
      400,
    ],
    ['no Host', () => raw('GET /v3/segments HTTP/1.1\nConnection: close'), 400],
    ['a member that nobody knows', () => post('/v3/segments', JSON.stringify({ ...valid('x'), colour: 'red' })), 400],
    ['a body over its limit', () => post('/v3/segments', ' '.repeat(limits.body.plain + 1)), 413],
  ])('%s', async (_, send, status) => {
    expect((await send()).status).toBe(status);
  });
});
