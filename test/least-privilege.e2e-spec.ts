import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Api } from './support/api.js';
import { engine, filledDatabase, freshDatabase, type TestDatabase } from './support/database.js';
import { expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churnV1, fixtureFile, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { environment, runAdmin, startProcess, startService, type Service } from './support/service.js';

/** What the service asks of a database server, and what it does not. SQLite has neither accounts nor sessions. */
const onServer = engine === 'mysql' ? describe : describe.skip;

/** An account of one suite's own on this database, with these rights and no others. */
async function account(database: TestDatabase, rights: string) {
  const name = `s_${randomBytes(6).toString('hex')}`;
  const password = randomBytes(12).toString('hex');
  const schema = new URL(database.url).pathname.slice(1);
  await database.query(`CREATE USER ${name} IDENTIFIED BY '${password}'`);
  await database.query(`GRANT ${rights} ON ${schema}.* TO ${name}`);
  const url = new URL(database.url);
  Object.assign(url, { username: name, password });
  return { name, url: url.href, drop: () => database.query(`DROP USER ${name}`) };
}
type Account = Awaited<ReturnType<typeof account>>;

/** How a start that must be refused ended. */
async function refused(databaseUrl: string) {
  const started = startProcess('main.js', [], environment(databaseUrl));
  const timer = setTimeout(() => started.process.kill('SIGKILL'), 20_000);
  const code = await started.exited;
  clearTimeout(timer);
  return { code, stderr: started.stderr() };
}

onServer('S59 an account that may select, insert, update and delete is enough', () => {
  let database: TestDatabase;
  let servant: Account;
  let service: Service;
  let api: Api;
  beforeAll(async () => {
    database = await filledDatabase();
    servant = await account(database, 'SELECT, INSERT, UPDATE, DELETE');
    service = await startService({ databaseUrl: servant.url });
    api = apiAt(service.url);
  }, 60_000);
  afterAll(async () => {
    await service?.stop();
    await servant?.drop();
    await database?.drop();
  });

  test('the account has these rights and no more', async () => {
    const grants = await database.query(`SHOW GRANTS FOR ${servant.name}`);
    const text = grants.map((row) => Object.values(row).join()).join('\n');
    expect(text).toMatch(/GRANT SELECT, INSERT, UPDATE, DELETE ON /);
    expect(text).not.toMatch(/\b(?:ALL PRIVILEGES|CREATE|ALTER|DROP|SUPER|LOCK TABLES|EXECUTE)\b/);
  });

  test('S59 every kind of request is served', async () => {
    expect((await api.anonymous.get('/health/ready')).status).toBe(200);
    const writer = api.as(wim.email);
    const [head] = expectPaginated(await writer.get('/v3/segments', { search: 'seniors', ordering: '-created_at', limit: 1 }));
    expect(expectNormal(await api.as(vic.email).get(`/v3/segments/${head.id}`))).toEqual(head);
    const body = { model_id: churnV1.id, name: 'S59', definition: 'age > 30 and tenure < 5' };
    const { id } = expectNormal(await writer.post('/v3/segments', body));
    expect((await writer.post('/v3/segments', body)).status).toBe(409);
    expect(expectNormal(await writer.post('/v3/segments/validate', { model_id: churnV1.id, definition: 'age > 30' })).valid).toBe(true);
    expect(expectNormal(await writer.post('/v3/segments/evaluate', { segment_id: id, rows: [{ age: 31, tenure: 1 }] })).results).toEqual([
      true,
    ]);
    expect((await writer.delete(`/v3/segments/${id}`)).status).toBe(200);
    expect(expectPaginated(await writer.get('/v3/segments/events', { ordering: '-sequence', limit: 1 }))[0].segment.id).toBe(id);
    const project = expectNormal(await api.as(ada.email).post('/v3/projects', { name: 'S59' }));
    const model = expectNormal(await api.as(ada.email).post('/v3/models', modelBody({ project_id: project.id })));
    const patched = await api.as(ada.email).send('PATCH', `/v3/models/${model.id}`, { json: { description: 'S59' } });
    expect(expectNormal(patched).description).toBe('S59');
    const { job } = expectNormal(await api.as(ada.email).delete(`/v3/models/${model.id}`), 202);
    expect(expectNormal(await api.as(ada.email).get(`/v3/jobs/${job.id}`)).status).toBe('SUCCESS');
    expect((await api.as(ada.email).delete(`/v3/projects/${project.id}`)).status).toBe(200);
    expect(service.logs()).not.toMatch(/"level":"(?:error|fatal)"/);
  });

  test('the command line works with it too, once the tables are there', async () => {
    expect((await runAdmin(servant.url, ['apply', fixtureFile])).code).toBe(0);
    expect((await runAdmin(servant.url, ['migrate', '--status'])).code).toBe(0);
    expect((await runAdmin(servant.url, ['token', pia.email])).code).toBe(0);
  }, 60_000);

  test('without tables it refuses to start, and shows neither account nor password', async () => {
    const empty = await freshDatabase();
    const poor = await account(empty, 'SELECT, INSERT, UPDATE, DELETE');
    try {
      const { code, stderr } = await refused(poor.url);
      expect(code).toBe(1);
      expect(stderr).toMatch(/could not start/);
      expect(stderr).not.toContain(new URL(poor.url).password);
      expect(Object.keys(await empty.content())).toEqual([]);
    } finally {
      await poor.drop();
      await empty.drop();
    }
  }, 60_000);
});

onServer('S64 a session that would garble texts is refused at start', () => {
  let database: TestDatabase;
  let garbled: Account;
  let before: string;
  beforeAll(async () => {
    database = await filledDatabase();
    garbled = await account(database, 'ALL PRIVILEGES');
    before = String((await database.query('SELECT @@GLOBAL.init_connect AS value'))[0]!['value']);
  }, 60_000);
  afterAll(async () => {
    await database?.query('SET GLOBAL init_connect = ?', [before]);
    await garbled?.drop();
    await database?.drop();
  });

  /** What the server does at each connection of this account, and of no other: suites run side by side. */
  const atConnect = (variable: string, value: string) =>
    database.query('SET GLOBAL init_connect = ?', [
      `SET SESSION ${variable} = IF(CURRENT_USER() LIKE '${garbled.name}@%', '${value}', @@SESSION.${variable})`,
    ]);

  test.each([
    ['sql_mode', 'NO_BACKSLASH_ESCAPES', /NO_BACKSLASH_ESCAPES/],
    ['character_set_client', 'latin1', /speaks latin1/],
    ['character_set_connection', 'utf8mb3', /speaks utf8/],
    ['character_set_results', 'latin1', /speaks latin1/],
  ])(
    'S64 %s = %s',
    async (variable, value, says) => {
      await atConnect(variable, value);
      const { code, stderr } = await refused(garbled.url);
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(says) });
      const admin = await runAdmin(garbled.url, ['migrate', '--status']);
      expect(admin.code).toBe(1);
      expect(admin.stderr).toMatch(says);
    },
    60_000,
  );

  test('the same account starts when the server leaves sessions as they are', async () => {
    await database.query('SET GLOBAL init_connect = ?', [before]);
    const service = await startService({ databaseUrl: garbled.url });
    expect(await service.stop()).toBe(0);
  }, 60_000);
});
