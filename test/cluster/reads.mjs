/** What was answered 200 by one process is there for the other, at once and in the feed. */
import { createConnection } from 'mysql2/promise';
import { createSegment, dataOf, request, withFilter } from './api.mjs';
import { times } from './words.mjs';

const rounds = { readBack: 200, byHand: 300, events: 300 };
const feed = '/v3/segments/events';

export async function readYourWrites({ apis, token, modelId }) {
  let [missing, unlisted, undead] = [0, 0, 0];
  for (let at = 0; at < rounds.readBack; at++) {
    const [here, there] = [apis[at % 2].url, apis[(at + 1) % 2].url];
    const name = `read back ${at}`;
    const { body } = await createSegment(here, token, modelId, name);
    const path = `/v3/segments/${body.data?.id}`;
    const [one, list] = await Promise.all([
      request(there, token, 'GET', path),
      request(there, token, 'GET', withFilter(`/v3/models/${modelId}/segments`, 'name', 'equal', name)),
    ]);
    if (one.status !== 200) missing++;
    if (list.body?.data?.total !== 1) unlisted++;
    await request(here, token, 'DELETE', path);
    if ((await request(there, token, 'GET', path)).status !== 404) undead++;
  }
  return {
    measured: `${rounds.readBack} created here, read there: ${missing} missing, ${unlisted} not listed; deleted here: ${undead} still there`,
    passed: missing + unlisted + undead === 0,
  };
}

/** What the waiting costs: the same statements by hand, with and without it. */
export async function costOfWaiting({ nodes }) {
  await nodes[0].query('CREATE DATABASE by_hand');
  const [writer, other] = await Promise.all([0, 1].map((n) => createConnection(`${nodes[n].url}by_hand`)));
  await writer.query('CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)');
  const measure = async (wait, base) => {
    await other.query(`SET SESSION wsrep_sync_wait = ${wait}`);
    let [stale, untouched] = [0, 0];
    const reads = [];
    for (let at = 0; at < rounds.byHand; at++) {
      await writer.query('INSERT INTO t VALUES (?, 0)', [base + 2 * at]);
      const [rows] = await other.query('SELECT id FROM t WHERE id = ?', [base + 2 * at]);
      if (rows.length === 0) stale++;
      await writer.query('INSERT INTO t VALUES (?, 0)', [base + 2 * at + 1]);
      const [{ affectedRows }] = await other.query('DELETE FROM t WHERE id = ?', [base + 2 * at + 1]);
      if (affectedRows === 0) untouched++;
      const from = performance.now();
      await other.query('SELECT id FROM t WHERE id = ?', [base]);
      reads.push(performance.now() - from);
    }
    return { stale, untouched, median: reads.toSorted((a, b) => a - b)[reads.length >> 1] };
  };
  const results = [];
  for (const [wait, base] of [
    [0, 0],
    [1, 1_000_000],
    [7, 2_000_000],
  ])
    results.push([wait, await measure(wait, base)]);
  await Promise.all([writer.end(), other.end()]);
  const tell = ([wait, { stale, untouched, median }]) =>
    `wsrep_sync_wait = ${wait}: ${stale} stale, ${untouched} deletes found nothing, ${median.toFixed(2)} ms a read`;
  const ours = results.at(-1)[1];
  return { measured: `of ${rounds.byHand} each, ${results.map(tell).join('; ')}`, passed: ours.stale + ours.untouched === 0 };
}

/** Both processes write while each of them is followed. */
export async function events({ apis, token, modelId }) {
  const read = async (url, path) => dataOf(await request(url, token, 'GET', path)).items;
  const [newest] = await read(apis[0].url, `${feed}?ordering=-sequence&limit=1`);
  const wanted = new Set();
  const write = async (at) => {
    const [here, there] = [apis[at % 2].url, apis[(at + 1) % 2].url];
    const { id } = dataOf(await createSegment(here, token, modelId, `event ${at}`));
    wanted.add(`segment.created ${id}`);
    if (at % 3 !== 0) return;
    dataOf(await request(there, token, 'DELETE', `/v3/segments/${id}`));
    wanted.add(`segment.deleted ${id}`);
  };
  let writing = true;
  const follow = async ({ url }) => {
    const seen = [];
    for (let last = newest?.sequence ?? 0, empty = false; !empty;) {
      const over = !writing;
      const items = await read(url, withFilter(feed, 'sequence', 'greater', last, '&limit=50'));
      seen.push(...items.map(({ type, segment }) => `${type} ${segment.id}`));
      last = items.at(-1)?.sequence ?? last;
      empty = over && items.length === 0;
    }
    return seen;
  };
  const writers = times(rounds.events, 4, write).finally(() => (writing = false));
  const [seen] = await Promise.all([Promise.all(apis.map(follow)), writers]);
  const results = seen.map((events) => ({
    missed: [...wanted].filter((event) => !events.includes(event)).length,
    twice: events.length - new Set(events).size,
    others: events.filter((event) => !wanted.has(event)).length,
  }));
  const tell = ({ missed, twice, others }) => `${missed} missed, ${twice} twice${others > 0 ? `, ${others} unknown` : ''}`;
  const alike = new Set(seen.map(String)).size === 1;
  return {
    measured: `${wanted.size} events, two followers: ${results.map(tell).join('; ')}; ${alike ? 'in one order' : 'in DIFFERENT orders'}`,
    passed: alike && results.every(({ missed, twice, others }) => missed + twice + others === 0),
  };
}
