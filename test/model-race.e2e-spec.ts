import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { apiAt, type Answer, type Api } from './support/api.js';
import { expectError, expectNormal } from './support/envelope.js';
import { wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { projectRoot, runAdminProcess, startService, type Service } from './support/service.js';
import { useWorld } from './support/world.js';

/**
 * A change of a model's columns and a segment that reads them, of two processes: one of them has checked what it is about to write, and
 * stands still before it writes, while the other one does all of its work.
 */
const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-race-'));
const gate = join(scratch, 'gate');
const reached = `${gate}.reached`;
const preload = pathToFileURL(join(projectRoot, 'test', 'support', 'pause-at-transaction.mjs'));
preload.searchParams.set('gate', gate);
const paused = { NODE_OPTIONS: `--import=${preload.href}` };
let second: Service;
let slow: Api;
beforeAll(async () => {
  second = await startService({ databaseUrl: world.database.url, env: paused });
  slow = apiAt(second.url);
}, 60_000);
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true });
  await second?.stop();
});

const column = (name: string, data_type = 'int') => ({ name, data_type });
const columns = [column('age'), column('tenure'), column('spare')];
let model: string;
beforeEach(async () => {
  const body = modelBody({ schema: { columns }, spec: {} });
  model = expectNormal(await world.api.as(wim.email).post('/v3/models', body)).id;
});

/** What the first one comes to when the second one has begun and ended between its check and its writing. */
async function meet<T>(first: () => Promise<T>, between: () => Promise<unknown>): Promise<T> {
  writeFileSync(gate, '');
  try {
    const outcome = first();
    for (const until = Date.now() + 20_000; !existsSync(reached) && Date.now() < until;) await sleep(10);
    expect(existsSync(reached)).toBe(true);
    await between();
    rmSync(gate);
    return await outcome;
  } finally {
    rmSync(gate, { force: true });
    rmSync(reached, { force: true });
  }
}

const create = (api: Api, definition: string, headers = {}) =>
  api.as(wim.email).send('POST', '/v3/segments', { json: { model_id: model, name: definition, definition }, headers });
const bulk = (api: Api, definition: string) =>
  api.as(wim.email).post(`/v3/models/${model}/segments/bulk`, { segments: [{ name: definition, definition }] });
const patch = (api: Api, changes: object) => api.as(wim.email).send('PATCH', `/v3/models/${model}`, { json: changes });
const drop = (...names: string[]) => ({ schema: { columns: columns.filter(({ name }) => !names.includes(name)) } });
const retype = (name: string, type: string) => ({
  schema: { columns: columns.map((one) => (one.name === name ? column(name, type) : one)) },
});
/** Definitions of the model's segments that its columns, as they are, do not allow. */
async function broken(): Promise<string[]> {
  const asWim = world.api.as(wim.email);
  const { schema } = expectNormal(await asWim.get(`/v3/models/${model}`));
  const bare = schema.columns.map(({ name, data_type }: any) => ({ name, data_type }));
  const { broken: found } = expectNormal(await asWim.post(`/v3/models/${model}/segments/recheck`, { columns: bare }));
  return found.map(({ definition }: { definition: string }) => definition);
}

describe('a segment is checked, and before it is written its model changes', () => {
  type Row = [what: string, first: (definition: string) => Promise<Answer>, changes: object, status: number, reason: string | undefined];
  test.each<Row>([
    ['create, its column dropped', (one) => create(slow, one), drop('age'), 400, 'FQL_UNKNOWN_COLUMN'],
    ['create, its column of another type', (one) => create(slow, one), retype('age', 'str'), 400, 'FQL_TYPE_MISMATCH'],
    ['keyed create', (one) => create(slow, one, { 'idempotency-key': `race ${model}` }), drop('age'), 400, 'FQL_UNKNOWN_COLUMN'],
    ['bulk create', (one) => bulk(slow, one), drop('age'), 400, 'FQL_UNKNOWN_COLUMN'],
    ['create, another column dropped', (one) => create(slow, one), drop('spare'), 200, undefined],
    ['create, a description changed', (one) => create(slow, one), { description: 'new' }, 200, undefined],
    ['bulk create, a column more', (one) => bulk(slow, one), { schema: { columns: [...columns, column('more')] } }, 200, undefined],
  ])('%s', async (_, first, changes, status, reason) => {
    const answer = await meet(
      () => first('age > 3'),
      async () => expectNormal(await patch(world.api, changes)),
    );
    expect(await broken()).toEqual([]);
    if (reason === undefined) expectNormal(answer);
    else expectError(answer, status, reason);
    const rows = await world.database.query('SELECT id FROM segment WHERE model_id = ?', [model]);
    expect(rows).toHaveLength(status === 200 ? 1 : 0);
  });

  test('import', async () => {
    const path = join(scratch, 'segments.json');
    writeFileSync(path, JSON.stringify([{ name: 'x', definition: 'age > 3' }]));
    const { code, stderr } = await meet(
      () => runAdminProcess(world.database.url, ['import-segments', '--model', model, '--as', wim.email, path, '--write'], paused),
      async () => expectNormal(await patch(world.api, drop('age'))),
    );
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringMatching(/^Somebody changed the model in the meantime/) });
    expect(await broken()).toEqual([]);
  });
});

describe('segments are checked, and before their model changes there is one more', () => {
  type Row = [what: string, changes: object, definition: string, status: number, says: string];
  test.each<Row>([
    ['of a dropped column', drop('age', 'spare'), 'age > 3', 409, 'The segment "age > 3" would break: No column "age"'],
    ['of a column of another type', retype('age', 'str'), 'age > 3', 409, 'The segment "age > 3" would break: '],
    ['of a column of another type that it takes', retype('age', 'float'), 'age > 3', 200, ''],
    ['of other columns', drop('age'), 'tenure > 3', 200, ''],
  ])('%s', async (_, changes, definition, status, says) => {
    // Two pages of those that are there, and a name before, between or behind them.
    const many = Array.from({ length: 501 }, (__, at) => ({ name: `s${at}`, definition: 'tenure > 1' }));
    for (const segments of [many.slice(0, 500), many.slice(500)])
      expectNormal(await world.api.as(wim.email).post(`/v3/models/${model}/segments/bulk`, { segments }));
    const answer = await meet(
      () => patch(slow, changes),
      async () => expectNormal(await create(world.api, definition)),
    );
    expect(await broken()).toEqual([]);
    if (status === 200) expectNormal(answer);
    else expectError(answer, status, 'Conflict', { says });
  });
});
