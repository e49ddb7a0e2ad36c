/** What is promised of a cluster, and how each promise is measured. A check returns `{ measured, passed }`. */
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { createSegment, failed, request, startLoad } from './api.mjs';

const rounds = { sameName: 200, migrations: 3, readBack: 300 };
/** Milliseconds of a failover in which requests may fail; Galera itself takes five to find that a node is gone. */
const longestWindow = 10_000;

/** Two processes on two nodes create one name at the same moment. */
export async function sameName({ apis, token, modelId, nodes, database }) {
  const outcomes = [];
  const round = async (at) => {
    const answers = await Promise.all(apis.map(({ url }) => createSegment(url, token, modelId, `same name ${at}`)));
    outcomes.push(
      answers
        .map(({ status }) => status)
        .toSorted()
        .join(' + '),
    );
  };
  for (let at = 0; at < rounds.sameName; at += 4) await Promise.all([0, 1, 2, 3].map((more) => round(at + more)));
  const [{ stored, names }] = await nodes[2].query(
    "SELECT COUNT(*) AS stored, COUNT(DISTINCT name) AS names FROM segment WHERE name LIKE 'same name %'",
    [],
    database,
  );
  return {
    measured: `${said(count(outcomes))}; ${stored} rows, ${names} names`,
    passed: outcomes.every((outcome) => outcome === '200 + 409') && stored === rounds.sameName && names === stored,
  };
}

/** Two processes on two nodes bring up one empty database. */
export async function migrations({ nodes, admin, migrationCount }) {
  let once = 0;
  for (let at = 0; at < rounds.migrations; at++) {
    const name = `migrated_${at}`;
    await nodes[0].query(`CREATE DATABASE ${name}`);
    await Promise.all([0, 1].map((n) => admin(['migrate'], nodes[n].url + name)));
    const [row] = await nodes[2].query('SELECT COUNT(*) AS n, COUNT(DISTINCT name) AS names FROM migration', [], name);
    if (row.n === migrationCount && row.names === migrationCount) once++;
  }
  return {
    measured: `${rounds.migrations} × two at once: ${once} times each of ${migrationCount} migrations once`,
    passed: once === rounds.migrations,
  };
}

/** Who holds the lease on one node is waited for on another, until it ends. */
export async function lease({ nodes, admin }) {
  const term = 4_000;
  const name = 'leased';
  await nodes[0].query(`CREATE DATABASE ${name}`);
  await nodes[0].query(
    'CREATE TABLE migration_lease (id INTEGER NOT NULL PRIMARY KEY, owner VARCHAR(36) NOT NULL, expires_at BIGINT NOT NULL)',
    [],
    name,
  );
  await nodes[0].query('INSERT INTO migration_lease VALUES (1, ?, ?)', ['a process that died', Date.now() + term], name);
  const from = performance.now();
  await admin(['migrate'], nodes[1].url + name);
  const waited = performance.now() - from;
  return { measured: `the lease of a dead owner on another node: waited ${seconds(waited)}`, passed: waited >= term - 500 };
}

/** What one process answered 200 for, the other one reads. */
export async function readYourWrites({ apis, token, modelId }) {
  let [missing, unlisted] = [0, 0];
  for (let at = 0; at < rounds.readBack; at++) {
    const { body } = await createSegment(apis[at % 2].url, token, modelId, `read back ${at}`);
    const other = apis[(at + 1) % 2].url;
    const [one, list] = await Promise.all([
      request(other, token, 'GET', `/v3/segments/${body.data?.id}`),
      request(other, token, 'GET', `/v3/models/${modelId}/segments?search=${encodeURIComponent(`read back ${at}`)}&limit=1000`),
    ]);
    if (one.status !== 200) missing++;
    if (!list.body?.data?.items?.some(({ name }) => name === `read back ${at}`)) unlisted++;
  }
  return {
    measured: `${rounds.readBack} created here, read there: ${missing} missing, ${unlisted} not listed`,
    passed: missing + unlisted === 0,
  };
}

/** What the waiting costs: the same statements by hand, with and without it. */
export async function costOfWaiting({ nodes }) {
  await nodes[0].query('CREATE DATABASE by_hand');
  const [writer, reader] = await Promise.all([0, 1].map((n) => createConnection(`${nodes[n].url}by_hand`)));
  await writer.query('CREATE TABLE t (id INTEGER PRIMARY KEY)');
  const measure = async (wait, base) => {
    await reader.query(`SET SESSION wsrep_sync_wait = ${wait}`);
    let stale = 0;
    const times = [];
    for (let at = 0; at < rounds.readBack; at++) {
      await writer.query('INSERT INTO t VALUES (?)', [base + at]);
      const [rows] = await reader.query('SELECT id FROM t WHERE id = ?', [base + at]);
      if (rows.length === 0) stale++;
      const from = performance.now();
      await reader.query('SELECT id FROM t WHERE id = ?', [base]);
      times.push(performance.now() - from);
    }
    return { stale, median: times.toSorted((a, b) => a - b)[times.length >> 1] };
  };
  const [without, waiting] = [await measure(0, 0), await measure(1, 1_000_000)];
  await Promise.all([writer.end(), reader.end()]);
  const tell = ({ stale, median }) => `${stale} of ${rounds.readBack} stale, ${median.toFixed(2)} ms a read`;
  return { measured: `by hand without waiting ${tell(without)}; waiting ${tell(waiting)}`, passed: waiting.stale === 0 };
}

/** A node is killed under load, and comes back. */
export const killNode = (at) => async (world) => {
  const { nodes, proxy, token, modelId } = world;
  const prefix = `kill ${nodes[at].name}`;
  const load = startLoad(proxy.url, token, modelId, prefix);
  await sleep(2_000);
  const killedAt = performance.now();
  await nodes[at].kill();
  await sleep(longestWindow + 2_000);
  const answers = await load.stop();
  const before = answers.filter((answer) => answer.at < killedAt && failed(answer)).length;
  const errors = answers.filter((answer) => answer.at >= killedAt && failed(answer));
  const window = Math.max(0, ...errors.map((answer) => answer.at - killedAt));
  const survivor = nodes[(at + 1) % nodes.length];
  const kept = await kept200s(survivor, world.database, prefix, answers);
  const from = performance.now();
  await nodes[at].rejoin();
  const rejoined = performance.now() - from;
  // HAProxy must have seen it before the next one goes.
  await sleep(2_000);
  return {
    measured: `${answers.length} requests, ${said(byStatus(errors)) || 'no error'} within ${seconds(window)}; ${kept.text}; back in ${seconds(rejoined)}`,
    passed:
      before === 0 &&
      window <= longestWindow &&
      kept.passed &&
      errors.every(({ status }) => status !== 500) &&
      answers.at(-1).status === 200,
  };
};

/** One process of the API ends in an orderly way under load, as in a rolling update. */
export async function endProcess(world) {
  const { apis, proxy, token, modelId, nodes, database } = world;
  const load = startLoad(proxy.url, token, modelId, 'rolling');
  await sleep(2_000);
  const { run } = apis[0];
  const from = performance.now();
  run.child.kill('SIGTERM');
  const code = await run.done;
  const took = performance.now() - from;
  await sleep(1_000);
  const answers = await load.stop();
  const errors = answers.filter(failed);
  const kept = await kept200s(nodes[0], database, 'rolling', answers);
  return {
    measured: `${answers.length} requests, ${said(byStatus(errors)) || '0 errors'}; ${kept.text}; gone in ${seconds(took)} with exit code ${code}`,
    passed: errors.length === 0 && kept.passed && code === 0,
  };
}

/** All nodes hold the same. */
export async function sameContent({ nodes, database }) {
  const tables = (await nodes[0].query('SHOW TABLES', [], database)).map((row) => Object.values(row)[0]);
  const sums = await Promise.all(
    nodes.map(async (node) => JSON.stringify(await node.query(`CHECKSUM TABLE ${tables.join(', ')}`, [], database))),
  );
  return {
    measured: `checksums of ${tables.length} tables on ${nodes.length} nodes: ${new Set(sums).size === 1 ? 'equal' : 'DIFFERENT'}`,
    passed: new Set(sums).size === 1,
  };
}

/** Every create that was answered 200 is there, and no name twice. */
async function kept200s(node, database, prefix, answers) {
  const rows = await node.query('SELECT id, name FROM segment WHERE name LIKE ?', [`${prefix} %`], database);
  const ids = new Set(rows.map(({ id }) => id));
  const created = answers.filter(({ kind, status }) => kind === 'create' && status === 200);
  const lost = created.filter(({ id }) => !ids.has(id)).length;
  const twice = rows.length - new Set(rows.map(({ name }) => name)).size;
  return { text: `${created.length} creates, ${lost} lost, ${twice} twice`, passed: created.length > 0 && lost === 0 && twice === 0 };
}

const seconds = (ms) => `${(ms / 1000).toFixed(1)} s`;
const count = (names) => names.reduce((sum, name) => ({ ...sum, [name]: (sum[name] ?? 0) + 1 }), {});
const byStatus = (answers) => count(answers.map(({ status }) => status || 'no answer'));
const said = (counts) =>
  Object.entries(counts)
    .map(([what, n]) => `${n} × ${what}`)
    .join(', ');
