import { randomBytes } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { Answer, Request } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { churnV1, churn, globexModel, nobodysId, off, out, pia, vic, wim } from './support/fixtures.js';
import { sendRaw } from './support/raw.js';
import { jwt } from './support/service.js';
import { claimsOf, now, sign, tokenOf } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

/** What the log says, and what it must never say. Trace: what is not written then is written never. */
const world = useWorld({ LOG_LEVEL: 'trace' });
const marker = `Marker${randomBytes(8).toString('hex')}`;
const idOf = ({ headers }: Answer): string => headers.get('x-request-id')!;

/** The lines of one request in the access log, once it is there: it is written after the answer was sent. */
async function linesOf(requestId: string): Promise<Record<string, unknown>[]> {
  for (const deadline = Date.now() + 5_000; ; await new Promise((next) => setTimeout(next, 20))) {
    const lines = world.service
      .logs()
      .split('\n')
      .filter((line) => line.startsWith('{') && line.includes(requestId))
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'request');
    if (lines.length > 0 || Date.now() > deadline) return lines;
  }
}

describe('S67 a refusal leaves one line: when, which request, who, where and why', () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });
  const required = 'A bearer token is required.';
  const notValid = 'The token is not valid.';
  const noRole = (what: string) => `Your role does not allow you to ${what}.`;
  const create = { model_id: churnV1.id, name: 'x', definition: 'age > 1' };
  type Row = [
    name: string,
    status: number,
    method: string,
    path: string,
    request: () => Request,
    route: string,
    user?: string,
    reason?: string,
  ];

  test.each<Row>([
    ['no token', 401, 'GET', '/v3/segments', () => ({}), '/v3/segments', undefined, required],
    ['no JWT', 401, 'GET', '/v3/segments', () => bearer(marker), '/v3/segments', undefined, notValid],
    [
      'a token of another secret',
      401,
      'DELETE',
      `/v3/segments/${nobodysId}`,
      () => bearer(sign(claimsOf(wim.id), { secret: 'x'.repeat(40) })),
      '/v3/segments/:uuid',
      undefined,
      notValid,
    ],
    [
      'an old token',
      401,
      'GET',
      '/v3/projects',
      () => bearer(sign({ ...claimsOf(wim.id), exp: now() - 60 })),
      '/v3/projects',
      undefined,
      'The token has expired.',
    ],
    [
      'a disabled user, whose token names them',
      401,
      'GET',
      '/v3/models',
      () => bearer(tokenOf(off.email)),
      '/v3/models',
      off.id,
      'The token belongs to no active user.',
    ],
    [
      'a viewer who writes',
      403,
      'POST',
      '/v3/segments',
      () => ({ ...bearer(tokenOf(vic.email)), json: create }),
      '/v3/segments',
      vic.id,
      noRole('create or delete models and segments in this project'),
    ],
    [
      'an outsider who reads',
      403,
      'GET',
      `/v3/models/${churnV1.id}`,
      () => bearer(tokenOf(out.email)),
      '/v3/models/:model_id',
      out.id,
      noRole('read models and segments of this project'),
    ],
    [
      'a writer who deletes a project',
      403,
      'DELETE',
      `/v3/projects/${churn.id}`,
      () => bearer(tokenOf(wim.email)),
      '/v3/projects/:project_id',
      wim.id,
      noRole('delete this project'),
    ],
  ])('S67 %s: %d', async (_, status, method, path, request, route, user, reason) => {
    const answer = await world.api.anonymous.send(
      method,
      `${path}?client_name=${marker}`.replace(/\?.*/, status === 401 ? '$&' : ''),
      request(),
    );
    expectError(answer, status, status === 401 ? 'Unauthorized' : 'Forbidden');
    const lines = await linesOf(idOf(answer));
    expect(lines).toEqual([
      {
        level: 'info',
        time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        request_id: idOf(answer),
        ...(user === undefined ? {} : { user_id: user }),
        method,
        route,
        status,
        reason,
        ms: expect.any(Number),
        msg: 'request',
      },
    ]);
  });

  test('S67 only a refusal has a reason: other messages quote what was sent', async () => {
    const answer = await world.api.as(pia.email).post('/v3/segments', { ...create, definition: `${marker} > 1` });
    expectError(answer, 400, 'FQL_UNKNOWN_COLUMN');
    const [line] = await linesOf(idOf(answer));
    expect(line).toMatchObject({ status: 400, user_id: pia.id, route: '/v3/segments' });
    expect(line).not.toHaveProperty('reason');
  });
});

describe('S66 nothing that a caller sends is in the log', () => {
  const headers = {
    'x-api-key': marker,
    cookie: `session=${marker}`,
    'user-agent': marker,
    referer: `https://${marker}.test/`,
    'x-forwarded-for': marker,
  };
  const marked = { name: marker, definition: `comment == '${marker}'`, description: marker };
  const everywhere: [string, number, () => Promise<Answer>][] = [
    ['a token that is no JWT', 401, () => world.api.as(marker).get('/v3/segments')],
    ['a token with the marker in its claims', 200, () => world.api.as(sign({ ...claimsOf(pia.id), name: marker })).get('/v3/segments')],
    ['a token whose user is the marker', 401, () => world.api.as(sign({ ...claimsOf(pia.id), sub: marker })).get('/v3/segments')],
    ['a token whose kid is the marker', 401, () => world.api.as(sign(claimsOf(pia.id), { header: { kid: marker } })).get('/v3/segments')],
    ['a token in the query', 401, () => world.api.anonymous.get('/v3/segments', { access_token: `${marker}.${tokenOf(pia.email)}` })],
    ['headers', 200, () => world.api.as(pia.email).send('GET', '/v3/segments', { headers })],
    ['a search', 200, () => world.api.as(pia.email).get('/v3/segments', { search: marker })],
    ['a filter', 200, () => world.api.as(pia.email).get('/v3/segments', { filter: { field: 'name', operator: 'equal', value: marker } })],
    ['a bad filter', 400, () => world.api.as(pia.email).get('/v3/segments', { filter: { field: marker, operator: 'equal', value: 1 } })],
    ['an unknown parameter', 400, () => world.api.as(pia.email).get('/v3/segments', { [marker]: marker })],
    ['a body', 200, () => world.api.as(pia.email).post('/v3/segments', { ...marked, model_id: churnV1.id })],
    ['a taken name', 409, () => world.api.as(pia.email).post('/v3/segments', { ...marked, model_id: churnV1.id })],
    ['another organization', 404, () => world.api.as(pia.email).post('/v3/segments', { ...marked, model_id: globexModel.id })],
    ['a role that may not', 403, () => world.api.as(vic.email).post('/v3/segments', { ...marked, model_id: churnV1.id })],
    ['unknown members', 400, () => world.api.as(pia.email).post('/v3/segments', { [marker]: marker })],
    [
      'no JSON',
      400,
      () => world.api.as(pia.email).send('POST', '/v3/segments', { raw: `{"${marker}`, headers: { 'content-type': 'application/json' } }),
    ],
    [
      'another media type',
      415,
      () => world.api.as(pia.email).send('POST', '/v3/segments', { raw: marker, headers: { 'content-type': 'text/plain' } }),
    ],
    ['a body that is too large', 413, () => world.api.as(pia.email).post('/v3/segments', { name: marker.repeat(20_000) })],
    [
      'rows',
      200,
      () =>
        world.api
          .as(pia.email)
          .post('/v3/segments/evaluate', { model_id: churnV1.id, definition: `comment == '${marker}'`, rows: [{ comment: marker }] }),
    ],
    ['an id', 400, () => world.api.as(pia.email).get(`/v3/segments/${marker}`)],
    ['an unknown route', 404, () => world.api.as(pia.email).get(`/${marker}`)],
    ['a wrong verb', 405, () => world.api.as(pia.email).send('PUT', `/v3/segments/${marker}`, { json: marked })],
    [
      'a request id that is not sane',
      200,
      () => world.api.as(pia.email).send('GET', '/v3/segments', { headers: { 'x-request-id': `${marker} x` } }),
    ],
    ['a broken address', 400, () => sendRaw(world.service.port, `GET /v3/%${marker} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)],
    ['a broken head', 400, () => sendRaw(world.service.port, `GET / HTTP/1.1\r\nHost: x\r\n${marker}\r\n\r\n`)],
    ['a head that is too large', 431, () => world.api.as(marker.repeat(2_000)).get('/v3/segments')],
  ];

  test.each(everywhere)('S66 %s: %d', async (_, status, send) => {
    expect((await send()).status).toBe(status);
  });

  // A table that is gone is a fault that no row of the error map knows: what the driver says of it quotes the statement and its values.
  test('S66 a 500: a line with the request id, and without what the driver said', async () => {
    const rename = (from: string, to: string) => world.database.query(`ALTER TABLE ${from} RENAME TO ${to}`);
    await rename('segment', 'segment_away');
    try {
      const answers = [
        await world.api.as(pia.email).get('/v3/segments', { search: marker }),
        await world.api.as(pia.email).post('/v3/segments', { ...marked, name: `${marker} 500`, model_id: churnV1.id }),
        await world.api.as(pia.email).get(`/v3/segments/${nobodysId}`),
      ];
      for (const answer of answers) {
        expectError(answer, 500, 'InternalServerError');
        const line = new RegExp(`"level":"error".*"request_id":"${idOf(answer)}"`);
        await until('the line of an error', () => line.test(world.service.logs()));
      }
    } finally {
      await rename('segment_away', 'segment');
    }
    expectNormal(await world.api.as(pia.email).post('/v3/segments/validate', { model_id: churnV1.id, definition: 'age > 1' }));
  });

  test('S66 the whole log', async () => {
    const last = await world.api.as(pia.email).get('/v3/segments');
    expect(await linesOf(idOf(last))).toHaveLength(1);
    const log = world.service.logs();
    expect(log.split('\n').length).toBeGreaterThan(everywhere.length);
    for (const secret of [marker, marker.toLowerCase(), jwt.secret, 'eyJ', 'SELECT ', 'INSERT INTO']) expect(log).not.toContain(secret);
    for (const word of [/authorization/i, /bearer ey/i, /password/i, /secret/i]) expect(log).not.toMatch(word);
  });
});
