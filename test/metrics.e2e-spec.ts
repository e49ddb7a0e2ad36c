import { readFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { engine } from './support/database.js';
import { churnV1, nobodysId, vic, wim } from './support/fixtures.js';
import { environment, projectRoot, startProcess } from './support/service.js';
import { useWorld } from './support/world.js';

// What is counted is counted above the databases, so one of them is enough; replicas and pools are in test/replica.e2e-spec.ts.
(engine === 'sqlite' ? describe : describe.skip)('/metrics', () => {
  const world = useWorld({ METRICS_PORT: '0', RATE_LIMIT_WRITES: '100/8' });

  let address = '';
  beforeAll(() => {
    address = /^ {2}Metrics +(\S+)$/m.exec(world.service.logs())?.[1] ?? '';
  });

  const scrape = async (): Promise<string> => (await fetch(address)).text();
  /** The value of a sample, by its name with labels; 0 where there is none. */
  const valueOf = (text: string, sample: string): number =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${sample} `))
        ?.slice(sample.length + 1) ?? 0,
    );
  /** What each sample has more after the work than before. */
  async function gained(samples: readonly string[], work: () => Promise<unknown>): Promise<number[]> {
    const before = await scrape();
    await work();
    const after = await scrape();
    return samples.map((sample) => valueOf(after, sample) - valueOf(before, sample));
  }
  const requests = (method: string, route: string, status: string): string =>
    `segments_http_request_duration_seconds_count{method="${method}",route="${route}",status="${status}"}`;

  describe('S60 who may read it', () => {
    test('S60 nobody at the port of the API, with or without a token', async () => {
      expect(new URL(address).port).not.toBe(String(world.service.port));
      for (const caller of [world.api.anonymous, world.api.as(wim.email)]) expect((await caller.get('/metrics')).status).toBe(404);
    });

    test('only this computer, unless METRICS_HOST says otherwise', () => expect(new URL(address).hostname).toBe('127.0.0.1'));

    test.each([
      ['GET', '/metrics', 200, 'text/plain; version=0.0.4; charset=utf-8'],
      ['HEAD', '/metrics', 200, 'text/plain; version=0.0.4; charset=utf-8'],
      ['POST', '/metrics', 405, null],
      ['GET', '/', 404, null],
      ['GET', '/v3/segments', 404, null],
    ])('at its own port: %s %s is %i', async (method, path, status, type) => {
      const answer = await fetch(new URL(path, address), { method });
      expect([answer.status, answer.headers.get('content-type')]).toEqual([status, type]);
    });

    test('a port that is taken ends the start, and its variable is named', async () => {
      const taken = createServer().listen(0, '127.0.0.1');
      await new Promise((resolve) => taken.once('listening', resolve));
      const { port } = taken.address() as AddressInfo;
      const started = startProcess('main.js', [], environment(world.database.url, { METRICS_PORT: String(port) }));
      expect(await started.exited).toBe(1);
      expect(started.stderr()).toContain('METRICS_PORT');
      taken.close();
    });
  });

  describe('requests', () => {
    test('by the pattern of their route, never by their address', async () => {
      const secret = 'hunter2';
      const samples = [
        requests('GET', '/v3/segments/:uuid', '404'),
        requests('GET', 'unmatched', '404'),
        requests('GET', '/health/live', '200'),
        requests('GET', '/v3/segments', '401'),
      ];
      const counts = await gained(samples, async () => {
        await world.api.as(vic.email).get(`/v3/segments/${nobodysId}`);
        await world.api.as(vic.email).get(`/nowhere/${secret}?q=${secret}`);
        await world.api.anonymous.get('/health/live');
        await world.api.anonymous.get('/v3/segments', `search=${secret}`);
      });
      expect(counts).toEqual([1, 1, 1, 1]);
      expect(await scrape()).not.toMatch(new RegExp(`${secret}|${nobodysId}|@acme`));
    });

    test('under way while they are, and told as aborted when the client left', async () => {
      const socket = connect(world.service.port, '127.0.0.1');
      socket.write('POST /v3/segments HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{');
      await until(async () => valueOf(await scrape(), 'segments_http_requests_in_flight') === 1);
      expect(
        await gained([requests('POST', '/v3/segments', 'aborted')], async () => {
          socket.destroy();
          await until(async () => valueOf(await scrape(), 'segments_http_requests_in_flight') === 0);
        }),
      ).toEqual([1]);
    });

    test('what the rate limit refuses', async () => {
      const ask = () => world.api.as(wim.email).post('/v3/segments', {});
      const [refused] = await gained(['segments_http_refused_requests_total{reason="rate_limit"}'], async () => {
        for (let n = 0; n < 10; n++) await ask();
      });
      expect(refused).toBe(2);
    });
  });

  /** Resolves once it holds; a busy machine takes its time. */
  async function until(holds: () => Promise<boolean>): Promise<void> {
    for (const deadline = Date.now() + 10_000; !(await holds()); await sleep(20))
      if (Date.now() > deadline) throw new Error('It does not come to be.');
  }

  test('verdicts of the language by code, and what the caches had', async () => {
    const check = (definition: string) => world.api.as(vic.email).post('/v3/segments/validate', { model_id: churnV1.id, definition });
    const samples = [
      'segments_fql_verdicts_total{code="valid"}',
      'segments_fql_verdicts_total{code="FQL_UNKNOWN_COLUMN"}',
      'segments_cache_requests_total{cache="model_columns",result="hit"}',
      'segments_cache_requests_total{cache="roles",result="hit"}',
    ];
    await check('age > 1');
    const [valid, unknown, columns, roles] = await gained(samples, async () => {
      for (const definition of ['age > 2', 'agee > 2', 'age > 3']) await check(definition);
    });
    expect([valid, unknown, columns]).toEqual([2, 1, 3]);
    expect(roles).toBeGreaterThanOrEqual(2);
  });

  test('the state of the service', async () => {
    const text = await scrape();
    expect(valueOf(text, 'segments_ready')).toBe(1);
    expect(text).toMatch(/^segments_migrations_pending 0$/m);
    expect(text).toMatch(
      new RegExp(`^segments_build_info\\{version="\\d+\\.\\d+\\.\\d+",database="${engine}",node="${process.version}"\\} 1$`, 'm'),
    );
    expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m);
    // A pool has only MySQL; test/replica.e2e-spec.ts looks at it there.
    expect(text).not.toMatch(/^segments_db_pool_size\{/m);
  });

  /** A dashboard or an alert over a metric that is not there would say that all is well for ever. */
  describe('what reads the metrics names what is there', () => {
    const read = (name: string): string => readFileSync(join(projectRoot, 'docker', name), 'utf8');
    const { panels, templating } = JSON.parse(read('grafana-dashboard.json'));
    const rules = parse(read('alerts.yml')).groups.flatMap((group: any) => group.rules);
    const queries: [string, string][] = [
      ...panels.flatMap(({ title, targets = [] }: any) => targets.map(({ expr }: any) => [`panel ${title}`, expr])),
      ...rules.map(({ alert, expr }: any) => [`alert ${alert}`, expr]),
      ['variable instance', templating.list[1].query.query],
    ];
    /** Prometheus's own: whether a scrape was answered. */
    const metric = /\b(?:segments|nodejs|process)_\w+/g;
    let text = '';
    let names: ReadonlySet<string>;
    beforeAll(async () => {
      text = await scrape();
      names = new Set([...text.matchAll(/^(?:# TYPE )?(\w+)/gm)].map(([, name]) => name!));
    });

    test.each(queries)('%s', (_, query) => {
      const named = query.match(metric) ?? [];
      expect(named.length > 0 || query.startsWith('up{')).toBe(true);
      expect(named.filter((name) => !names.has(name))).toEqual([]);
      // Labels that are asked for are those that the samples have; a metric without any sample here says nothing of its labels.
      for (const [, name = '', labels = ''] of query.matchAll(/(\w+)\{([^}]*)\}/g)) {
        const samples = text.split('\n').filter((line) => line.startsWith(`${name}{`));
        const asked = [...labels.matchAll(/(\w+)\s*(?:=~|!=|!~|=)/g)]
          .map(([, label]) => label)
          .filter((label) => label !== 'instance' && label !== 'job');
        if (samples.length > 0)
          for (const label of asked) expect(samples.some((line) => new RegExp(`[{,]${label}="`).test(line))).toBe(true);
      }
    });

    test('every metric of ours is on the dashboard', () => {
      const shown = JSON.stringify(panels);
      const ours = [...text.matchAll(/^# TYPE (segments_\w+)/gm)].map(([, name]) => name!);
      expect(ours.length).toBeGreaterThan(12);
      expect(ours.filter((name) => !shown.includes(name))).toEqual([]);
    });

    test('every alert has a severity and a sentence, and docs/operations.md says what to do', () => {
      const told = [...readFileSync(join(projectRoot, 'docs', 'operations.md'), 'utf8').matchAll(/^\| `(Segments\w+)`/gm)].map(
        ([, alert]) => alert,
      );
      expect(told.sort()).toEqual(rules.map(({ alert }: any) => alert).sort());
      for (const { alert, labels, annotations } of rules)
        expect([alert, labels.severity, annotations.summary]).toEqual([
          alert,
          expect.stringMatching(/^(?:page|ticket)$/),
          expect.any(String),
        ]);
      expect(new Set(rules.map(({ alert }: any) => alert)).size).toBe(rules.length);
    });
  });
});
