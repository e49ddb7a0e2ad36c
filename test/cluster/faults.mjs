/** What breaks under load, and for how long it is noticed. */
import { setTimeout as sleep } from 'node:timers/promises';
import { failed } from './api.mjs';
import { kept200s, startLoad } from './load.mjs';
import { byStatus, said, seconds } from './words.mjs';

/** Milliseconds of a failover in which requests may fail; Galera itself takes five to find that a node is gone. */
const longestWindow = 10_000;
/** Milliseconds in which HAProxy sees a change. */
const noticed = 2_000;

/**
 * Milliseconds from `from` until the last failure, of what was answered before `until`; and the failures.
 * A request that failed is one that somebody must repeat, so no 500 may be among them.
 */
function windowOf(answers, from, until = Infinity) {
  const errors = answers.filter((answer) => answer.at >= from && answer.at < until && failed(answer));
  const length = Math.max(0, ...errors.map(({ at }) => at - from));
  return {
    errors,
    passed: length <= longestWindow && errors.every(({ status }) => status !== 500),
    text: errors.length === 0 ? 'no error' : `${said(byStatus(errors))} within ${seconds(length)}`,
  };
}

/** The longest that anybody waited for an answer. */
const slowest = (answers) => seconds(Math.max(...answers.map(({ from, at }) => at - from)));

/**
 * @param fault breaks a node
 * @param mend brings it back; resolves once it is in the cluster and up to date
 */
async function underLoad({ nodes, proxy, token, modelId, database }, at, prefix, fault, mend) {
  const load = startLoad(proxy.url, token, modelId, prefix);
  await sleep(noticed);
  const brokenAt = performance.now();
  await fault(nodes[at]);
  await sleep(longestWindow);
  const mendedAt = performance.now();
  await mend(nodes[at]);
  const back = performance.now() - mendedAt;
  await sleep(noticed);
  const answers = await load.stop();
  const before = answers.filter((answer) => answer.at < brokenAt && failed(answer));
  const [down, up] = [windowOf(answers, brokenAt, mendedAt), windowOf(answers, mendedAt)];
  // The one that was away must have it too.
  const kept = await kept200s(nodes[at], database, prefix, answers);
  return {
    measured: [
      `${answers.length} requests, ${down.text}, none waited longer than ${slowest(answers)}`,
      `back after ${seconds(back)}, ${up.text} then`,
      `${kept.text}`,
    ].join('; '),
    passed: before.length === 0 && down.passed && up.passed && kept.passed && !failed(answers.at(-1)),
  };
}

/** It is gone, and comes back as a service manager would bring it back. */
export const killNode = (at) => (world) =>
  underLoad(
    world,
    at,
    `kill ${at + 1}`,
    (node) => node.kill(),
    (node) => node.rejoin(),
  );

/** It stands still with its connections open, and goes on one day as if nothing had been. */
export const stopNode = (at) => (world) =>
  underLoad(
    world,
    at,
    `stop ${at + 1}`,
    (node) => node.pause(),
    (node) => node.resume(),
  );

/** One process of the API ends in an orderly way, as in a rolling update. */
export async function endProcess({ apis, proxy, token, modelId, nodes, database }) {
  const load = startLoad(proxy.url, token, modelId, 'rolling');
  await sleep(noticed);
  const { run } = apis[0];
  const from = performance.now();
  run.child.kill('SIGTERM');
  const code = await run.done;
  const took = performance.now() - from;
  await sleep(noticed);
  const answers = await load.stop();
  const errors = answers.filter(failed);
  const kept = await kept200s(nodes[0], database, 'rolling', answers);
  return {
    measured: `${answers.length} requests, ${said(byStatus(errors)) || '0 errors'}; ${kept.text}; gone in ${seconds(took)} with exit code ${code}`,
    passed: errors.length === 0 && kept.passed && code === 0,
  };
}

/** All nodes hold the same, and every table has what certification goes by: a primary key. */
export async function sameContent({ nodes, database }) {
  const tables = (await nodes[0].query('SHOW TABLES', [], database)).map((row) => Object.values(row)[0]);
  const sums = await Promise.all(
    nodes.map(async (node) => JSON.stringify(await node.query(`CHECKSUM TABLE ${tables.join(', ')}`, [], database))),
  );
  const [{ keyed }] = await nodes[0].query(
    "SELECT COUNT(DISTINCT table_name) AS keyed FROM information_schema.statistics WHERE table_schema = ? AND index_name = 'PRIMARY'",
    [database],
  );
  const equal = new Set(sums).size === 1;
  return {
    measured: `checksums of ${tables.length} tables on ${nodes.length} nodes: ${equal ? 'equal' : 'DIFFERENT'}; ${keyed} with a primary key`,
    passed: equal && keyed === tables.length,
  };
}
