/**
 * The service on more than one machine, all of it on this one: three Galera nodes, two processes of the built service (BUILD_DIR,
 * else `dist`) and HAProxy, on loopback. Measures what is promised of a cluster (`docs/scale-out.md`), and fails when one promise
 * does not hold. Three to five minutes; not part of `npm test`.
 *
 *     npm run test:cluster                  all of it
 *     npm run test:cluster -- kill rolling  only the checks whose name has one of these words
 *     npm run test:cluster -- --markdown    the table as Markdown
 *
 * Installs what is missing on Debian, and says so first. Ends what it started, also on Ctrl-C.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '../support/private-mysql.mjs';
import { listening, runNode, serviceEnv, start } from '../support/service-process.mjs';
import * as deletes from './deletes.mjs';
import * as faults from './faults.mjs';
import { Galera } from './galera.mjs';
import * as names from './names.mjs';
import { findPrograms } from './programs.mjs';
import { startProxy } from './proxy.mjs';
import * as reads from './reads.mjs';
import * as schema from './schema.mjs';
import { seconds } from './words.mjs';

const root = join(import.meta.dirname, '..', '..');
const build = process.env.BUILD_DIR ?? 'dist';
const database = 'segments';
const user = 'wim@acme.test';
/** Milliseconds: both begin on an empty database, and one waits for the other one's migrations. */
const startsWithin = 90_000;

/** In this order: the last process to end is ended at last. */
const table = [
  ['two processes create one name at once, × 200', 'exactly one 200, one 409', names.sameName],
  ['two bulk creates at once that share names', 'whole or not at all, no name twice', names.bulk],
  ['one Idempotency-Key at two processes at once, × 50', 'created once', names.keyed],
  ['migrations started on two nodes at once', 'each once, both end well', schema.migrations],
  ['a migration lease held on another node', 'waited for until it ends', schema.lease],
  ['read your writes through the other process, × 200', '0 missing', reads.readYourWrites],
  ['cost of reading what all nodes committed', '0 stale', reads.costOfWaiting],
  ['feed followed while two processes write', '0 missed, 0 twice', reads.events],
  ['a reference to what another node deletes', 'one of the two is refused', deletes.references],
  ['a segment in a model that another node deletes', 'refused, or gone and told of', deletes.models],
  ['kill -9 of node 1 under load, and its return', '≤ 10 s, 0 lost, 0 twice', faults.killNode(0)],
  ['kill -9 of node 2 under load, and its return', '≤ 10 s, 0 lost, 0 twice', faults.killNode(1)],
  ['kill -9 of node 3 under load, and its return', '≤ 10 s, 0 lost, 0 twice', faults.killNode(2)],
  ['kill -STOP of node 1 under load, and -CONT', '≤ 10 s, 0 lost, 0 twice', faults.stopNode(0)],
  ['rolling update: SIGTERM of one process under load', '0 errors', faults.endProcess],
  ['all nodes hold the same at the end', 'equal checksums', faults.sameContent],
];

let galera;
let world;
const directory = mkdtempSync(join(tmpdir(), 'segments-cluster-'));
// The database servers run as another user.
chmodSync(directory, 0o777);
process.once('exit', () => {
  galera?.discard();
  rmSync(directory, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
});

const fixture = join(root, 'test', 'fixtures', 'two-tenants.json');
const { id: projectId, models } = JSON.parse(readFileSync(fixture, 'utf8')).organizations[0].projects[0];
const modelId = models[0].id;
const migrationCount = readdirSync(join(root, build, 'database', 'migrations')).filter((file) => /^\d+-.*\.js$/.test(file)).length;

/** Everything that the checks speak to. */
async function startWorld(programs, galera) {
  await galera.start();
  const { nodes } = galera;
  await nodes[0].query(`CREATE DATABASE ${database}`);
  const ports = [await freePort(), await freePort()];
  const proxy = await startProxy(programs, directory, nodes, ports);
  const env = serviceEnv({ PATH: process.env.PATH, HOME: process.env.HOME }, '');
  const envOf = (url, more = {}) => ({ ...env, ...more, DATABASE_URL: url });
  const urls = proxy.databases.map((port) => `mysql://segments:${galera.password}@127.0.0.1:${port}/${database}`);
  const admin = (args, url = urls[0]) => runNode([join(build, 'admin', 'main.js'), ...args], envOf(url));
  // The health check sees a process that is closing well before it stops listening.
  const apis = urls.map((url, at) => ({
    run: start(process.execPath, [join(build, 'main.js')], envOf(url, { PORT: String(ports[at]), SHUTDOWN_DELAY: '2000' })),
  }));
  for (const api of apis) api.url = await listening(api.run, startsWithin);
  await admin(['apply', fixture]);
  const token = await admin(['token', user, '--ttl', '1h']);
  return { nodes, proxy, apis, admin, token, projectId, modelId, database, migrationCount };
}

async function measure(world, wanted) {
  const results = [];
  for (const [name, promise, check] of wanted) {
    const outcome = await check(world).catch((error) => ({ measured: `failed: ${error.message}`, passed: false }));
    const load = loadavg()[0].toFixed(1);
    results.push({ name, promise, load, ...outcome });
    console.log(`${outcome.passed ? '✓' : '✗'} ${name} (load ${load}): ${outcome.measured}`);
  }
  return results;
}

function report(results, versions) {
  const line = ({ name, promise, measured, load, passed }) =>
    values.markdown
      ? `| ${name} | ${promise} | ${measured} | ${load} | ${passed ? '✓' : '✗'} |`
      : `${passed ? '✓' : '✗'} ${name}\n    promise   ${promise}\n    measured  ${measured}`;
  const head = values.markdown ? ['| what | promise | measured | load | |', '| --- | --- | --- | --- | --- |'] : [];
  console.log(`\n${[...head, ...results.map(line)].join('\n')}\n`);
  const known = { ...versions, cores: cpus().length, date: new Date().toISOString().slice(0, 10) };
  console.log(
    Object.entries(known)
      .map((pair) => pair.join(' '))
      .join(', '),
  );
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { markdown: { type: 'boolean', default: false } } });
const wanted = table.filter(([name]) => positionals.length === 0 || positionals.some((word) => name.includes(word)));
if (wanted.length === 0) {
  console.error(`No check is named so. There are:\n${table.map(([name]) => name).join('\n')}`);
  process.exit(2);
}
const startedAt = performance.now();
try {
  const programs = findPrograms(directory);
  console.log('Starting three Galera nodes, two processes of the service and HAProxy …');
  galera = new Galera(programs, directory);
  world = await startWorld(programs, galera);
  const results = await measure(world, wanted);
  report(results, programs.versions);
  const holding = results.filter(({ passed }) => passed).length;
  console.log(`${holding} of ${results.length} hold; ${seconds(performance.now() - startedAt)}`);
  process.exitCode = holding === results.length ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const run of [...(world?.apis ?? []).map((api) => api.run), ...(world === undefined ? [] : [world.proxy.process])])
    run.child.kill('SIGTERM');
  await Promise.all((world?.apis ?? []).map(({ run }) => run.done));
  await galera?.stop();
  process.exit();
}
