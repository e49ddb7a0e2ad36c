import { expect, test } from '@jest/globals';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { ada, churn, churnV2, nobodysId, pia, wim } from './support/fixtures.js';
import { runAdmin } from './support/service.js';
import { modelBody } from './support/model-body.js';
import { untilEachHasWon } from './support/take-turns.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const writer = () => world.api.as(wim.email);

const create = (name: string, model = churnV2.id) => writer().post('/v3/segments', { model_id: model, name, definition: 'age > 1' });
const total = async (): Promise<number> => {
  const answer = await writer().get('/v3/segments', { limit: 1 });
  expectPaginated(answer);
  return answer.body.data.total;
};

/** What is kept beside the segments must be what they say: the totals by model, and a text for each. */
async function expectExact(): Promise<number> {
  const counted = await world.database.query('SELECT model_id, COUNT(*) AS n FROM segment GROUP BY model_id ORDER BY model_id');
  const kept = await world.database.query(
    'SELECT model_id, SUM(total) AS n FROM segment_count GROUP BY model_id HAVING SUM(total) <> 0 ORDER BY model_id',
  );
  const plain = (rows: readonly Record<string, unknown>[]) => rows.map(({ model_id, n }) => [model_id, Number(n)]);
  expect(plain(kept)).toEqual(plain(counted));
  const [apart] = await world.database.query(
    'SELECT COUNT(*) AS n FROM segment s LEFT JOIN segment_text t ON t.id = s.id AND t.organization_id = s.organization_id WHERE t.id IS NULL',
  );
  const [texts] = await world.database.query('SELECT COUNT(*) AS n FROM segment_text');
  const all = counted.reduce((sum, { n }) => sum + Number(n), 0);
  expect({ without: Number(apart!['n']), texts: Number(texts!['n']) }).toEqual({ without: 0, texts: all });
  return all;
}

test('what the fixture brought is counted', async () => {
  await expectExact();
});

test('creates at one moment, of one name and of many: each counted once', async () => {
  const before = await total();
  const answers = await Promise.all([
    ...Array.from({ length: 12 }, (_, n) => create(`many ${n}`)),
    ...Array.from({ length: 6 }, () => create('one name')),
  ]);
  expect(answers.filter(({ status }) => status === 200).length).toBe(13);
  expect(answers.filter(({ status }) => status === 409).length).toBe(5);
  expect(await total()).toBe(before + 13);
  await expectExact();
});

test('refused creates leave no trace', async () => {
  const before = await total();
  expectError(await create('many 0'), 409, 'Conflict');
  expectError(await create('nowhere', nobodysId), 404, 'ObjectNotFound');
  expectError(
    await writer().post('/v3/segments', { model_id: churnV2.id, name: 'wrong', definition: 'no_such_column > 1' }),
    400,
    'FQL_UNKNOWN_COLUMN',
  );
  expect(await total()).toBe(before);
  await expectExact();
});

test('a delete is counted once, however often it is asked for at one moment', async () => {
  const { id } = expectNormal(await create('short-lived')) as { id: string };
  const before = await total();
  const answers = await Promise.all(Array.from({ length: 6 }, () => writer().delete(`/v3/segments/${id}`)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404, 404]);
  expect(await total()).toBe(before - 1);
  await expectExact();
});

test('a model takes its count with it, also while segments are being made in it', async () => {
  const manager = world.api.as(pia.email);
  await untilEachHasWon(async (turns) => {
    const { id } = expectNormal(await manager.post('/v3/models', modelBody()));
    const makeAll = () => Promise.all(Array.from({ length: 6 }, (_, n) => create(`late ${n}`, id)));
    const [made, gone] = await Promise.all([turns[0]().then(makeAll), turns[1]().then(() => manager.delete(`/v3/models/${id}`))]);
    expect([gone.status, made.filter(({ status }) => ![200, 404].includes(status))]).toEqual([202, []]);
    expectError(await writer().get(`/v3/models/${id}/segments`), 404, 'ObjectNotFound');
    await expectExact();
    return made.every(({ status }) => status === 404) ? 1 : 0;
  });
});

test('a project takes the counts of its models with it', async () => {
  expectNormal(await world.api.as(pia.email).get(`/v3/projects/${churn.id}`));
  const answer = await world.api.as(ada.email).delete(`/v3/projects/${churn.id}`);
  expect(answer.status).toBe(200);
  await expectExact();
});

test('a migrated database counts what was there', async () => {
  await world.database.query('UPDATE segment_count SET total = total + 5');
  await world.database.query("DELETE FROM migration WHERE name = 'CountSegments1764000000010'");
  const { code, stderr } = await runAdmin(world.database.url, ['migrate']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  await expectExact();
});
