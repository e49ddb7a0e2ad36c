/**
 * The service on more than one machine, all of it on this one: three Galera nodes, two processes of the built service (BUILD_DIR,
 * else `dist`) and HAProxy, on loopback. Measures what is promised of a cluster (`docs/scale-out.md`), and fails when one promise
 * does not hold. About four minutes; not part of `npm test`.
 *
 *     npm run test:cluster                  all of it
 *     npm run test:cluster -- kill rolling  only the checks whose name has one of these words
 *
 * Installs what is missing on Debian, and says so first. Ends what it started, also on Ctrl-C.
 */
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../support/private-mysql.mjs';
import { listening, runNode, serviceEnv, start } from '../support/service-process.mjs';
import * as checks from './checks.mjs';
import { Galera } from './galera.mjs';
import { findPrograms } from './programs.mjs';
import { startProxy } from './proxy.mjs';

const root = join(import.meta.dirname, '..', '..');
const build = process.env.BUILD_DIR ?? 'dist';
const database = 'segments';
const user = 'wim@acme.test';

/** In this order: the processes end one after the other at last. */
const table = [
  ['two processes create one name at once', 'exactly one 200, one 409', checks.sameName],
  ['migrations started on two nodes at once', 'each once, both end well', checks.migrations],
  ['a lease held on another node', 'waited for until it ends', checks.lease],
  ['read your writes through the other process', '0 missing', checks.readYourWrites],
  ['cost of reading what all nodes committed', '0 stale', checks.costOfWaiting],
  ['kill -9 of node 1 under load', '≤ 10 s, 0 lost, 0 twice', checks.killNode(0)],
  ['kill -9 of node 2 under load', '≤ 10 s, 0 lost, 0 twice', checks.killNode(1)],
  ['kill -9 of node 3 under load', '≤ 10 s, 0 lost, 0 twice', checks.killNode(2)],
  ['rolling update: SIGTERM of one process under load', '0 errors', checks.endProcess],
  ['all nodes hold the same at the end', 'equal checksums', checks.sameContent],
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
const modelId = JSON.parse(readFileSync(fixture, 'utf8')).organizations[0].projects[0].models[0].id;
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
  for (const api of apis) api.url = await listening(api.run);
  await admin(['apply', fixture]);
  const token = await admin(['token', user, '--ttl', '1h']);
  return { nodes, proxy, apis, admin, token, modelId, database, migrationCount };
}

async function measure(world, wanted) {
  const results = [];
  for (const [name, promise, check] of wanted) {
    const outcome = await check(world).catch((error) => ({ measured: `failed: ${error.message}`, passed: false }));
    results.push({ name, promise, ...outcome });
    console.log(`${outcome.passed ? '✓' : '✗'} ${name}: ${outcome.measured}`);
  }
  return results;
}

function report(results, versions) {
  console.log(
    `\n${Object.entries(versions)
      .map((pair) => pair.join(' '))
      .join(', ')}\n`,
  );
  console.log('| what | promise | measured | |\n| --- | --- | --- | --- |');
  for (const { name, promise, measured, passed } of results) console.log(`| ${name} | ${promise} | ${measured} | ${passed ? '✓' : '✗'} |`);
}

const words = process.argv.slice(2);
const wanted = table.filter(([name]) => words.length === 0 || words.some((word) => name.includes(word)));
const startedAt = performance.now();
try {
  const programs = findPrograms(directory);
  console.log('Starting three Galera nodes, two processes of the service and HAProxy …');
  galera = new Galera(programs, directory);
  world = await startWorld(programs, galera);
  const results = await measure(world, wanted);
  report(results, programs.versions);
  process.exitCode = results.length > 0 && results.every(({ passed }) => passed) ? 0 : 1;
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
} finally {
  for (const { run } of [...(world?.apis ?? []), ...(world === undefined ? [] : [{ run: world.proxy.process }])]) run.child.kill('SIGTERM');
  await Promise.all((world?.apis ?? []).map(({ run }) => run.done));
  await galera?.stop();
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  process.exit();
}
