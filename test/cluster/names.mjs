/** Of what two processes on two nodes ask for at the same moment, the database lets one happen. */
import { randomUUID } from 'node:crypto';
import { createSegment, createSegments } from './api.mjs';
import { count, said, times, together } from './words.mjs';

const rounds = { sameName: 200, bulk: 40, keyed: 50 };

/** The names that start so: how many rows, and how many different ones. */
async function stored({ nodes, database }, prefix) {
  const sql = 'SELECT COUNT(*) AS stored, COUNT(DISTINCT name) AS names FROM segment WHERE name LIKE ?';
  return (await nodes[2].query(sql, [`${prefix} %`], database))[0];
}

export async function sameName(world) {
  const { apis, token, modelId } = world;
  const outcomes = await times(rounds.sameName, 4, async (at) =>
    together(await Promise.all(apis.map(({ url }) => createSegment(url, token, modelId, `same name ${at}`)))),
  );
  const rows = await stored(world, 'same name');
  return {
    measured: `${said(count(outcomes))}; ${rows.stored} rows, ${rows.names} names`,
    passed: outcomes.every((outcome) => outcome === '200 + 409') && rows.stored === rounds.sameName && rows.names === rows.stored,
  };
}

/** Twenty names here and twenty there, in opposite orders; ten of them are the same. */
export async function bulk(world) {
  const { apis, token, modelId } = world;
  const names = (prefix, from) => Array.from({ length: 20 }, (_, at) => `${prefix} ${from + at}`);
  const round = async (prefix, onConflict) => {
    const lists = [names(prefix, 0), names(prefix, 10).toReversed()];
    return together(await Promise.all(lists.map((list, at) => createSegments(apis[at].url, token, modelId, list, onConflict))));
  };
  const refused = await times(rounds.bulk, 2, (at) => round(`bulk fail ${at}`, 'fail'));
  const skipped = await times(rounds.bulk, 2, (at) => round(`bulk skip ${at}`, 'skip'));
  const [whole, union] = [await stored(world, 'bulk fail'), await stored(world, 'bulk skip')];
  return {
    measured: `fail: ${said(count(refused))}, ${whole.stored} rows; skip: ${said(count(skipped))}, ${union.stored} rows, ${union.names} names`,
    passed:
      refused.every((outcome) => outcome === '200 + 409') &&
      skipped.every((outcome) => outcome === '200 + 200') &&
      whole.stored === rounds.bulk * 20 &&
      union.stored === rounds.bulk * 30 &&
      union.names === union.stored,
  };
}

/** The second one gets the first one's answer, or is told that it is under way; whoever asks again gets that answer. */
export async function keyed(world) {
  const { apis, token, modelId } = world;
  const results = await times(rounds.keyed, 2, async (at) => {
    const create = ({ url }) => createSegment(url, token, modelId, `keyed ${at}`, { 'idempotency-key': key });
    const key = randomUUID();
    const first = await Promise.all(apis.map(create));
    const again = await Promise.all(apis.map(create));
    const ids = new Set([...first, ...again].filter(({ status }) => status === 200).map(({ body }) => body.data.id));
    return { first: together(first), again: together(again), ids: ids.size };
  });
  const rows = await stored(world, 'keyed');
  return {
    measured: `${said(count(results.map(({ first }) => first)))}; asked again ${said(count(results.map(({ again }) => again)))}; ${rows.stored} created`,
    passed:
      results.every(({ first, again, ids }) => /^200 \+ (200|409)$/.test(first) && again === '200 + 200' && ids === 1) &&
      rows.stored === rounds.keyed,
  };
}
