/**
 * Before all end-to-end suites of a run: starts the process that runs admin command lines (ADMIN_HOST), and puts the two tenants into
 * a database that suites get copies of, instead of a migration and a fixture each (DATABASE_TEMPLATE: SQLite's file, or a file with
 * the statements that fill an empty database of the server).
 */
import { execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { createConnection } from 'mysql2/promise';
import { findProgram } from './find-program.mjs';

const root = resolve(import.meta.dirname, '..', '..');
const build = join(root, process.env.BUILD_DIR ?? 'dist');
const fixture = join(root, 'test', 'fixtures', 'two-tenants.json');

/** @returns {Promise<void>}; `global-teardown.mjs` undoes it */
export default async function setUp() {
  const commandLine = join(build, 'admin', 'command-line.js');
  if (!existsSync(commandLine)) throw new Error(`There is no ${commandLine}: npm run build makes it.`);
  refuseOldBundle();
  // A suite is read by jest, which cannot load the module that finds programs.
  process.env.MARIADBD = findProgram('mariadbd') ?? '';
  const directory = mkdtempSync(join(tmpdir(), 'segments-e2e-'));
  const undo = [() => rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 })];
  globalThis.takeDown = async () => {
    for (const step of undo.toReversed()) await step();
  };
  const host = startHost(join(directory, 'host'));
  undo.push(async () => (await host).kill('SIGTERM'));
  try {
    await Promise.all([host, makeTemplate(directory, undo)]);
  } catch (error) {
    await globalThis.takeDown();
    throw error;
  }
}

/** Suites start the bundled programs where there are any: older than what they are made of, they would test what is no more. */
function refuseOldBundle() {
  const bundle = join(build, 'bundled', 'main.js');
  if (!existsSync(bundle)) return;
  const built = readdirSync(build, { recursive: true }).filter((file) => file.endsWith('.js') && !file.startsWith('bundled'));
  const newer = built.find((file) => statSync(join(build, file)).mtimeMs > statSync(bundle).mtimeMs);
  if (newer !== undefined) throw new Error(`${bundle} is older than ${newer}: npm run build makes both.`);
}

async function startHost(socket) {
  const host = spawn(process.execPath, [join(import.meta.dirname, 'admin-host.mjs'), build, socket], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(host, 'exit').then(([code]) => Promise.reject(new Error(`The process for admin command lines ended with ${code}.`)));
  await Promise.race([once(host.stdout, 'data'), gone]);
  gone.catch(() => undefined);
  process.env.ADMIN_HOST = socket;
  // Jest ends while it still runs; it ends with its standard input.
  for (const one of [host, host.stdin, host.stdout]) one.unref();
  return host;
}

async function makeTemplate(directory, undo) {
  const file = join(directory, 'template');
  process.env.DATABASE_TEMPLATE = file;
  if (process.env.E2E_DATABASE !== 'mysql') return apply(`sqlite:${file}`);
  const url = process.env.TEST_DATABASE_URL;
  if (url === undefined) throw new Error('TEST_DATABASE_URL is not set. `npm run test:mysql` starts a server and sets it.');
  const server = new URL('/', url);
  const name = `segments_template_${randomBytes(6).toString('hex')}`;
  const connection = await createConnection(server.href);
  undo.push(async () => {
    const last = await createConnection(server.href);
    await last.query(`DROP DATABASE ${name}`);
    await last.end();
  });
  await connection.query(`CREATE DATABASE ${name}`);
  await apply(new URL(name, server).href);
  const [tables] = await connection.query('SELECT table_name AS t FROM information_schema.tables WHERE table_schema = ?', [name]);
  const statements = ['SET foreign_key_checks = 0'];
  for (const { t } of tables) {
    const [[made]] = await connection.query(`SHOW CREATE TABLE ${name}.${t}`);
    statements.push(made['Create Table'], `INSERT INTO ${t} SELECT * FROM ${name}.${t}`);
  }
  writeFileSync(file, statements.join(';\n'));
  await connection.end();
}

/** The real command, in a process of its own. */
async function apply(databaseUrl) {
  const bundled = join(build, 'bundled');
  const program = join(existsSync(bundled) ? bundled : build, 'admin', 'main.js');
  const { PATH, HOME, TMPDIR } = process.env;
  const env = { PATH, HOME, TMPDIR, NODE_ENV: 'test', DATABASE_URL: databaseUrl, JWT_SECRET: randomBytes(48).toString('base64url') };
  await promisify(execFile)(process.execPath, [program, 'apply', fixture], { env });
}
