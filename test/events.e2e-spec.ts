import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createConnection } from 'mysql2/promise';
import { apiAt, type Api } from './support/api.js';
import { engine } from './support/database.js';
import { expectError, expectNormal, expectPaginated } from './support/envelope.js';
import { acme, ada, applyFixture, bo, churn, churnV1, fraud, gus, nobodysId, out, pia, vic, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { runAdmin, startService, type Service } from './support/service.js';
import { withStatements } from './support/statements.js';
import { untilEachHasWon } from './support/take-turns.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-events-'));
let second: Service;
beforeAll(async () => {
  second = await startService({ databaseUrl: world.database.url });
}, 60_000);
afterAll(async () => {
  rmSync(scratch, { recursive: true, force: true });
  await second?.stop();
});

interface Event {
  readonly id: string;
  readonly sequence: number;
  readonly type: string;
  readonly occurred_at: string;
  readonly segment: { readonly id: string; readonly name: string };
  readonly model: { readonly id: string };
  readonly project: { readonly id: string };
  readonly actor: { readonly id: string };
}

const after = (sequence: number) => ({ field: 'sequence', operator: 'greater', value: sequence });
const last = async (api = world.api, as = pia.email): Promise<number> =>
  (expectPaginated(await api.as(as).get('/v3/segments/events', { ordering: '-sequence', limit: 1 }))[0] as Event | undefined)?.sequence ??
  0;

/** What a follower gets from there on, page by page. */
async function follow(from: number, { api = world.api, as = pia.email, limit = 50 } = {}): Promise<Event[]> {
  const seen: Event[] = [];
  for (;;) {
    const page = expectPaginated(
      await api.as(as).get('/v3/segments/events', { filter: after(seen.at(-1)?.sequence ?? from), limit }),
    ) as Event[];
    seen.push(...page);
    if (page.length < limit) return seen;
  }
}
/** What the feed gains while something is done, as `type name`. */
async function gained(work: () => Promise<unknown>, as = pia.email): Promise<string[]> {
  const from = await last();
  await work();
  return (await follow(from, { as })).map(({ type, segment }) => `${type} ${segment.name}`);
}
const create = (name: string, model_id = churnV1.id, api = world.api) =>
  api.as(wim.email).post('/v3/segments', { model_id, name, definition: 'age > 1' });
const newModel = async (name: string, project_id = churn.id): Promise<{ id: string }> =>
  expectNormal(await world.api.as(pia.email).post('/v3/models', modelBody({ project_id, name })));

describe('each way of changing segments leaves one event for each segment', () => {
  test('admin apply; again: none', async () => {
    const created = expectPaginated(await world.api.as(pia.email).get('/v3/segments', { ordering: 'created_at' }));
    const events = await follow(0);
    expect(created.length).toBeGreaterThan(1);
    expect(new Set(events.map(({ id }) => id)).size).toBe(created.length);
    expect(events).toEqual(
      created.map(({ id, name, created_at, created_by, model, project }, at) => ({
        id: events[at]!.id,
        sequence: at + 1,
        type: 'segment.created',
        occurred_at: created_at,
        segment: { id, name },
        model: { id: model.id },
        project: { id: project.id },
        actor: created_by,
      })),
    );
    expect(await gained(() => applyFixture(world.database.url))).toEqual([]);
  });

  test('create and delete', async () => {
    const from = await last();
    const { id } = expectNormal(await create('come and gone'));
    expect((await world.api.as(pia.email).delete(`/v3/segments/${id}`)).status).toBe(200);
    const events = await follow(from);
    expect(events).toMatchObject([
      { type: 'segment.created', segment: { id, name: 'come and gone' }, actor: { id: wim.id, email: wim.email } },
      { type: 'segment.deleted', segment: { id, name: 'come and gone' }, actor: { id: pia.id, full_name: pia.full_name } },
    ]);
    expect(events[0]!.sequence).toBeLessThan(events[1]!.sequence);
  });

  test('import-segments', async () => {
    const path = join(scratch, 'rows.json');
    writeFileSync(path, JSON.stringify(['i1', 'i2', 'i3'].map((name) => ({ name, definition: 'age > 1' }))));
    const command = ['import-segments', '--model', 'churn/churn_model/v1', '--as', wim.email, path, '--write'];
    const events = await gained(async () => expect(await runAdmin(world.database.url, command)).toMatchObject({ code: 0 }));
    expect(events.toSorted()).toEqual(['segment.created i1', 'segment.created i2', 'segment.created i3']);
    expect(await gained(() => runAdmin(world.database.url, command))).toEqual([]);
  });

  test('a delete that is asked for at one moment eight times', async () => {
    const { id } = expectNormal(await create('once'));
    const events = await gained(async () => {
      const nodes = [world.api, apiAt(second.url)];
      const answers = await Promise.all(Array.from({ length: 8 }, (_, n) => nodes[n % 2]!.as(wim.email).delete(`/v3/segments/${id}`)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    });
    expect(events).toEqual(['segment.deleted once']);
  });

  test.each<[string, () => Promise<unknown>]>([
    ['a taken name', async () => expectError(await create('i1'), 409, 'Conflict')],
    ['no such model', async () => expectError(await create('x', nobodysId), 404, 'ObjectNotFound')],
    [
      'a wrong definition',
      async () =>
        expectError(
          await world.api.as(wim.email).post('/v3/segments', { model_id: churnV1.id, name: 'x', definition: 'agee > 1' }),
          400,
          'FQL_UNKNOWN_COLUMN',
        ),
    ],
    [
      'a role that may not',
      async () =>
        expectError(
          await world.api.as(vic.email).post('/v3/segments', { model_id: churnV1.id, name: 'x', definition: 'age > 1' }),
          403,
          'Forbidden',
        ),
    ],
    [
      'a segment that is not there',
      async () => expectError(await world.api.as(wim.email).delete(`/v3/segments/${nobodysId}`), 404, 'ObjectNotFound'),
    ],
    [
      'a model that is not there',
      async () => expectError(await world.api.as(wim.email).delete(`/v3/models/${nobodysId}`), 404, 'ObjectNotFound'),
    ],
    [
      'a project that is not there',
      async () => expectError(await world.api.as(ada.email).delete(`/v3/projects/${nobodysId}`), 404, 'ObjectNotFound'),
    ],
  ])('refused, none: %s', async (_, attempt) => expect(await gained(attempt)).toEqual([]));

  test('a model that is deleted while segments are made in it: each that was made is gone', async () => {
    const nodes = [world.api, apiAt(second.url)];
    await untilEachHasWon(async (turns) => {
      const from = await last();
      const { id } = expectNormal(await world.api.as(pia.email).post('/v3/models', modelBody()));
      const makeAll = () => Promise.all(Array.from({ length: 6 }, (_, n) => create(`late ${n}`, id, nodes[n % 2]!)));
      const [answers, gone] = await Promise.all([
        turns[0]().then(makeAll),
        turns[1]().then(() => world.api.as(pia.email).delete(`/v3/models/${id}`)),
      ]);
      expect(gone.status).toBe(202);
      const events = await follow(from);
      const names = (type: string) => events.filter((event) => event.type === type).map(({ segment }) => segment.id);
      expect(names('segment.deleted').toSorted()).toEqual(names('segment.created').toSorted());
      expect(new Set(names('segment.created')).size).toBe(names('segment.created').length);
      for (const { segment } of events) {
        const [created, deleted] = events.filter((event) => event.segment.id === segment.id);
        expect([created!.type, deleted!.type]).toEqual(['segment.created', 'segment.deleted']);
      }
      const succeeded = answers.filter(({ status }) => status === 200).map((answer) => expectNormal(answer).id as string);
      expect(names('segment.created')).toEqual(expect.arrayContaining(succeeded));
      expect(await gained(() => world.api.as(pia.email).delete(`/v3/models/${id}`))).toEqual([]);
      return succeeded.length === 0 ? 1 : 0;
    });
  });
});

describe('who sees what', () => {
  test.each<[string, string, string[]]>([
    ['roles in both projects', pia.email, [churn.id, fraud.id]],
    ['one project', vic.email, [churn.id]],
    ['no project', out.email, []],
    ['Org Admin by that role alone', ada.email, []],
  ])('%s', async (_, email, projects) => {
    const answer = await world.api.as(email).get('/v3/segments/events', { limit: 1_000 });
    const events = expectPaginated(answer) as Event[];
    expect(new Set(events.map(({ project }) => project.id))).toEqual(new Set(projects));
    expect(answer.body.data.total).toBe(events.length);
  });

  test('another organization sees its own, numbered by itself', async () => {
    const events = await follow(0, { as: gus.email });
    expect(events.map(({ sequence, type }) => ({ sequence, type }))).toEqual([{ sequence: 1, type: 'segment.created' }]);
    expect(await follow(0, { as: bo.email })).toEqual([]);
  });
});

describe('the grammar of lists', () => {
  const get = (query: object) => world.api.as(pia.email).get('/v3/segments/events', query as Record<string, never>);

  test('oldest first unless said otherwise', async () => {
    const up = (expectPaginated(await get({ limit: 1_000 })) as Event[]).map(({ sequence }) => sequence);
    const down = (expectPaginated(await get({ limit: 1_000, ordering: '-sequence' })) as Event[]).map(({ sequence }) => sequence);
    expect(up).toEqual(up.toSorted((a, b) => a - b));
    expect(new Set(up).size).toBe(up.length);
    expect(down).toEqual(up.toReversed());
  });

  test.each<[string, object, (event: Event) => boolean]>([
    ['a number in a set', { field: 'sequence', operator: 'in', value: [1, 3] }, ({ sequence }) => [1, 3].includes(sequence)],
    ['a number not between', { field: 'sequence', operator: 'not_between', value: [2, 9] }, ({ sequence }) => sequence < 2 || sequence > 9],
    ['a number that is far away', { field: 'sequence', operator: 'less', value: 9_007_199_254_740_991 }, () => true],
    ['a type', { field: 'type', operator: 'equal', value: 'segment.deleted' }, ({ type }) => type === 'segment.deleted'],
    ['a name', { field: 'segment.name', operator: 'begins_with', value: 'COME' }, ({ segment }) => segment.name.startsWith('come')],
    ['a model', { field: 'model_id', operator: 'equal', value: churnV1.id }, ({ model }) => model.id === churnV1.id],
    ['an actor', { field: 'actor__email', operator: 'equal', value: wim.email }, ({ actor }) => actor.id === wim.id],
  ])('filter: %s', async (_, filter, holds) => {
    const all = expectPaginated(await get({ limit: 1_000 })) as Event[];
    const wanted = all.filter(holds);
    expect(wanted.length).toBeGreaterThan(0);
    expect(expectPaginated(await get({ limit: 1_000, filter }))).toEqual(wanted);
  });

  test.each<[string, unknown, RegExp]>([
    ['a text', '42', /must be a whole number from 0, not a string/],
    ['below 0', -1, /must be a whole number from 0, not -1/],
    ['a fraction', 1.5, /must be a whole number from 0, not 1\.5/],
    ['too large to be exact', 9_007_199_254_740_992, /must be a whole number from 0/],
    ['null', null, /must be a whole number from 0, not null/],
  ])('a sequence that is %s is refused', async (_, value, says) =>
    expectError(await get({ filter: { field: 'sequence', operator: 'greater', value } }), 400, 'InvalidFilter', {
      field: 'filter.value',
      says,
    }),
  );

  test('what is no parameter is refused', async () => expectError(await get({ after: '1' }), 400, 'BadRequest', { field: 'after' }));
});

describe('following', () => {
  /** Polls until it is told to end, on both processes in turn, and once more after that. */
  async function poll(nodes: readonly Api[], from: number, over: () => boolean): Promise<Event[]> {
    const seen: Event[] = [];
    for (let round = 0; ; round++) {
      const isLast = over();
      seen.push(...(await follow(seen.at(-1)?.sequence ?? from, { api: nodes[round % nodes.length]!, limit: 7 })));
      if (isLast) return seen;
    }
  }

  test('200 creates and some deletes by 8 connections on two processes: two followers miss none and see none twice', async () => {
    const nodes = [world.api, apiAt(second.url)];
    const { id: model } = await newModel('busy');
    const from = await last();
    const made: string[] = [];
    const deleted: string[] = [];
    let over = false;
    const followers = [poll(nodes, from, () => over), poll(nodes.toReversed(), from, () => over)];
    const worker = async (at: number) => {
      for (let n = 0; n < 25; n++) {
        const { id } = expectNormal(await create(`busy ${at} ${n}`, model, nodes[at % 2]!));
        made.push(id);
        if (n % 5 > 0) continue;
        expect((await nodes[(at + 1) % 2]!.as(wim.email).delete(`/v3/segments/${id}`)).status).toBe(200);
        deleted.push(id);
      }
    };
    await Promise.all(Array.from({ length: 8 }, (_, at) => worker(at)));
    over = true;
    const [one, other] = await Promise.all(followers);
    const ids = (type: string) => one!.filter((event) => event.type === type).map(({ segment }) => segment.id);
    expect(ids('segment.created').toSorted()).toEqual(made.toSorted());
    expect(ids('segment.deleted').toSorted()).toEqual(deleted.toSorted());
    for (const id of deleted)
      expect(one!.filter(({ segment }) => segment.id === id).map(({ type }) => type)).toEqual(['segment.created', 'segment.deleted']);
    expect(other).toEqual(one);
    const rows = await world.database.query('SELECT sequence FROM segment_event WHERE organization_id = ? ORDER BY sequence', [acme.id]);
    expect(rows.map(({ sequence }) => Number(sequence))).toEqual(rows.map((_, n) => n + 1));
  }, 60_000);

  // SQLite lets one write at a time.
  (engine === 'mysql' ? test : test.skip)('a change that commits late appears late, behind what has been seen', async () => {
    const from = await last();
    const slow = await createConnection({ uri: world.database.url, timezone: 'Z' });
    try {
      await slow.query('START TRANSACTION');
      const late = { segment: '0190a6b2-7c1e-7000-8000-0000000000ef', event: '0190a6b2-7c1e-7000-8000-0000000000ee' };
      await slow.query(
        `INSERT INTO segment_event VALUES (?, ?, 0, 'segment.created', '2025-01-01 00:00:00.000', ?, ?, 'slow', 'slow', ?, ?)`,
        [late.event, acme.id, wim.id, late.segment, churnV1.id, churn.id],
      );
      const quick = Array.from({ length: 20 }, (_, n) => `quick ${n}`);
      for (const name of quick) expectNormal(await create(name));
      const first = await follow(from);
      expect(first.map(({ segment }) => segment.name)).toEqual(quick);
      await slow.query('COMMIT');
      const then = await follow(first.at(-1)!.sequence);
      expect(then.map(({ segment }) => segment.name)).toEqual(['slow']);
      expect(then[0]!.sequence).toBeGreaterThan(first.at(-1)!.sequence);
    } finally {
      await slow.end();
    }
  });

  test('what nobody has asked for in a long time is numbered bit by bit, none left out', async () => {
    const from = await last();
    const path = join(scratch, 'many.json');
    const names = Array.from({ length: 1_201 }, (_, n) => `many ${n}`);
    writeFileSync(path, JSON.stringify(names.map((name) => ({ name, definition: 'age > 1' }))));
    const command = ['import-segments', '--model', 'churn/busy/v1', '--as', wim.email, path, '--write'];
    expect(await runAdmin(world.database.url, command)).toMatchObject({ code: 0 });
    const events = await follow(from, { limit: 1_000 });
    expect(events.map(({ segment }) => segment.name).toSorted()).toEqual(names.toSorted());
  }, 30_000);
});

test('a create writes its event by one statement more', async () => {
  await withStatements(world.database.url, {}, async ({ api, statementsOf }) => {
    const statements = await statementsOf(async () => expectNormal(await create('counted', churnV1.id, api)));
    const written = statements.flatMap((sql) => /^INSERT INTO [`"]?(\w+)/.exec(sql)?.[1] ?? []);
    expect(written).toEqual(['segment', 'segment_column', 'segment_text', 'segment_event', 'segment_count']);
  });
});

test('what is older than EVENTS_KEEP_DAYS goes when a service starts', async () => {
  const count = async () => (await world.database.query('SELECT id FROM segment_event ORDER BY id')).length;
  const old = await world.database.query('SELECT id FROM segment_event WHERE sequence BETWEEN 1 AND 2');
  const days = (n: number) => new Date(Date.now() - n * 86_400_000).toISOString().replace('T', ' ').replace('Z', '');
  await world.database.query('UPDATE segment_event SET occurred_at = ? WHERE sequence = 1', [days(8)]);
  await world.database.query('UPDATE segment_event SET occurred_at = ? WHERE sequence = 2', [days(6)]);
  const before = await count();
  const tidy = await startService({ databaseUrl: world.database.url, env: { EVENTS_KEEP_DAYS: '7' } });
  try {
    const [first] = await world.database.query('SELECT COUNT(*) AS n FROM segment_event WHERE sequence = 1');
    expect(old.length).toBeGreaterThan(1);
    for (let tries = 0; tries < 50 && (await count()) === before; tries++) await sleep(100);
    const left = await world.database.query('SELECT sequence FROM segment_event WHERE sequence BETWEEN 1 AND 2 ORDER BY sequence');
    expect(new Set(left.map(({ sequence }) => Number(sequence)))).toEqual(new Set([2]));
    expect(before - (await count())).toBeGreaterThanOrEqual(Number(first!['n']));
  } finally {
    await tidy.stop();
  }
}, 30_000);

describe('a project that is deleted', () => {
  let from: number;
  let there: string[];
  test('those who could read it learn of each of its segments, whoever deleted it', async () => {
    from = await last();
    there = expectPaginated(await world.api.as(wim.email).get('/v3/segments', { limit: 1_000, offset: 0 })).map(({ id }) => id);
    const total = (await world.api.as(wim.email).get('/v3/segments', { limit: 1 })).body.data.total;
    expect((await world.api.as(ada.email).delete(`/v3/projects/${churn.id}`)).status).toBe(200);
    for (const { email } of [wim, vic, pia]) {
      const events = await follow(from, { as: email, limit: 1_000 });
      expect(events).toHaveLength(total);
      expect(new Set(events.map(({ type }) => type))).toEqual(new Set(['segment.deleted']));
      expect(new Set(events.map(({ actor }) => actor.id))).toEqual(new Set([ada.id]));
      const gone = new Set(events.map(({ segment }) => segment.id));
      expect([gone.size, there.filter((id) => !gone.has(id))]).toEqual([total, []]);
    }
    expect(await follow(0, { as: ada.email })).toEqual([]);
    expect(await follow(0, { as: out.email })).toEqual([]);
  }, 30_000);

  test('what is brought back under its id is for its new members alone', async () => {
    const end = await last();
    await applyFixture(world.database.url);
    await world.database.query('DELETE FROM project_member WHERE project_id = ? AND user_id = ?', [churn.id, vic.id]);
    // Another process than those that knew the old roles.
    const fresh = await startService({ databaseUrl: world.database.url });
    try {
      const api = apiAt(fresh.url);
      expect((await follow(end, { api, as: wim.email })).map(({ type }) => type)).toEqual(
        Array(churn.models.flatMap(({ segments }) => segments).length).fill('segment.created'),
      );
      expect(await follow(end, { api, as: vic.email })).toEqual([]);
      expect((await follow(from, { api, as: vic.email, limit: 1_000 })).length).toBeGreaterThan(1);
    } finally {
      await fresh.stop();
    }
  }, 30_000);
});
