import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { apiAt, type Caller } from './support/api.js';
import { expectNormal, expectPaginated } from './support/envelope.js';
import { churnV1, wim } from './support/fixtures.js';
import { modelBody } from './support/model-body.js';
import { projectRoot, startService, type Service } from './support/service.js';
import { claimsOf, now, sign } from './support/token.js';
import { useWorld } from './support/world.js';

/** Two processes on one database, one of which is five minutes ahead and one five minutes behind: times are each process's own. */
const world = useWorld();
const shifts = { ahead: 300_000, behind: -300_000 };
const services: Service[] = [];
let [ahead, behind]: Caller[] = [];

const started = async (shift: number): Promise<Caller> => {
  const preload = pathToFileURL(join(projectRoot, 'test', 'support', 'shift-clock.mjs'));
  preload.searchParams.set('shift', String(shift));
  const service = await startService({ databaseUrl: world.database.url, env: { NODE_OPTIONS: `--import=${preload.href}` } });
  services.push(service);
  // Good by either clock.
  return apiAt(service.url).as(sign({ ...claimsOf(wim.id), iat: undefined, exp: now() + 3_600 }));
};
beforeAll(async () => {
  [ahead, behind] = [await started(shifts.ahead), await started(shifts.behind)];
}, 60_000);
afterAll(() => Promise.all(services.map((service) => service.stop())));

const create = async (by: Caller, model_id: string, name: string, headers = {}): Promise<any> =>
  expectNormal(await by.send('POST', '/v3/segments', { json: { model_id, name, definition: 'age > 1' }, headers }));
const newModel = async (): Promise<any> => expectNormal(await behind!.post('/v3/models', modelBody()));
/** How far a time is from this process's own, to the minute. */
const minutesOff = (time: string): number => Math.round((Date.parse(time) - Date.now()) / 60_000);

/** A follower's events, a few at a time. */
async function follow(by: Caller, from: number): Promise<any[]> {
  const seen: any[] = [];
  for (;;) {
    const filter = { rules: [{ field: 'sequence', operator: 'greater', value: seen.at(-1)?.sequence ?? from }] };
    const page = expectPaginated(await by.get('/v3/segments/events', { filter, limit: 3 }));
    seen.push(...page);
    if (page.length < 3) return seen;
  }
}
const lastSequence = async (): Promise<number> =>
  (expectPaginated(await ahead!.get('/v3/segments/events', { ordering: '-sequence', limit: 1 }))[0] as any)?.sequence ?? 0;

test('each stamps by its own clock; the lists are whole and in the order of the times that they show', async () => {
  const { id } = await newModel();
  const made = [];
  for (let at = 0; at < 8; at++) made.push(await create(at % 2 === 0 ? ahead! : behind!, id, `s${at}`));
  expect(made.map(({ created_at }) => minutesOff(created_at))).toEqual([5, -5, 5, -5, 5, -5, 5, -5]);
  for (const by of [ahead!, behind!]) {
    const paged: any[] = [];
    for (let offset = 0; offset < 8; offset += 3)
      paged.push(...expectPaginated(await by.get(`/v3/models/${id}/segments`, { ordering: 'created_at', limit: 3, offset })));
    expect(paged.map(({ name }) => name)).toEqual(['s1', 's3', 's5', 's7', 's0', 's2', 's4', 's6']);
  }
});

test('the feed: none is missed, none comes twice, and a creation comes before its deletion', async () => {
  const [{ id }, from] = [await newModel(), await lastSequence()];
  const seen: any[] = [];
  for (let at = 0; at < 4; at++) {
    const [one, other] = at % 2 === 0 ? [ahead!, behind!] : [behind!, ahead!];
    const segment = await create(one, id, `fed ${at}`);
    // Sometimes both changes are numbered at once, sometimes each by itself.
    if (at < 2) seen.push(...(await follow(behind!, seen.at(-1)?.sequence ?? from)));
    expect((await other.delete(`/v3/segments/${segment.id}`)).status).toBe(200);
    seen.push(...(await follow(ahead!, seen.at(-1)?.sequence ?? from)));
  }
  expect(seen.map(({ type, segment }) => `${type} ${segment.name}`)).toEqual(
    [0, 1, 2, 3].flatMap((at) => [`segment.created fed ${at}`, `segment.deleted fed ${at}`]),
  );
  expect(seen.map(({ sequence }) => sequence)).toEqual(seen.map((_, at) => seen[0].sequence + at));
  for (let at = 0; at < seen.length; at += 2) expect(seen[at + 1].occurred_at >= seen[at].occurred_at).toBe(true);
  expect(await follow(behind!, from)).toEqual(seen);
});

test('a model that is changed by the one and then by the other is later each time; nothing is taken for unchanged', async () => {
  const before = await newModel();
  const times = [before.updated_at];
  for (const [at, by] of [ahead!, behind!, behind!, ahead!].entries()) {
    const changed = expectNormal(await by.send('PATCH', `/v3/models/${before.id}`, { json: { description: `change ${at}` } }));
    times.push(changed.updated_at);
  }
  expect(times).toEqual(times.toSorted());
  expect(new Set(times).size).toBe(times.length);
});

test('an answer that the one has kept, the other one gives again', async () => {
  const headers = (key: string) => ({ 'idempotency-key': key });
  for (const [name, one, other] of [
    ['kept ahead', ahead!, behind!],
    ['kept behind', behind!, ahead!],
  ] as const) {
    const first = await create(one, churnV1.id, name, headers(name));
    expect(await create(other, churnV1.id, name, headers(name))).toEqual(first);
  }
});
