import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { limits } from '../src/config/limits.js';
import { apiAt, type Answer, type Api } from './support/api.js';
import { engine } from './support/database.js';
import { expectError, expectPaginated } from './support/envelope.js';
import { ada, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { documentWatcher } from './support/openapi-check.js';
import { operationsOf } from './support/operations.js';
import { sendRaw } from './support/raw.js';
import { wantAnswer } from './support/server-errors.js';
import { projectRoot, startService, type Service, type Variables } from './support/service.js';
import { claimsOf, sign } from './support/token.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

/** More than the service can or may do, and those who are slow (`reliability.md` S41 to S43, F21, part 0 row 14). */
const world = useWorld();

/** What has nothing to do with the database is tried once, not once for each database. */
const onSqlite = engine === 'sqlite' ? describe : describe.skip;

/** A service of these settings, for the tests of one block. */
function useService(env: Variables): { readonly service: Service; readonly api: Api } {
  const started: { service?: Service; api?: Api } = {};
  beforeAll(async () => {
    started.service = await startService({ databaseUrl: world.database.url, env });
    started.api = apiAt(started.service.url, documentWatcher(world.document));
  }, 60_000);
  afterAll(async () => {
    await started.service?.stop();
  });
  return started as { service: Service; api: Api };
}

const healthy = async (api: Api): Promise<number> => (await api.anonymous.get('/health/live')).status;

onSqlite('S43 slow senders', () => {
  const timeout = 4_000;
  const slow = useService({ REQUEST_TIMEOUT: String(timeout) });
  const clients = 40;
  const senders = [
    'POST /v3/segments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{',
    'GET /v3/segments HTTP/1.1\r\nHost: x\r\n',
    '',
  ];

  test(`${clients} with a body that never ends, as many with such a head, as many that say nothing: 408, and nobody else notices`, async () => {
    expectPaginated(await slow.api.as(wim.email).get('/v3/segments'));
    let cut = 0;
    const asked = senders.flatMap((bytes) =>
      Array.from({ length: clients }, async () => {
        const begun = performance.now();
        const answer = await sendRaw(slow.service.port, bytes);
        cut += 1;
        return { answer, ms: performance.now() - begun };
      }),
    );
    for (let at = 0; at < 10; at++) expectPaginated(await slow.api.as(wim.email).get('/v3/segments'));
    // Whoever had to wait for the slow ones would be answered after the first of them is cut off.
    expect(cut).toBe(0);
    for (const { answer, ms } of await Promise.all(asked)) {
      expectError(answer, 408, 'RequestTimeout');
      expect(ms).toBeGreaterThan(timeout - 100);
    }
    expect(await healthy(slow.api)).toBe(200);
  });
});

(engine === 'mysql' ? describe : describe.skip)('limits.request.answer: a request that has arrived is answered in time', () => {
  // On SQLite no answer waits: the database is part of the process. The unit spec of the deadline waits for neither.
  const hasty = useService({ REQUEST_DEADLINE: '500', LOG_LEVEL: 'info' });

  test('0.14 past its deadline it is 503 with Retry-After, and the next one is answered', async () => {
    const holder = await createConnection(world.database.url);
    try {
      await holder.query('LOCK TABLES segment WRITE, segment_text WRITE');
      const answer = await hasty.api.as(wim.email).get('/v3/segments', { search: 'hunter2' });
      // The server's own limit would say "the database", and later.
      expectError(answer, 503, 'ServiceUnavailable', { says: /^The request took too long/ });
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    } finally {
      await holder.end();
    }
    expectPaginated(await hasty.api.as(wim.email).get('/v3/segments'));
    await sleep(200);
    expect(hasty.service.logs()).not.toMatch(/hunter2|FST_/);
  });
});

onSqlite('S42 F21 the process stands still for two seconds', () => {
  const hook = join(projectRoot, 'test', 'faults', 'hooks', 'block-on-signal.mjs');
  const scratch = mkdtempSync(join(tmpdir(), 'segments-overload-'));
  const hold = join(scratch, 'hold');
  afterAll(() => rmSync(scratch, { recursive: true, force: true }));
  const halting = useService({ NODE_OPTIONS: `--import=${hook}`, PRESSURE_DELAY: '1000', FAULT_HOLD: hold });

  test('what piled up is 503 with Retry-After, liveness is told, and soon all is well', async () => {
    expectPaginated(await halting.api.as(wim.email).get('/v3/segments'));
    writeFileSync(hold, '');
    halting.service.process.kill('SIGUSR2');
    await until('it stands still', () => halting.service.logs().includes('standing still'));
    const asked = Promise.all([
      halting.api.as(wim.email).get('/v3/segments'),
      halting.api.anonymous.get('/health/live'),
      ...Array.from({ length: 20 }, () => halting.api.as(vic.email).get(`/v3/segments/${nobodysId}`)),
    ]);
    await sleep(500);
    rmSync(hold);
    const [answer, live, ...others] = await asked;
    expectError(answer!, 503, 'ServiceUnavailable', { says: 'overloaded' });
    expect(answer!.headers.get('retry-after')).toBe('1');
    expect(live!.status).toBe(200);
    expect(others.every(({ status }) => [404, 503].includes(status))).toBe(true);
    others.forEach(wantAnswer);
    await until('all is well', async () => {
      const later = await halting.api.as(wim.email).get('/v3/segments');
      wantAnswer(later);
      return later.status === 200;
    });
  });
});

onSqlite('S41 requests of one user are limited', () => {
  const limited = useService({ RATE_LIMIT_READS: '1000/12', RATE_LIMIT_WRITES: '1000/3' });
  const read = (email: string, headers = {}) => limited.api.as(email).send('GET', '/v3/server-info', { headers });
  const statuses = (answers: readonly Answer[]) => answers.map(({ status }) => status);
  const times = async (count: number, send: () => Promise<Answer>): Promise<Answer[]> => {
    const answers = [];
    for (let at = 0; at < count; at++) answers.push(await send());
    return answers;
  };

  test('at the limit 200, one past it 429 with what to wait for; another user is not concerned', async () => {
    const answers = await times(13, () => read(wim.email));
    expect(statuses(answers)).toEqual([...Array<number>(12).fill(200), 429]);
    expect(answers.map(({ headers }) => Number(headers.get('ratelimit-remaining')))).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0, 0]);
    const refused = answers.at(-1)!;
    expectError(refused, 429, 'TooManyRequests');
    const [limit, reset, retryAfter] = ['ratelimit-limit', 'ratelimit-reset', 'retry-after'].map((name) =>
      Number(refused.headers.get(name)),
    );
    expect([limit, reset]).toEqual([12, retryAfter]);
    expect(retryAfter).toBeGreaterThan(0);
    expect(retryAfter).toBeLessThanOrEqual(60);
    expect((await read(vic.email)).status).toBe(200);
  });

  test('another token of the same user is the same user, and X-Forwarded-For changes nothing', async () => {
    await times(12, () => read(pia.email));
    const again = sign({ ...claimsOf(pia.id), filler: 'x' });
    expectError(await limited.api.as(again).get('/v3/server-info'), 429, 'TooManyRequests');
    expectError(await read(pia.email, { 'x-forwarded-for': '203.0.113.7' }), 429, 'TooManyRequests');
  });

  test('writes count apart from reads', async () => {
    const answers = await times(4, () => limited.api.as(out.email).post('/v3/segments/validate', {}));
    expect(statuses(answers)).toEqual([400, 400, 400, 429]);
    expect((await read(out.email)).status).toBe(200);
  });

  test('without a valid token the address counts, and takes nothing from those who have one', async () => {
    const forged = () => limited.api.as(sign(claimsOf(ada.id), { secret: 'x'.repeat(40) })).get('/v3/server-info');
    const answers = await times(14, forged);
    expect(new Set(statuses(answers.slice(0, 12)))).toEqual(new Set([401]));
    expect(statuses(answers.slice(12))).toEqual([429, 429]);
    expect(
      statuses(
        await times(2, () => limited.api.anonymous.send('GET', '/v3/server-info', { headers: { 'x-forwarded-for': '203.0.113.8' } })),
      ),
    ).toEqual([429, 429]);
    expect((await read(ada.email)).status).toBe(200);
  });

  test('what needs no token is not limited', async () => {
    expect(new Set(statuses(await times(30, () => limited.api.anonymous.get('/health/live'))))).toEqual(new Set([200]));
  });

  test('every operation that documents 429 answers it, before it looks at anything else', async () => {
    const nobodys = Object.fromEntries(['uuid', 'segment_id', 'model_id', 'project_id', 'job_id'].map((name) => [name, nobodysId]));
    const ids = { ...nobodys, kind: 'alert', key: '42' };
    const documenting = operationsOf(world.document.document, ids).filter((one) => one.statuses.includes(429));
    const guarded = Object.keys(world.document.document['paths']).filter((path) => path.startsWith('/v3/'));
    expect(new Set(documenting.map(({ template }) => template))).toEqual(new Set(guarded));
    await times(12, () => read(gus.email));
    await times(3, () => limited.api.as(gus.email).post('/v3/segments/validate', {}));
    for (const { method, path, request } of documenting)
      expectError(await limited.api.as(gus.email).send(method, path, request), 429, 'TooManyRequests');
  });
});

test('S41 off by default: no limit, and no header of one', async () => {
  const answers = await Promise.all(Array.from({ length: 100 }, () => world.api.as(wim.email).get('/v3/server-info')));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  expect([...answers[0]!.headers.keys()].filter((name) => name.startsWith('ratelimit'))).toEqual([]);
});

test(`S43 limits.socket.requests: a connection ends after ${limits.socket.requests} requests, said in the last answer, and none is lost`, async () => {
  const wanted = limits.socket.requests;
  const text = await pipelined(world.service.port, wanted + 5);
  const heads = text.split('HTTP/1.1 ').slice(1);
  expect([heads.length, ...new Set(heads.map((head) => head.slice(0, 3)))]).toEqual([wanted, '200']);
  expect(heads.findIndex((head) => /^connection: close/im.test(head))).toBe(wanted - 1);
});

/** All that comes back, until the service ends the connection. */
async function pipelined(port: number, count: number): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  socket.setEncoding('latin1');
  socket.write('GET /health/live HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(count));
  let text = '';
  for await (const chunk of socket) text += chunk;
  return text;
}
