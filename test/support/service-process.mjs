/** The built service and other programs as processes, for suites that are not jest's. They end with whoever started them. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';

const root = join(import.meta.dirname, '..', '..');
const readyWithin = 30_000;
const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => process.exit(130));

/** Starts a program; `output` grows, `done` resolves with the exit code. */
export function start(command, args, env, cwd = root) {
  const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  const run = { child, output: '' };
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (run.output += text));
  run.done = new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      children.delete(child);
      resolve(code);
    });
  });
  return run;
}

/** What a program of ours printed. @throws Error with its output when it fails */
export async function runNode(args, env) {
  const run = start(process.execPath, args, env);
  if ((await run.done) !== 0) throw new Error(`${args.slice(0, 2).join(' ')} failed:\n${run.output}`);
  return run.output.trim();
}

/** The address of a service, once it listens. @throws Error with its output when it does not */
export async function listening(service, within = readyWithin) {
  for (const deadline = Date.now() + within; Date.now() < deadline && service.child.exitCode === null;) {
    const url = /(http:\/\/127\.0\.0\.1:\d+)\/docs/.exec(service.output)?.[1];
    if (url !== undefined) return url;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`The service did not start:\n${service.output}`);
}

/** A `DATABASE_URL` that nobody used before: a file in the directory, or a new database on the server with this URL. */
export async function freshDatabase(server, directory, name) {
  if (server === undefined) return `sqlite:${join(directory, `${name}.sqlite`)}`;
  const database = `${name}_${randomBytes(4).toString('hex')}`;
  const connection = await createConnection(new URL('/', server).href);
  await connection.query(`CREATE DATABASE ${database}`);
  await connection.end();
  return new URL(`/${database}`, server).href;
}

/** What every service of a suite is told; the caller adds the database. */
export const serviceEnv = (own, databaseUrl) => ({
  ...own,
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
  DATABASE_URL: databaseUrl,
  JWT_SECRET: randomBytes(48).toString('base64url'),
});
