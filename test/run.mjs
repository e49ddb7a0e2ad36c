/**
 * What `npm test` runs: the checks that need no running service side by side, then the unit specs, then the end-to-end suites on
 * SQLite and on a server that speaks MySQL's protocol (TEST_DATABASE_URL, else a private one). The first failure ends the run.
 *
 *     npm test                                  everything
 *     npm test -- unit sqlite                   these stages only
 *     npm run test:mysql -- segment-list        whatever is no stage's name goes to jest
 *
 * The last line is `N passed, N failed`: the tests of all jest runs, and one failure for each other thing that failed.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPrivateMysql } from './support/private-mysql.mjs';
import { reportStatuses } from './support/statuses.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const STAGES = ['lint', 'types', 'build', 'unit', 'sqlite', 'mysql'];

const args = process.argv.slice(2);
const named = args.filter((arg) => STAGES.includes(arg));
const jestArgs = args.filter((arg) => !STAGES.includes(arg));
const wanted = new Set(named.length === 0 ? STAGES : named);

const reports = mkdtempSync(join(tmpdir(), 'segments-test-'));
const running = new Set();
const results = [];
process.once('exit', () => {
  for (const child of running) child.kill('SIGTERM');
  rmSync(reports, { recursive: true, force: true });
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

/** Runs one command; `quiet` keeps its output back until it fails, so that stages side by side do not mix theirs. */
function run(command, commandArgs, { quiet, env = {} }) {
  return new Promise((resolve, reject) => {
    const stdio = quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'];
    const child = spawn(command, commandArgs, { cwd: root, stdio, env: { ...process.env, ...env } });
    running.add(child);
    const output = [];
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      running.delete(child);
      if (code !== 0) process.stdout.write(Buffer.concat(output));
      resolve(code === 0);
    });
  });
}

/** Times a stage and keeps its result; a stage that was not asked for is passed over. */
async function stage(name, work) {
  if (!wanted.has(name)) return;
  const start = performance.now();
  const outcome = await work();
  results.push({ name, seconds: (performance.now() - start) / 1000, ...outcome });
  if (outcome.failed > 0) throw new StageFailed(name);
}

class StageFailed extends Error {}

const script = (name) => async () => ({ passed: 0, failed: (await run('npm', ['run', '--silent', name], { quiet: true })) ? 0 : 1 });

/** What a jest run reported: its counts, and the files with a failure. A suite that does not even load counts as one failure. */
function readReport(report) {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  return {
    passed: numPassedTests,
    failed: numFailedTests + numRuntimeErrorTestSuites,
    skipped: numPendingTests,
    files: testResults.filter(({ status }) => status === 'failed').map(({ name }) => name),
  };
}

/**
 * One jest run. In CI, whose machines stall now and then, files with a failure run once more, one after the other: what fails twice
 * fails, what passed only then is named as unsteady in the summary. More than three such files are no stall.
 */
const jest =
  (name, project, env = {}) =>
  async () => {
    console.log(`\n== ${name}`);
    const report = join(reports, 'report.json');
    const bin = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
    const fixed = ['--selectProjects', project, '--json', `--outputFile=${report}`, '--passWithNoTests'];
    const ok = await run(process.execPath, [bin, ...fixed, '--maxWorkers=2', ...jestArgs], { quiet: false, env });
    const first = readReport(report);
    if (ok) return first;
    if (!process.env.CI || first.files.length === 0 || first.files.length > 3) return { ...first, failed: Math.max(first.failed, 1) };
    console.log(`\n== once more: ${first.files.map((file) => relative(root, file)).join(', ')}`);
    const again = await run(process.execPath, [bin, ...fixed, '--runInBand', '--runTestsByPath', ...first.files], { quiet: false, env });
    const second = readReport(report);
    if (!again) return { ...first, failed: Math.max(second.failed, 1) };
    return { ...first, passed: first.passed + first.failed, failed: 0, unsteady: first.files.map((file) => relative(root, file)) };
  };

/**
 * All end-to-end suites against one database. A run of everything must have seen each status that the OpenAPI document promises;
 * a run of some of it, or one that failed, cannot.
 */
const endToEnd = (title, env) => async () => {
  const statuses = mkdtempSync(join(reports, 'statuses-'));
  const outcome = await jest(title, 'e2e', { ...env, STATUSES_DIR: statuses })();
  const isWhole = jestArgs.length === 0 && outcome.failed === 0;
  return isWhole && !reportStatuses(statuses) ? { ...outcome, failed: 1 } : outcome;
};

/** The database for the MySQL stage: got ready while lint and types run. */
async function mysqlServer() {
  if (!wanted.has('mysql')) return undefined;
  if (process.env.TEST_DATABASE_URL)
    return { url: process.env.TEST_DATABASE_URL, version: 'the server of TEST_DATABASE_URL', stop: async () => undefined };
  return startPrivateMysql();
}

async function everything() {
  const server = await mysqlServer();
  try {
    // Both lanes come to their end: what is wrong with either is said in one run, and nothing is printed after the summary.
    const lanes = [stage('lint', script('lint')).then(() => stage('types', script('types'))), stage('build', script('build'))];
    for (const { reason } of await Promise.allSettled(lanes)) if (reason !== undefined) throw reason;
    await stage('unit', jest('unit', 'unit'));
    await stage('sqlite', endToEnd('end to end on SQLite', { E2E_DATABASE: 'sqlite' }));
    await stage('mysql', endToEnd(`end to end on ${server?.version}`, { E2E_DATABASE: 'mysql', TEST_DATABASE_URL: server?.url }));
  } finally {
    await server?.stop();
  }
}

const start = performance.now();
try {
  await everything();
} catch (error) {
  if (!(error instanceof StageFailed)) {
    console.error(error.message);
    results.push({ name: 'harness', seconds: 0, passed: 0, failed: 1 });
  }
}

const total = (member) => results.reduce((sum, result) => sum + (result[member] ?? 0), 0);
if (total('failed') === 0 && total('passed') === 0 && ['unit', 'sqlite', 'mysql'].some((name) => wanted.has(name))) {
  console.error(jestArgs.length === 0 ? 'No test was found.' : `No test matches ${jestArgs.join(' ')}.`);
  results.push({ name: 'selection', seconds: 0, passed: 0, failed: 1 });
}
console.log('');
for (const { name, seconds, passed, failed, skipped, unsteady } of results) {
  const counts = passed + failed === 0 ? 'ok' : `${passed} passed, ${failed} failed${skipped ? `, ${skipped} skipped` : ''}`;
  console.log(`${name.padEnd(10)} ${seconds.toFixed(1).padStart(6)} s   ${counts}`);
  if (unsteady) console.log(`           passed only the second time: ${unsteady.join(', ')}`);
}
const left = STAGES.filter((name) => wanted.has(name) && !results.some((result) => result.name === name));
if (left.length > 0) console.log(`not run:   ${left.join(', ')}`);
console.log(`total      ${((performance.now() - start) / 1000).toFixed(1).padStart(6)} s`);
process.exitCode = total('failed') === 0 ? 0 : 1;
console.log(`${total('passed')} passed, ${total('failed')} failed`);
