/**
 * The real Python client, unmodified, against the built service on a fresh database that holds the two tenants: the newest version,
 * and the last 3.11, which a contract was read from.
 *
 *     npm run test:client            on SQLite
 *     npm run test:client -- mysql   on the server of TEST_DATABASE_URL, else on a private one
 *
 * Skips with a loud line where there is no Python ≥ 3.11, but never in CI. The last line is `N passed, N failed`.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPrivateMysql } from '../support/private-mysql.mjs';
import { findPython, virtualEnvironment } from '../support/python-venv.mjs';
import { freshDatabase, listening, runNode, serviceEnv, start } from '../support/service-process.mjs';

const pinned = readFileSync(join(import.meta.dirname, 'requirements.txt'), 'utf8')
  .split('\n')
  .find((line) => line.startsWith('fiddler-client'));
const versions = { newest: `${pinned}\n`, 'last-3.11': 'fiddler-client==3.11.0\n' };
const roles = {
  ADMIN: 'ada@acme.test',
  WRITER: 'wim@acme.test',
  VIEWER: 'vic@acme.test',
  OUTSIDER: 'out@acme.test',
  OTHER_ORG: 'gus@globex.test',
};

const onMysql = process.argv[2] === 'mysql';
const directory = mkdtempSync(join(tmpdir(), 'segments-client-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true }));

async function scenarios(server) {
  const own = { PATH: process.env.PATH, HOME: process.env.HOME };
  const serviceOwn = serviceEnv(own, await freshDatabase(server, directory, 'client'));
  await runNode(['dist/bundled/admin/main.js', 'apply', 'test/fixtures/two-tenants.json'], serviceOwn);
  const env = { ...own, PYTHONDONTWRITEBYTECODE: '1' };
  for (const [role, email] of Object.entries(roles))
    env[`SEGMENTS_TOKEN_${role}`] = await runNode(['dist/bundled/admin/main.js', 'token', email], serviceOwn);
  const service = start(process.execPath, ['dist/bundled/main.js'], serviceOwn);
  env.SEGMENTS_URL = await listening(service);
  const counts = { passed: 0, failed: 0 };
  for (const [name, requirements] of Object.entries(versions)) {
    const bin = virtualEnvironment(`client-${name}`, requirements);
    const run = start(join(bin, 'python'), [join(import.meta.dirname, 'scenario.py')], env);
    const code = await run.done;
    const [, passed, failed] = /(\d+) passed, (\d+) failed/.exec(run.output) ?? [0, 0, 1];
    counts.passed += Number(passed);
    counts.failed += code === 0 ? Number(failed) : Math.max(1, Number(failed));
    const told =
      code === 0 ? [/^fiddler-client .*$/m.exec(run.output)?.[0]] : run.output.split('\n').filter((line) => !line.startsWith('ok '));
    console.log(`${told.join('\n')}: ${passed} passed, ${failed} failed`);
  }
  service.child.kill('SIGTERM');
  if ((await service.done) !== 0 || /"level":"(error|fatal)"/.test(service.output)) {
    console.log(`The service logged an error or did not end well:\n${service.output}`);
    counts.failed += 1;
  }
  return counts;
}

if (findPython() === undefined) {
  console.log('SKIPPED: THE PYTHON CLIENT WAS NOT TRIED. There is no Python 3.11 or later with venv here.');
  console.log(process.env.CI ? '0 passed, 1 failed' : '0 passed, 0 failed');
  process.exit(process.env.CI ? 1 : 0);
}
const privateServer = onMysql && process.env.TEST_DATABASE_URL === undefined ? await startPrivateMysql() : undefined;
try {
  const { passed, failed } = await scenarios(onMysql ? (process.env.TEST_DATABASE_URL ?? privateServer.url) : undefined);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
} finally {
  await privateServer?.stop();
}
