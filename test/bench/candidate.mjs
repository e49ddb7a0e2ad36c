/** The programs that are compared, each a process that says where it listens. */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { onServerProcessor } from './pinning.mjs';

const here = join(import.meta.dirname, 'candidates');
const root = join(import.meta.dirname, '..', '..');
export const buildDir = join(root, process.env.BUILD_DIR ?? 'dist');
const readyWithin = 30_000;

/** What the service is told in production, its log at its default level. */
const serviceEnv = (secret, databaseUrl) => ({
  NODE_ENV: 'production',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  JWT_SECRET: secret,
  JWT_ISSUER: 'segments',
  JWT_AUDIENCE: 'segments-api',
});

export const service = { file: join(buildDir, 'bundled', 'main.js'), env: serviceEnv };
export const floorHttp = { file: join(here, 'floor-http.mjs'), env: () => ({}) };
export const floorFastify = {
  file: join(here, 'floor-fastify.mjs'),
  env: (secret, databaseUrl, world) => ({ JWT_SECRET: secret, DATABASE_URL: databaseUrl, WORLD: JSON.stringify(world) }),
};
export const tutorial = {
  file: join(buildDir, 'bench', 'tutorial.js'),
  env: (secret, databaseUrl) => ({ NODE_ENV: 'production', JWT_SECRET: secret, DATABASE_URL: databaseUrl }),
};

/**
 * Starts a candidate; what it prints goes to a file, which is what a log costs least.
 * @returns {Promise<{ pid: number, url: string, readyAfter: number, send: (message: unknown) => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startCandidate({ file, env }, { secret, databaseUrl, world, log, nodeArgs = [] }) {
  const [command, args] = onServerProcessor(process.execPath, [...nodeArgs, file]);
  const output = openSync(log, 'w');
  const start = performance.now();
  const child = spawn(command, args, {
    cwd: root,
    env: { PATH: process.env.PATH, ...env(secret, databaseUrl, world) },
    stdio: ['ignore', output, output, 'ipc'],
  });
  closeSync(output);
  const killed = () => child.kill('SIGKILL');
  process.once('exit', killed);
  const ended = new Promise((resolve) => child.once('exit', resolve)).then(() => process.off('exit', killed));
  const url = await listening(child, log);
  return {
    pid: child.pid,
    url,
    readyAfter: performance.now() - start,
    send: (message) => new Promise((resolve) => child.once('message', resolve).send(message)),
    async stop() {
      child.kill('SIGTERM');
      const timer = setTimeout(killed, 10_000);
      await ended;
      clearTimeout(timer);
    },
  };
}

async function listening(child, log) {
  for (const deadline = Date.now() + readyWithin; Date.now() < deadline && child.exitCode === null; await sleep(5)) {
    const url = /http:\/\/127\.0\.0\.1:\d+/.exec(readFileSync(log, 'utf8'))?.[0];
    if (url !== undefined) return url;
  }
  child.kill('SIGKILL');
  throw new Error(`A candidate did not start:\n${readFileSync(log, 'utf8')}`);
}
