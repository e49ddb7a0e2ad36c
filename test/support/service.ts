import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { askAdminHost } from './ask-admin.js';
import { watchService } from './server-errors.js';

export const projectRoot = resolve(import.meta.dirname, '..', '..');

/** Which build the suites start: BUILD_DIR lets two people test two builds of one checkout. */
export const buildDir = join(projectRoot, process.env['BUILD_DIR'] ?? 'dist');

/** The programs as they are shipped, each in a few files; a build that was made in haste has none. */
const bundled = join(buildDir, 'bundled');
const programDir = existsSync(bundled) ? bundled : buildDir;

/** What the tokens of a test run are signed with, and what they claim. */
export const jwt = { secret: randomBytes(48).toString('base64url'), issuer: 'segments-test', audience: 'segments-test-api' } as const;

const START_DEADLINE_MS = 60_000;
const STOP_DEADLINE_MS = 30_000;

export type Variables = Readonly<Record<string, string | undefined>>;

/**
 * The whole environment of a started process: of ours it gets what finds programs and files, nothing else, so that a variable of
 * the developer's shell cannot change a test. `undefined` takes a variable away.
 */
export const environment = (databaseUrl: string, more: Variables = {}): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  TMPDIR: process.env['TMPDIR'],
  NODE_ENV: 'test',
  HOST: '127.0.0.1',
  PORT: '0',
  DATABASE_URL: databaseUrl,
  JWT_SECRET: jwt.secret,
  JWT_ISSUER: jwt.issuer,
  JWT_AUDIENCE: jwt.audience,
  // A busy machine halts the service now and then, and what it sheds would fail a suite that is about something else.
  PRESSURE_DELAY: '0',
  ...more,
});

/** A process with all that it has printed so far. */
export interface Started {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves with the exit code, or with the signal's name. */
  readonly exited: Promise<number | NodeJS.Signals>;
}

/** Starts a file of the built program. The process dies with the test run. */
export function startProcess(file: string, args: readonly string[], env: NodeJS.ProcessEnv, cwd = projectRoot): Started {
  const child = spawn(process.execPath, [join(programDir, file), ...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = { stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output.stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output.stderr += text));
  const killChild = () => child.kill('SIGKILL');
  process.once('exit', killChild);
  // 'close' comes when the output is read to its end; 'exit' may come before that.
  const exited = once(child, 'close').then(([code, signal]) => {
    process.off('exit', killChild);
    return (code ?? signal) as number | NodeJS.Signals;
  });
  return { process: child, stdout: () => output.stdout, stderr: () => output.stderr, exited };
}

export interface Service {
  /** Such as `http://127.0.0.1:40213`. */
  readonly url: string;
  readonly port: number;
  readonly process: ChildProcess;
  /** Everything it has printed. */
  logs(): string;
  /** SIGTERM; resolves with the exit code. */
  stop(): Promise<number | NodeJS.Signals>;
  /** SIGKILL. */
  kill(): Promise<void>;
}

/** Starts the built service and waits until it says where it listens. */
export async function startService(options: { databaseUrl: string; env?: Variables; cwd?: string }): Promise<Service> {
  const started = startProcess('main.js', [], environment(options.databaseUrl, options.env), options.cwd);
  const logs = () => started.stdout() + started.stderr();
  const url = await listening(started).catch(async (error: Error) => {
    started.process.kill('SIGKILL');
    await started.exited;
    throw new Error(`${error.message}\n${logs()}`);
  });
  /** Once more it does no harm. */
  const stop = async (): Promise<number | NodeJS.Signals> => {
    started.process.kill('SIGTERM');
    const timer = setTimeout(() => started.process.kill('SIGKILL'), STOP_DEADLINE_MS);
    return started.exited.finally(() => clearTimeout(timer));
  };
  watchService({ logs: started.stdout, stop });
  return {
    url,
    port: Number(new URL(url).port),
    process: started.process,
    logs,
    stop,
    async kill() {
      started.process.kill('SIGKILL');
      await started.exited;
    },
  };
}

function listening(started: Started): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => reject(new Error(`The service did not say where it listens in ${START_DEADLINE_MS} ms:`)),
      START_DEADLINE_MS,
    );
    const look = () => {
      // What a development start prints for people, or what a production start logs.
      const found = /(http:\/\/[^\s/"]+:\d+)\/docs|"listening":"(http:[^"]+)"/.exec(started.stdout());
      const url = found?.[1] ?? found?.[2];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    };
    started.process.stdout?.on('data', look);
    started.exited.then(
      (code) => {
        clearTimeout(timer);
        reject(new Error(`The service ended with ${code} before it listened:`));
      },
      (error: Error) => reject(error),
    );
  });
}

/** How an admin command ended, and what it printed. */
export interface AdminOutcome {
  readonly code: number | NodeJS.Signals;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs an admin command to its end, after those that others asked for. */
export const runAdmin = (databaseUrl: string, args: readonly string[], env: Variables = {}): Promise<AdminOutcome> =>
  askAdminHost({ args, env: environment(databaseUrl, env) });

/** The same in a process of its own, where that is what it is about: it races another one, or starts with something of the test's. */
export async function runAdminProcess(databaseUrl: string, args: readonly string[], env: Variables = {}): Promise<AdminOutcome> {
  const started = startProcess('admin/main.js', args, environment(databaseUrl, env));
  const code = await started.exited;
  return { code, stdout: started.stdout(), stderr: started.stderr() };
}
