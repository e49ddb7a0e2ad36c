import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { apiAt, type Api } from './support/api.js';
import { engine } from './support/database.js';
import { expectNormal, expectPaginated } from './support/envelope.js';
import { applyFixture, churn, churnV1, globexModel, gus, pia, vic, wim } from './support/fixtures.js';
import { mariadbIsHere, startReplicaPair, type ReplicaPair } from './support/replica-pair.js';
import { until } from './support/until.js';
import { startService, type Service } from './support/service.js';

/** What only the replica's rows say: who reads it, reads the replica. */
const mark = 'of the replica';
/** Milliseconds after which a replica that is well must be read again: five that it rests or a writer is pinned, and some. */
const backWithin = 30_000;

const unfit = engine === 'sqlite' ? 'SQLite has no replicas' : mariadbIsHere ? undefined : 'no MariaDB server is installed here';
if (engine === 'mysql' && unfit !== undefined) process.stderr.write(`Lists on a replica were NOT tried: ${unfit}.\n`);

(unfit === undefined ? describe : describe.skip)(`lists on a replica${unfit === undefined ? '' : `: ${unfit}`}`, () => {
  let pair: ReplicaPair;
  let service: Service;
  let api: Api;

  const listOf = async (email: string, modelId: string) =>
    expectPaginated(await api.as(email).get(`/v3/models/${modelId}/segments`, { limit: 1000 }));
  const readsReplica = async (email: string, modelId: string): Promise<boolean> => {
    const marked = (await listOf(email, modelId)).map(({ description }) => description === mark);
    return marked.includes(true);
  };
  /** Both tenants, neither of which writes now. */
  const untilRead = async (where: 'replica' | 'primary'): Promise<void> => {
    const from = performance.now();
    while (performance.now() - from < backWithin) {
      const reads = [await readsReplica(gus.email, globexModel.id), await readsReplica(vic.email, churnV1.id)];
      if (reads.every((read) => read === (where === 'replica'))) return;
      await sleep(50);
    }
    throw new Error(`Lists do not come from the ${where}:\n${service.logs()}`);
  };

  beforeAll(async () => {
    pair = await startReplicaPair('replicated');
    await applyFixture(pair.primaryUrl);
    await pair.caughtUp();
    await pair.onReplica(`UPDATE segment SET description = '${mark}'`);
    await pair.onReplica(`UPDATE project SET name = '${mark}' WHERE id = '${churn.id}'`);
    service = await startService({ databaseUrl: pair.primaryUrl, env: { DATABASE_REPLICA_URLS: pair.replicaUrl, METRICS_PORT: '0' } });
    api = apiAt(service.url);
  }, 90_000);
  afterAll(async () => {
    await service?.stop();
    await pair?.stop();
  }, 60_000);
  beforeEach(() => untilRead('replica'));

  test('lists come from there, reads of one thing from the primary', async () => {
    const [segment] = await listOf(vic.email, churnV1.id);
    expect(segment).toMatchObject({ description: mark });
    expect(expectPaginated(await api.as(vic.email).get('/v3/segments'))[0]).toMatchObject({ description: mark });
    expect(expectPaginated(await api.as(vic.email).get('/v3/projects')).map(({ name }) => name)).toEqual([mark]);
    expect(expectNormal(await api.as(vic.email).get(`/v3/segments/${segment.id}`)).description).not.toBe(mark);
    expect(expectNormal(await api.as(vic.email).get(`/v3/projects/${churn.id}`)).name).toBe(churn.name);
  });

  test('Prometheus is told how far it is behind, and of its pool', async () => {
    const text = await (await fetch(/^ {2}Metrics +(\S+)$/m.exec(service.logs())?.[1] ?? '')).text();
    const name = new URL(pair.replicaUrl).host;
    expect(text).toMatch(new RegExp(`^segments_replica_lag_seconds\\{replica="${name}"\\} 0$`, 'm'));
    expect(text).toMatch(new RegExp(`^segments_replica_read\\{replica="${name}"\\} 1$`, 'm'));
    expect(text).toMatch(new RegExp(`^segments_db_pool_size\\{pool="replica ${name}"\\} 10$`, 'm'));
  });

  test('who has written finds it in the list at once, and from the replica later; others read there meanwhile', async () => {
    await pair.onReplica('STOP SLAVE');
    await pair.onReplica('CHANGE MASTER TO MASTER_DELAY = 1');
    await pair.onReplica('START SLAVE');
    try {
      await untilRead('replica');
      // A round shows it when all of it is done within the second that the replica is behind: a machine that stalls gets more rounds.
      let shown = 0;
      let wroteAt = 0;
      for (let round = 1; round <= 20 && shown < 3; round++) {
        const body = { model_id: churnV1.id, name: `at once ${round}`, definition: 'age > 1' };
        const created = expectNormal(await api.as(wim.email).post('/v3/segments', body));
        expect((await listOf(wim.email, churnV1.id)).map(({ id }) => id)).toContain(created.id);
        const isBehind = (await pair.onReplica(`SELECT id FROM segment WHERE id = '${created.id}'`)).length === 0;
        const othersReadThere = await readsReplica(gus.email, globexModel.id);
        if (isBehind && othersReadThere) shown += 1;
        expectNormal(await api.as(pia.email).get(`/v3/segments/${created.id}`));
        wroteAt = performance.now();
        const removed = await api.as(wim.email).delete(`/v3/segments/${created.id}`);
        expect(removed.status).toBe(200);
        expect((await listOf(wim.email, churnV1.id)).map(({ id }) => id)).not.toContain(created.id);
      }
      expect(shown).toBe(3);
      await untilRead('replica');
      expect(performance.now() - wroteAt).toBeGreaterThan(4_900);
    } finally {
      await pair.onReplica('STOP SLAVE');
      await pair.onReplica('CHANGE MASTER TO MASTER_DELAY = 0');
      await pair.onReplica('START SLAVE');
    }
  });

  test('a replica that stands still is not read until it replicates again', async () => {
    await pair.onReplica('STOP SLAVE SQL_THREAD');
    try {
      await untilRead('primary');
      await until('the replica is told of', () => service.logs().includes('does not replicate: lists are read elsewhere'));
    } finally {
      await pair.onReplica('START SLAVE SQL_THREAD');
    }
    await untilRead('replica');
  });

  test('a replica that is gone costs nobody an answer, and is read again when it is back', async () => {
    pair.signalReplica('SIGKILL');
    for (let at = 0; at < 10; at++) expect(await readsReplica(at % 2 === 0 ? gus.email : vic.email, globexModelOr(at))).toBe(false);
    await pair.startReplica();
    await untilRead('replica');
  });

  test('a replica that answers nothing holds up a list for as long as one statement may take, no longer', async () => {
    pair.signalReplica('SIGSTOP');
    try {
      const from = performance.now();
      expect(await readsReplica(gus.email, globexModel.id)).toBe(false);
      // The deadline of the request, which would end a list that waited on, is 15 s.
      expect(performance.now() - from).toBeLessThan(12_000);
      const next = performance.now();
      expect(await readsReplica(gus.email, globexModel.id)).toBe(false);
      // Asked again, the replica would take three seconds more.
      expect(performance.now() - next).toBeLessThan(2_500);
    } finally {
      pair.signalReplica('SIGCONT');
    }
  });

  test('a replica whose lag may not be asked for is not read, and the log says why', async () => {
    await pair.onPrimary("CREATE USER 'plain'@'%' IDENTIFIED BY 'plain-words'");
    await pair.onPrimary("GRANT ALL ON replicated.* TO 'plain'@'%'");
    await pair.caughtUp();
    const url = new URL(pair.replicaUrl);
    [url.username, url.password] = ['plain', 'plain-words'];
    const other = await startService({ databaseUrl: pair.primaryUrl, env: { DATABASE_REPLICA_URLS: url.href } });
    try {
      const [segment] = expectPaginated(await apiAt(other.url).as(gus.email).get(`/v3/models/${globexModel.id}/segments`));
      expect(segment.description).not.toBe(mark);
      await until('the refusal is told of', () => other.logs().includes('ER_SPECIFIC_ACCESS_DENIED_ERROR'));
      expect(other.logs()).not.toContain('plain-words');
    } finally {
      await other.stop();
    }
  });

  const globexModelOr = (at: number): string => (at % 2 === 0 ? globexModel.id : churnV1.id);
});
