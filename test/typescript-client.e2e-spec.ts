import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  ApiError,
  segmentsClient,
  type CreateModelDto,
  type SegmentEventResource,
  type SegmentsClientOptions,
} from '../clients/typescript/client.js';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { churnV1, nobodysId, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { projectRoot, runAdmin, startService, type Service } from './support/service.js';
import { tokenOf } from './support/token.js';
import { useWorld } from './support/world.js';

const client = join(projectRoot, 'clients', 'typescript');
const scratch = mkdtempSync(join(tmpdir(), 'segments-typescript-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** To its end, while the connections of this process go on. */
const run = (command: string, ...args: string[]): Promise<{ status: unknown; output: string }> =>
  new Promise((resolve) =>
    execFile(command, args, { cwd: projectRoot }, (error, stdout, stderr) =>
      resolve({ status: error?.code ?? error?.signal ?? 0, output: stdout + stderr }),
    ),
  );
const tsc = (...args: string[]) => run(process.execPath, join(projectRoot, 'node_modules', 'typescript', 'bin', 'tsc'), ...args);
const done = { status: 0, output: '' };

// It says nothing about a database, and is the same on both.
(engine === 'sqlite' ? describe : describe.skip)('the TypeScript client', () => {
  const world = useWorld();
  const as = (email: string, options: Partial<SegmentsClientOptions> = {}) =>
    segmentsClient({ baseUrl: world.service.url, token: tokenOf(email), ...options });
  const create = (name: string, model_id = churnV1.id) =>
    as(wim.email).post('/v3/segments', { body: { model_id, name, definition: 'age > 30' } });
  const thrown = async (attempt: Promise<unknown>): Promise<unknown> =>
    attempt.then(
      () => 'It was not refused.',
      (error: unknown) => error,
    );

  test('its types are those of the document that the service publishes; `npm run generate:client` brings them up to date', async () => {
    const file = join(scratch, 'schema.d.ts');
    expect(await run(process.execPath, join(client, 'generate.mjs'), world.service.url, file)).toEqual(done);
    expect(readFileSync(join(client, 'schema.d.ts'), 'utf8') === readFileSync(file, 'utf8') ? 'the same' : 'out of date').toBe('the same');
  });

  describe('built', () => {
    beforeAll(async () => expect(await run('npm', 'run', '--silent', 'build:client')).toEqual(done), 120_000);

    describe('on the demo', () => {
      let database: TestDatabase;
      let demo: Service;
      beforeAll(async () => {
        database = await freshDatabase();
        expect(await runAdmin(database.url, ['seed-demo'])).toMatchObject({ code: 0 });
        demo = await startService({ databaseUrl: database.url });
      }, 60_000);
      afterAll(async () => {
        await demo?.stop();
        await database?.drop();
      });

      test('it makes the tour of the README', async () => {
        const token = (await runAdmin(database.url, ['token', 'demo@acme.test'])).stdout.trim();
        const tour = await run(process.execPath, join(client, 'dist', 'tour.js'), demo.url, token);
        expect({ ...tour, output: tour.output.split('\n') }).toEqual({
          status: 0,
          output: [
            'Find',
            "  1/2 Hawaii over 50: age > 50 and geography == 'Hawaii'",
            "  2/2 Mainland women: gender == 'Female' and geography != 'Hawaii'",
            'Create, wrongly',
            '  400 No column "agee" in this model. Did you mean age?',
            '    FQL_UNKNOWN_COLUMN | definition | 1:1 | Replace by age',
            '    FQL_TYPE_MISMATCH | definition | 1:25 | Replace by 10',
            'Ask first',
            '  FQL_W_ALWAYS_TRUE This is true for every row where age is known: age > 65 or age < 70 leaves no value out.',
            'Try it on rows',
            "  true: age > 50 is true, geography == 'Hawaii' is true",
            "  null: geography == 'Hawaii' is null",
            '  false: age > 50 is false',
            'Create, and sent twice',
            '  Islanders over 50 by demo@acme.test',
            '  409 A segment named "Islanders over 50" exists already in this model.',
            '    Conflict | name',
            'Asked again',
            '  200, then 304',
            'Delete, and what happened',
            '  segment.created Islanders over 50',
            '  segment.deleted Islanders over 50',
            '',
          ],
        });
      });
    });

    test('a project elsewhere imports the folder, and what is wrong does not compile there', async () => {
      const fine = `
        import { ApiError, segmentsClient, type SegmentResource } from 'segments-client';
        const c = segmentsClient({ baseUrl: 'http://127.0.0.1:1', token: 't' });
        const uuid = '', path = { path: { uuid } };
        export const fine = async () => {
          (await c.get('/v3/segments/{uuid}', { params: path })) satisfies SegmentResource;
          (await c.delete('/v3/segments/{uuid}', { params: path })) satisfies undefined;
          const file = '/v3/models/{model_id}/segments/export', model = { path: { model_id: '' } };
          (await c.get(file, { params: { ...model, query: { format: 'csv' } }, parseAs: 'text' })) satisfies string;
          const body = await c.get(file, { params: model });
          await c.post('/v3/models/{model_id}/segments/bulk', { params: { ...model, header: { 'Idempotency-Key': 'k' } }, body });
          for await (const { items } of c.pages('/v3/models')) items[0]?.version satisfies string | undefined;
          for await (const { items } of c.pages('/v3/segments/{uuid}/references', { params: path })) items[0]?.key satisfies string | undefined;
        };
        export const thrown: unknown = await c.get('/v3/segments').catch((error: unknown) => error);
        console.log(thrown instanceof TypeError, thrown instanceof ApiError);`;
      const wrong = [
        `(await c.get('/v3/segments/{uuid}', { params: path })).nope`,
        `await c.get('/v3/segments/{uuid}')`,
        `await c.get('/v3/segment')`,
        `await c.post('/v3/server-info')`,
        `await c.post('/v3/segments', { body: { model_id: '', name: '', definitoin: '' } })`,
        `await c.post('/v3/segments', { body: { model_id: '', name: '' } })`,
        `await c.get('/v3/segments', { params: { query: { limt: 1 } } })`,
        `await c.get('/v3/segments', { params: { query: { limit: '1' } } })`,
        `await c.get('/v3/segments', { parms: {} })`,
        `for await (const page of c.pages('/v3/server-info')) console.log(page)`,
        `c.follow({})`,
        `(await c.get('/v3/segments', {})) satisfies string`,
      ];
      mkdirSync(join(scratch, 'node_modules'));
      symlinkSync(client, join(scratch, 'node_modules', 'segments-client'));
      symlinkSync(join(projectRoot, 'node_modules', '@types'), join(scratch, 'node_modules', '@types'));
      writeFileSync(join(scratch, 'package.json'), '{"type":"module"}');
      const unwanted = wrong.map((line) => `  // @ts-expect-error\n  ${line};`).join('\n');
      writeFileSync(join(scratch, 'consumer.ts'), `${fine}\nexport const wrong = async () => {\n${unwanted}\n};\n`);
      const strict = ['--strict', '--skipLibCheck', '--noUncheckedIndexedAccess', '--types', 'node'];
      const options = ['--ignoreConfig', '--module', 'nodenext', '--target', 'es2022', ...strict];
      expect(await tsc(...options, join(scratch, 'consumer.ts'))).toEqual(done);
      expect(await run(process.execPath, join(scratch, 'consumer.js'))).toEqual({ status: 0, output: 'true false\n' });
    }, 120_000);
  });

  describe('what is refused is thrown as one kind of error', () => {
    test('with each problem and where it is', async () => {
      const body = { model_id: churnV1.id, name: 'x', definition: 'agee > 1' };
      const error = await thrown(as(wim.email).post('/v3/segments', { body }));
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({
        name: 'ApiError',
        status: 400,
        reason: 'FQL_UNKNOWN_COLUMN',
        message: 'No column "agee" in this model. Did you mean age?',
        requestId: expect.stringMatching(/\S/),
        retryAfter: undefined,
        errors: [
          {
            field: 'definition',
            position: { offset: 0, length: 4, line: 1, column: 1 },
            snippet: 'agee > 1\n^^^^',
            suggestions: [{ title: 'Replace by age', edits: [{ offset: 0, length: 4, text: 'age' }] }],
          },
        ],
      });
    });

    type Row = [what: string, attempt: () => Promise<unknown>, status: number, reason: string];
    test.each<Row>([
      ['no such segment', () => as(wim.email).get('/v3/segments/{uuid}', { params: { path: { uuid: nobodysId } } }), 404, 'ObjectNotFound'],
      ['no such token', () => as(wim.email, { token: 'x' }).get('/v3/segments'), 401, 'Unauthorized'],
      [
        'a page of a list',
        () =>
          as(wim.email)
            .pages('/v3/segments', { params: { query: { ordering: 'x' } } })
            .next(),
        400,
        'InvalidOrdering',
      ],
      ['a place in the feed that is none', () => as(wim.email).follow({ after: -1 }).next(), 400, 'InvalidFilter'],
    ])('%s', async (_, attempt, status, reason) => {
      const error = await thrown(attempt());
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ status, reason });
    });

    test.each<[string, Response, object]>([
      [
        'something in between',
        new Response('<h1>Bad Gateway</h1>', { status: 502, statusText: 'Bad Gateway' }),
        { status: 502, reason: 'HttpError', message: 'HTTP 502 Bad Gateway', errors: [{ help: '' }], requestId: undefined },
      ],
      [
        'nothing but a status and when to come again',
        new Response(null, { status: 503, headers: { 'retry-after': '7' } }),
        { status: 503, reason: 'HttpError', message: 'HTTP 503', retryAfter: 7 },
      ],
    ])('%s', async (_, answer, wanted) => {
      expect(await thrown(as(wim.email, { fetch: async () => answer }).get('/v3/segments'))).toMatchObject(wanted);
    });
  });

  describe('lists', () => {
    test('page after page, each item once', async () => {
      const { id: model_id } = await as(pia.email).post('/v3/models', { body: modelBody() as CreateModelDto });
      const path = '/v3/models/{model_id}/segments';
      const pagesOf = async (query: object) => {
        const found: string[][] = [];
        for await (const { items } of as(wim.email).pages(path, { params: { path: { model_id }, query } }))
          found.push(items.map(({ name }) => name));
        return found;
      };
      expect(await pagesOf({})).toEqual([]);
      for (const name of ['a', 'b', 'c', 'd', 'e']) await create(name, model_id);
      expect(await pagesOf({ limit: 2 })).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
      expect(await pagesOf({ limit: 2, offset: 2, ordering: '-name' })).toEqual([['c', 'b'], ['a']]);
      expect(await pagesOf({ filter: JSON.stringify({ field: 'name', operator: 'equal', value: 'd' }) })).toEqual([['d']]);
      expect(await pagesOf({ limit: 5 })).toEqual([['a', 'b', 'c', 'd', 'e']]);
    });
  });

  describe('following', () => {
    test('each event once, those from before and those that come while it waits', async () => {
      const after = await as(wim.email).lastSequence();
      const { id } = await create('before');
      const seen: SegmentEventResource[] = [];
      for await (const event of as(wim.email).follow({ after, every: 20 })) {
        seen.push(event);
        if (seen.length === 1) setTimeout(() => void as(wim.email).delete('/v3/segments/{uuid}', { params: { path: { uuid: id } } }), 100);
        if (event.type === 'segment.deleted') break;
      }
      expect(seen.map(({ type, segment }) => [type, segment.id])).toEqual([
        ['segment.created', id],
        ['segment.deleted', id],
      ]);
      expect(await as(wim.email).lastSequence()).toBe(seen[1]!.sequence);
    });

    test.each([
      ['before it begins', 0],
      ['while it waits', 300],
    ])('a signal ends it %s', async (_, delay) => {
      const after = await as(wim.email).lastSequence();
      const controller = new AbortController();
      if (delay === 0) controller.abort(new Error('enough'));
      else setTimeout(() => controller.abort(new Error('enough')), delay);
      const started = performance.now();
      expect(await thrown(as(wim.email).follow({ after, every: 60_000, signal: controller.signal }).next())).toEqual(new Error('enough'));
      expect(performance.now() - started).toBeLessThan(10_000);
    });
  });
});
