import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { engine, freshDatabase } from './support/database.js';
import { expectNormal, expectPaginated } from './support/envelope.js';
import { apiAt } from './support/api.js';
import { wim } from './support/fixtures.js';
import { wantAnswer } from './support/server-errors.js';
import { environment, jwt, projectRoot, startProcess, startService, type Variables } from './support/service.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-start-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What `environment` sets, taken away: a newcomer's shell. */
const bare = { NODE_ENV: undefined, DATABASE_URL: undefined, JWT_SECRET: undefined, JWT_ISSUER: undefined, JWT_AUDIENCE: undefined };
const goodSecret = 'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3';

/** What has nothing to do with the database is tried once, not once for each database. */
const onSqlite = engine === 'sqlite' ? describe : describe.skip;

/** What the Swagger UI is started with. */
const settingsOfUi = async (url: string) => (await fetch(`${url}/docs/swagger-ui-init.js`)).text();

onSqlite('a newcomer’s start, without any setting', () => {
  const start = () => startService({ databaseUrl: '', env: bare, cwd: scratch });
  const tokenIn = (logs: string) => /\beyJ[\w-]+\.[\w-]+\.[\w-]+/.exec(logs)?.[0] ?? '';
  let firstToken = '';
  let mine: any;

  test('prints the address of the UI, a token, and a curl line that works', async () => {
    const service = await start();
    try {
      expect(service.logs()).toContain(`${service.url}/docs`);
      firstToken = tokenIn(service.logs());
      const [, url, header] = /curl\b.*?'(http[^']+)'.*?-H\s+'Authorization: ([^']+)'/.exec(service.logs()) ?? [];
      const answer = await fetch(url!, { headers: { authorization: header! } });
      expect(answer.status).toBe(200);
      const { data } = (await answer.json()) as any;
      expect(data.total).toBeGreaterThan(3);
      expect((await fetch(`${service.url}/docs`)).status).toBe(200);
      expect(await settingsOfUi(service.url)).toContain(firstToken);

      const api = apiAt(service.url).as(firstToken);
      const [segment] = expectPaginated(await api.get('/v3/segments'));
      mine = expectNormal(await api.post('/v3/segments', { model_id: segment.model.id, name: 'mine', definition: 'age > 1' }));
    } finally {
      expect(await service.stop()).toBe(0);
    }
  });

  test('whoever lets others reach it keeps the token out of the page', async () => {
    const service = await startService({ databaseUrl: '', env: { ...bare, HOST: '0.0.0.0' }, cwd: scratch });
    try {
      expect(tokenIn(service.logs())).not.toBe('');
      expect(await settingsOfUi(service.url)).not.toContain('eyJ');
    } finally {
      expect(await service.stop()).toBe(0);
    }
  });

  test('a second start keeps the data, and the first token still works', async () => {
    const service = await start();
    try {
      const api = apiAt(service.url).as(firstToken);
      expect(expectNormal(await api.get(`/v3/segments/${mine.id}`))).toEqual(mine);
      expect(tokenIn(service.logs())).not.toBe('');
    } finally {
      expect(await service.stop()).toBe(0);
    }
  });
});

/** Starts the service with what must be refused; its output, and how it ended: one that does not end by itself is killed. */
async function refused(env: Variables) {
  const started = startProcess('main.js', [], environment('', { ...bare, ...env }), scratch);
  const timer = setTimeout(() => started.process.kill('SIGKILL'), 30_000);
  const code = await started.exited;
  clearTimeout(timer);
  return { code, output: started.stdout() + started.stderr(), stderr: started.stderr() };
}

onSqlite('refuses to start, and says why', () => {
  const production = {
    NODE_ENV: 'production',
    DATABASE_URL: `sqlite:${join(scratch, 'p.sqlite')}`,
    JWT_SECRET: goodSecret,
    JWT_ISSUER: 'i',
    JWT_AUDIENCE: 'a',
  };

  test('production without settings: every one of them is named', async () => {
    const { code, stderr } = await refused({ NODE_ENV: 'production' });
    expect(code).toBe(1);
    for (const name of ['DATABASE_URL', 'JWT_SECRET', 'JWT_ISSUER', 'JWT_AUDIENCE']) expect(stderr).toContain(name);
  });

  test('several bad ones: each is named, none is shown', async () => {
    const bad = { NODE_ENV: 'prod', PORT: 'http', DATABASE_URL: 'postgres://u:hunter2@h/db', JWT_SECRET: 'hunter2', LOG_LEVEL: 'loud' };
    const { code, output } = await refused(bad);
    expect(code).toBe(1);
    for (const name of Object.keys(bad)) expect(output).toContain(name);
    expect(output).not.toContain('hunter2');
  });

  const example = join(projectRoot, 'docker', 'env.example');
  const exampleSecret = existsSync(example) ? /^#?\s*JWT_SECRET=(.+)$/m.exec(readFileSync(example, 'utf8'))?.[1]?.trim() : undefined;
  // The whole table of weak secrets is in the unit specs of config.
  test.each(['x'.repeat(31), 'changeme-changeme-changeme-changeme', ...(exampleSecret ? [exampleSecret] : [])])(
    'J22 the secret %s',
    async (secret) => {
      const { code, output } = await refused({ ...production, JWT_SECRET: secret });
      expect(code).toBe(1);
      expect(output).toContain('JWT_SECRET');
      expect(output).not.toContain(secret);
    },
  );

  test.each<[string, Variables, RegExp]>([
    ['a database that nobody answers for', { DATABASE_URL: 'mysql://root:hunter2@127.0.0.1:1/segments' }, /DATABASE_URL/],
    ['a directory as database file', { DATABASE_URL: `sqlite:${scratch}` }, /DATABASE_URL/],
    ['a key file that is not there', { JWT_SECRET: undefined, JWT_JWKS_FILE: join(scratch, 'no-keys.json') }, /JWT_JWKS_FILE/],
  ])('F23 %s', async (_, env, says) => {
    const { code, output, stderr } = await refused({ ...production, ...env });
    expect(code).toBe(1);
    expect(stderr).toMatch(says);
    expect(stderr).not.toMatch(/\bat .+:\d+:\d+/);
    expect(output).not.toContain('hunter2');
  });

  test('a port that is taken', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    await once(holder, 'listening');
    const { code, output } = await refused({ ...production, PORT: String((holder.address() as AddressInfo).port) });
    holder.close();
    expect(code).toBe(1);
    expect(output).toMatch(/PORT/);
  });
});

describe('production', () => {
  test('starts with its settings, and neither seeds nor prints a token', async () => {
    const database = await freshDatabase();
    const service = await startService({ databaseUrl: database.url, env: { NODE_ENV: 'production' } });
    try {
      expect(service.logs()).not.toMatch(/eyJ/);
      expect((await fetch(`${service.url}/health/ready`)).status).toBe(200);
      expect(await settingsOfUi(service.url)).not.toContain('eyJ');
      expect(await database.query('SELECT id FROM segment')).toEqual([]);
    } finally {
      expect(await service.stop()).toBe(0);
      await database.drop();
    }
  });

  test('S60 DOCS=off: neither the UI nor the document', async () => {
    const env = { DOCS: 'off', NODE_ENV: 'production', JWT_ISSUER: jwt.issuer };
    const service = await startService({ databaseUrl: world.database.url, env });
    try {
      expect(
        await Promise.all(['/docs', '/openapi.json', '/health/live'].map(async (path) => (await fetch(service.url + path)).status)),
      ).toEqual([404, 404, 200]);
    } finally {
      await service.stop();
    }
  });
});

describe('stopping', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('%s: exit 0 at once, with a keep-alive client connected', async (signal) => {
    const service = await startService({ databaseUrl: world.database.url });
    const agent = new Agent({ keepAlive: true });
    const request = get(`${service.url}/health/live`, { agent });
    const [response] = await once(request, 'response');
    response.resume();
    await once(response, 'end');
    const start = performance.now();
    const exited = once(service.process, 'exit');
    service.process.kill(signal);
    expect(await exited).toEqual([0, null]);
    // Some 400 ms. Waiting for the client would take 72 s, and end with 1 after 25.
    expect(performance.now() - start).toBeLessThan(10_000);
    agent.destroy();
  });

  test('F08 what was accepted is answered', async () => {
    const service = await startService({ databaseUrl: world.database.url });
    const api = apiAt(service.url).as(wim.email);
    expectPaginated(await api.get('/v3/segments'));
    const asked = Array.from({ length: 20 }, () => api.get('/v3/segments', { search: 'age' }));
    await once(service.process.stdout!, 'data').catch(() => undefined);
    const stopped = service.stop();
    const outcomes = await Promise.allSettled(asked);
    expect(await stopped).toBe(0);
    for (const outcome of outcomes) {
      // A connection that was never accepted may be refused; nothing may be cut off or be a 500.
      if (outcome.status === 'fulfilled') {
        expect([200, 503]).toContain(outcome.value.status);
        wantAnswer(outcome.value);
      } else expect(String(outcome.reason.cause?.code)).toMatch(/ECONNREFUSED|ECONNRESET|UND_ERR_SOCKET/);
    }
    expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  });
});
