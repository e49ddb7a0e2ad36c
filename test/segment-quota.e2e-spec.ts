import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { apiAt, type Answer } from './support/api.js';
import { engine } from './support/database.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { acme, churn, pia, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { runAdmin, startService, type Service } from './support/service.js';
import { withStatements } from './support/statements.js';
import { useWorld } from './support/world.js';

/** A model has only so many segments, on whatever way they come. */
const QUOTA = 6;
const env = { SEGMENTS_PER_MODEL: String(QUOTA) };
const world = useWorld(env);
const scratch = mkdtempSync(join(tmpdir(), 'segments-quota-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const many = <T>(count: number, item: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => item(at));
const segment = (at: number) => ({ name: `segment ${at}`, definition: `age > ${at}` });
const writer = (api = world.api) => api.as(wim.email);
const create = (model: string, at: number, api = world.api) => writer(api).post('/v3/segments', { model_id: model, ...segment(at) });
const bulk = (model: string, segments: object[], more = {}) => writer().post(`/v3/models/${model}/segments/bulk`, { segments, ...more });
const namesIn = async (model: string): Promise<string[]> =>
  expectPaginated(await writer().get(`/v3/models/${model}/segments`)).map(({ name }) => name);

let models = 0;
/** An empty model, or one with so many segments. */
async function model(filled = 0): Promise<string> {
  const { id } = expectNormal(await world.api.as(pia.email).post('/v3/models', modelBody({ name: `quota_${++models}` })));
  if (filled > 0) expectNormal(await bulk(id, many(filled, segment)));
  return id;
}
const expectFull = (answer: Answer, field: string) =>
  expectError(answer, 409, 'QuotaExceeded', { field, says: `at most ${QUOTA} segments` });

describe('S47 segments of a model: at the limit, and one past it', () => {
  test('S47 create', async () => {
    const full = await model(QUOTA - 1);
    const last = expectNormal(await create(full, QUOTA - 1));
    const before = await world.database.content();
    expectFull(await create(full, QUOTA), 'model_id');
    expect(await world.database.content()).toEqual(before);
    // A create whose answer was lost finds what it made; another model has its own room; and so has one that is deleted from.
    expectError(await create(full, QUOTA - 1), 409, 'Conflict', { field: 'name', says: last.id });
    expectNormal(await create(await model(), 0));
    await writer().delete(`/v3/segments/${last.id}`);
    expectNormal(await create(full, QUOTA));
  });

  test('S47 create under an Idempotency-Key, which a refusal does not use up', async () => {
    const full = await model(QUOTA);
    const request = { json: { model_id: full, ...segment(QUOTA) }, headers: { 'idempotency-key': 'quota' } };
    expectFull(await writer().send('POST', '/v3/segments', request), 'model_id');
    const [first] = expectPaginated(await writer().get(`/v3/models/${full}/segments`));
    await writer().delete(`/v3/segments/${first.id}`);
    expectNormal(await writer().send('POST', '/v3/segments', request));
  });

  test('S47 bulk create: all or none, and each that has no room is told', async () => {
    const target = await model(2);
    const more = many(QUOTA, segment).slice(1);
    const expected = [4, 5].map((at) => ({ name: `segment ${at + 1}`, field: `segments[${at}]` }));
    const tooMany = many(QUOTA + 2, segment).slice(2);
    const errors = expectFull(await bulk(target, tooMany), 'segments[4]');
    expect(errors.map(({ field }: any) => field)).toEqual(expected.map(({ field }) => field));
    const { created, failed } = expectNormal(await bulk(target, tooMany, { dry_run: true }));
    expect([created.length, failed.map(({ name, errors }: any) => [name, errors[0].reason, errors[0].field])]).toEqual([
      4,
      [
        ['segment 6', 'QuotaExceeded', 'segments[4]'],
        ['segment 7', 'QuotaExceeded', 'segments[5]'],
      ],
    ]);
    expect(await namesIn(target)).toEqual(['segment 0', 'segment 1']);
    // What is there already takes no room.
    expect(expectNormal(await bulk(target, more, { on_conflict: 'skip' }))).toMatchObject({
      created: { length: 4 },
      skipped: { length: 1 },
    });
    expect(await namesIn(target)).toHaveLength(QUOTA);
  });

  test('S47 a mistake beside it is still a mistake: 400', async () => {
    const full = await model(QUOTA);
    expectError(await bulk(full, [segment(7), { name: 'wrong', definition: 'age >' }]), 400, 'QuotaExceeded', { field: 'segments[0]' });
  });

  test('S47 copy', async () => {
    const [source, target] = [await model(QUOTA), await model()];
    const copy = () => writer().post(`/v3/models/${target}/segments/copy`, { source_model_id: source });
    expectNormal(await bulk(target, [{ name: 'in the way', definition: 'age > 1' }]));
    expectFull(await copy(), 'source_model_id');
    expect(await namesIn(target)).toEqual(['in the way']);
    const [{ id }] = expectPaginated(await writer().get(`/v3/models/${target}/segments`)) as [{ id: string }];
    await writer().delete(`/v3/segments/${id}`);
    expect(expectNormal(await copy()).created).toHaveLength(QUOTA);
  });

  test('S47 import', async () => {
    const target = await model();
    const path = join(scratch, 'many.json');
    writeFileSync(path, JSON.stringify(many(QUOTA + 1, segment)));
    const args = ['import-segments', '--model', target, '--as', wim.email, path, '--write', '--json'];
    const refused = await runAdmin(world.database.url, args, env);
    const { written, summary, rows } = JSON.parse(refused.stdout);
    expect([refused.code, written, summary]).toEqual([1, false, { create: QUOTA, unchanged: 0, refused: 1 }]);
    expect(rows.at(-1)).toMatchObject({
      row: QUOTA + 1,
      problems: [{ code: 'QuotaExceeded', message: expect.stringContaining(`at most ${QUOTA}`) }],
    });
    expect(await namesIn(target)).toEqual([]);
    expect((await runAdmin(world.database.url, [...args, '--skip-invalid'], env)).code).toBe(0);
    expect(await namesIn(target)).toHaveLength(QUOTA);
  });

  test('S47 a fixture is not bound by it, as the operator says there what is to be', async () => {
    const path = join(scratch, 'fixture.json');
    const columns = [{ name: 'age', data_type: 'int' }];
    const project = { id: churn.id, name: churn.name, models: [{ name: 'applied', columns, segments: many(QUOTA + 1, segment) }] };
    writeFileSync(path, JSON.stringify({ organizations: [{ id: acme.id, name: acme.name, projects: [project] }] }));
    const { code, stderr } = await runAdmin(world.database.url, ['apply', path], env);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const filter = { rules: [{ field: 'name', operator: 'equal', value: 'applied' }] };
    const [{ id }] = expectPaginated(await writer().get('/v3/models', { filter })) as [{ id: string }];
    expectFull(await create(id, QUOTA + 1), 'model_id');
  });
});

describe('S54 a user who creates without end', () => {
  const CALLS = 40;
  let second: Service;
  beforeAll(async () => {
    second = await startService({ databaseUrl: world.database.url, env });
  }, 60_000);
  afterAll(() => second?.stop());

  test('S54 is stopped by the quota, exactly, by one process', async () => {
    const target = await model();
    const answers = await Promise.all(many(CALLS, (at) => create(target, at)));
    const refused = answers.filter(({ status }) => status !== 200);
    for (const answer of refused) expectFull(answer, 'model_id');
    expect(answers.length - refused.length).toBe(QUOTA);
    expect(await namesIn(target)).toHaveLength(QUOTA);
  });

  test('S54 of two processes each may fill the last place, and no more', async () => {
    const target = await model(QUOTA - 2);
    const nodes = [world.api, apiAt(second.url)];
    const answers = await Promise.all(many(CALLS, (at) => create(target, 100 + at, nodes[at % 2])));
    const refused = answers.filter(({ status }) => status !== 200);
    for (const answer of refused) expectFull(answer, 'model_id');
    const names = await namesIn(target);
    expect(names).toHaveLength(QUOTA - 2 + answers.length - refused.length);
    expect([QUOTA, ...(engine === 'mysql' ? [QUOTA + 1] : [])]).toContain(names.length);
  });
});

test('S47 costs a create one narrow read', async () => {
  await withStatements(world.database.url, {}, async ({ api, statementsOf }) => {
    const target = await model();
    const statements = new Set(await statementsOf(async () => expectNormal(await create(target, 0, api))));
    const counting = [...statements].filter((sql) => /\bsegment_count\b/.test(sql));
    expect(counting.map((sql) => sql.split(' ', 2).join(' '))).toEqual(['INSERT INTO', 'SELECT 1']);
  });
});
