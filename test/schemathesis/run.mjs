/**
 * Schemathesis against the OpenAPI document of the built service: every check and every phase, as a user of each of two tenants, each
 * with a service of its own on a fresh database with the two tenants in it.
 *
 *     npm run test:schemathesis                        on SQLite
 *     npm run test:schemathesis -- mysql               on the server of TEST_DATABASE_URL, else on a private one
 *     npm run test:schemathesis -- -n 20               further arguments go to Schemathesis; here: fewer examples
 *
 * The last line is `N passed, N failed`: the test cases of both runs. Failures are told by Schemathesis itself, with the seed and a
 * curl command for each; it is installed into .venv/schemathesis, from PyPI, at the versions of requirements.txt.
 */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { startPrivateMysql } from '../support/private-mysql.mjs';
import { freshDatabase, listening, runNode, serviceEnv, start } from '../support/service-process.mjs';
import { virtualEnvironment } from '../support/python-venv.mjs';

const here = import.meta.dirname;
const root = dirname(dirname(here));
const build = join(root, process.env.BUILD_DIR ?? 'dist', 'bundled');
const SEED = '20251125';
const EXAMPLES = '45';
const LEAST_CASES = 5_000;
const DEADLINE_MS = 8 * 60_000;

/** Who calls: one who may do everything in the one tenant, a Project Writer in the other. */
const TENANTS = [
  { organization: 'acme', email: 'pia@acme.test' },
  { organization: 'globex', email: 'gus@globex.test' },
];

const [engine, ...further] = ['sqlite', 'mysql'].includes(process.argv[2]) ? process.argv.slice(2) : ['sqlite', ...process.argv.slice(2)];
const directory = mkdtempSync(join(tmpdir(), 'segments-schemathesis-'));
process.once('exit', () => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 }));

/** The two tenants; pia may create projects too, or nothing behind that route would be seen. */
function fixture() {
  const content = JSON.parse(readFileSync(join(root, 'test', 'fixtures', 'two-tenants.json'), 'utf8'));
  for (const user of content.organizations.flatMap(({ users }) => users)) if (user.email === TENANTS[0].email) user.role = 'Org Admin';
  const file = join(directory, 'fixture.json');
  writeFileSync(file, JSON.stringify(content));
  return { content, file };
}

/** The ids of what the user may read and change from the start. */
function idsOf(content, { organization, email }) {
  const projects = content.organizations
    .find(({ name }) => name === organization)
    .projects.filter(({ members }) => members.some((one) => one.email === email));
  return { project_id: projects.map(({ id }) => id), model_id: projects.flatMap(({ models }) => models.map(({ id }) => id)) };
}

/** One run: its own database, service and Schemathesis. */
async function runAs(tenant, { program, server, file, content }) {
  const { organization, email } = tenant;
  const own = { PATH: process.env.PATH, HOME: process.env.HOME, TMPDIR: process.env.TMPDIR };
  const env = serviceEnv(own, await freshDatabase(server, directory, organization));
  const admin = (...args) => runNode([join(build, 'admin', 'main.js'), ...args], env);
  await admin('apply', file);
  const token = await admin('token', email, '--ttl', '1h');
  const service = start(process.execPath, [join(build, 'main.js')], env);
  const url = await listening(service);
  const args = [
    '--config-file',
    join(here, 'schemathesis.toml'),
    '--no-color',
    'run',
    `${url}/openapi.json`,
    '--seed',
    SEED,
    '-n',
    EXAMPLES,
    ...further,
  ];
  // It keeps a cache and the failures of its last run in the working directory.
  mkdirSync(join(directory, organization));
  const test = start(
    program,
    args,
    {
      ...own,
      SCHEMATHESIS_HOOKS: join(here, 'hooks.py'),
      SCHEMATHESIS_TOKEN: token,
      SCHEMATHESIS_IDS: JSON.stringify(idsOf(content, tenant)),
      PYTHONHASHSEED: '0',
      PYTHONDONTWRITEBYTECODE: '1',
    },
    join(directory, organization),
  );
  const timer = setTimeout(() => test.child.kill('SIGKILL'), DEADLINE_MS);
  const code = await test.done.finally(() => clearTimeout(timer));
  service.child.kill('SIGTERM');
  const ended = await service.done;
  return { tenant, ...countsOf(test.output), code, ended, output: test.output, log: service.output };
}

/** From the closing lines of Schemathesis: `3107 generated, 2 found 2 unique failures, 1 errored, 46 skipped`. */
function countsOf(output) {
  const summary = /^Test cases:\n\s+(.*)$/m.exec(output)?.[1] ?? '';
  const count = (pattern) => Number(pattern.exec(summary)?.[1]?.replaceAll(',', '') ?? 0);
  return { cases: count(/([\d,]+) generated/), failures: count(/([\d,]+) unique failure/) + count(/([\d,]+) errored/) };
}

async function main() {
  const program = join(virtualEnvironment('schemathesis', readFileSync(join(here, 'requirements.txt'), 'utf8')), 'schemathesis');
  const { content, file } = fixture();
  const own = engine === 'mysql' && process.env.TEST_DATABASE_URL === undefined ? await startPrivateMysql() : undefined;
  const server = engine === 'mysql' ? (process.env.TEST_DATABASE_URL ?? own.url) : undefined;
  try {
    return await Promise.all(TENANTS.map((tenant) => runAs(tenant, { program, server, file, content })));
  } finally {
    await own?.stop();
  }
}

const began = performance.now();
let [passed, failed] = [0, 0];
try {
  for (const { tenant, cases, failures, code, ended, output, log } of await main()) {
    const wrong = code === 0 && ended === 0 && log.search(/"level":"(error|fatal)"/) < 0 ? failures : Math.max(failures, 1);
    console.log(wrong === 0 ? output.split('= SUMMARY =')[1]?.replace(/^=*/, '') : `${output}\n--- the service's log\n${log}`);
    console.log(`${tenant.email}: ${cases} cases, ${wrong} failures`);
    failed += wrong;
    passed += Math.max(0, cases - wrong);
  }
  if (further.length === 0 && passed + failed < LEAST_CASES) {
    console.error(`Fewer cases than ${LEAST_CASES}: something keeps Schemathesis from its work.`);
    failed += 1;
  }
} catch (error) {
  console.error(error.message);
  failed += 1;
}
console.log(`${engine}, ${((performance.now() - began) / 1000).toFixed(0)} s`);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
