/**
 * A private MariaDB or MySQL server for tests: its own temporary directory, socket, port and password, on loopback only.
 * Durability is off, for speed; everything else (character set, SQL mode) stays at the server's defaults, because that is
 * what a user's server has.
 *
 *     node test/support/private-mysql.mjs                  prints its URL and serves until Ctrl-C
 *     node test/support/private-mysql.mjs npx jest …       runs the command with TEST_DATABASE_URL set
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import mysql from 'mysql2/promise';
import { aptInstall } from './apt-install.mjs';
import { findProgram } from './find-program.mjs';

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 10_000;
const asRoot = process.getuid?.() === 0;
const runAs = asRoot ? ['--user=root'] : [];
const instead = 'Set TEST_DATABASE_URL=mysql://user:password@host:port/ to use a server that already runs, or run `npm run test:sqlite`.';

/**
 * @param {readonly string[]} options of the server, over ours
 * @param {string} parent of the server's directory
 * @returns {Promise<{ url: string, version: string, directory: string, pid: () => number, kill: (signal: string) => void,
 *   relaunch: (more?: readonly string[]) => Promise<void>, stop: () => Promise<void> }>} `url` is of an account that may create
 *   databases; `kill` sends a signal; `relaunch` ends what still runs and starts it again on the same data, port and account
 */
export async function startPrivateMysql(options = [], parent = tmpdir()) {
  const server = findServer() ?? installServer();
  const directory = mkdtempSync(join(parent, 'segments-mysql-'));
  let child;
  const discard = () => {
    child?.kill('SIGKILL');
    rmSync(directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  };
  process.once('exit', discard);
  try {
    createDataDirectory(server, directory);
    const port = await freePort();
    const password = randomBytes(12).toString('hex');
    child = launch(server, directory, port, password, options);
    const account = { host: '127.0.0.1', port, user: 'segments', password };
    await untilReady(child, account, join(directory, 'error.log'));
    const stop = async () => {
      await end(child);
      process.off('exit', discard);
      discard();
    };
    const relaunch = async (more = []) => {
      await end(child);
      child = launch(server, directory, port, password, [...options, ...more]);
      await untilReady(child, account, join(directory, 'error.log'));
    };
    const url = `mysql://segments:${password}@127.0.0.1:${port}/`;
    return { url, version: server.version, directory, pid: () => child.pid, kill: (signal) => child.kill(signal), relaunch, stop };
  } catch (error) {
    discard();
    throw error;
  }
}

/** A server binary with what fills its data directory, or undefined where there is none. */
function findServer() {
  const binary = findProgram('mariadbd') ?? findProgram('mysqld');
  if (binary === undefined) return undefined;
  const version = spawnSync(binary, ['--no-defaults', '--version'], { encoding: 'utf8' }).stdout.trim();
  const isMariaDb = /mariadb/i.test(version);
  const installer = isMariaDb ? (findProgram('mariadb-install-db') ?? findProgram('mysql_install_db')) : binary;
  return installer === undefined ? undefined : { binary, installer, isMariaDb, version };
}

/**
 * Installs the server's programs. `mariadb-server-core` holds them without the system service that `mariadb-server` adds, so
 * nothing is started or configured outside our directory; `mariadb-client-core` has a program that the installer script calls.
 */
function installServer() {
  aptInstall('No MariaDB or MySQL server here', ['mariadb-server-core', 'mariadb-client-core'], instead);
  const server = findServer();
  if (server === undefined) throw new Error(`mariadb-server-core is installed, yet mariadbd is not to be found. ${instead}`);
  return server;
}

function createDataDirectory({ installer, isMariaDb }, directory) {
  const common = ['--no-defaults', `--datadir=${join(directory, 'data')}`, ...runAs];
  const args = isMariaDb ? [...common, '--skip-test-db', '--skip-name-resolve'] : [...common, '--initialize-insecure'];
  const result = spawnSync(installer, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], cwd: directory });
  if (result.status !== 0) throw new Error(`${installer} failed:\n${result.stdout}${result.stderr}`);
}

function launch({ binary, isMariaDb }, directory, port, password, options) {
  const initFile = join(directory, 'init.sql');
  const account = `CREATE USER IF NOT EXISTS 'segments'@'%' IDENTIFIED BY '${password}';\nGRANT ALL PRIVILEGES ON *.* TO 'segments'@'%' WITH GRANT OPTION;\n`;
  writeFileSync(initFile, account, { mode: 0o600 });
  const args = [
    '--no-defaults',
    ...runAs,
    `--datadir=${join(directory, 'data')}`,
    `--socket=${join(directory, 'server.sock')}`,
    `--pid-file=${join(directory, 'server.pid')}`,
    `--init-file=${initFile}`,
    '--bind-address=127.0.0.1',
    `--port=${port}`,
    '--skip-name-resolve',
    '--skip-log-bin',
    '--performance-schema=OFF',
    '--innodb-buffer-pool-size=64M',
    '--innodb-flush-log-at-trx-commit=0',
    '--innodb-doublewrite=0',
    ...(isMariaDb ? [] : ['--mysqlx=OFF']),
    ...options,
  ];
  const log = openSync(join(directory, 'error.log'), 'a');
  // A process group of its own: Ctrl-C reaches us alone, and we stop the server when its users are done.
  return spawn(binary, args, { stdio: ['ignore', log, log], detached: true });
}

/** The port is free at this moment; the server is the next to ask for it. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

async function untilReady(child, account, logFile) {
  const deadline = Date.now() + START_DEADLINE_MS;
  for (;;) {
    const gone = child.exitCode !== null || child.signalCode !== null;
    if (gone || Date.now() > deadline) {
      const tail = readFileSync(logFile, 'utf8').trim().split('\n').slice(-20).join('\n');
      throw new Error(`The private database server ${gone ? 'ended at once' : 'did not get ready'}:\n${tail}\n${instead}`);
    }
    try {
      const connection = await mysql.createConnection(account);
      await connection.end();
      return;
    } catch {
      await sleep(25);
    }
  }
}

async function end(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const killer = setTimeout(() => child.kill('SIGKILL'), STOP_DEADLINE_MS);
  await exited;
  clearTimeout(killer);
}

/** Runs the command line's command against the server, or serves until a signal when there is none. */
async function main([command, ...args]) {
  const server = await startPrivateMysql();
  const child =
    command === undefined ? undefined : spawn(command, args, { stdio: 'inherit', env: { ...process.env, TEST_DATABASE_URL: server.url } });
  if (child === undefined) console.log(server.url);
  const heartbeat = setInterval(() => undefined, 60_000);
  try {
    process.exitCode = await new Promise((resolve, reject) => {
      child?.once('error', reject).once('exit', (status) => resolve(status ?? 1));
      for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
        process.on(signal, () => (child === undefined ? resolve(0) : child.kill(signal)));
    });
  } finally {
    clearInterval(heartbeat);
    await server.stop();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  main(process.argv.slice(2)).catch((error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
