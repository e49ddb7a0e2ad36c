/** What the faults are tried on: a private database server that they may kill, and services on databases of their own. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { isAbsolute, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import jsonwebtoken from 'jsonwebtoken';
import { createConnection } from 'mysql2/promise';
import { startPrivateMysql } from '../support/private-mysql.mjs';
import { clientAt } from './client.mjs';

const root = join(import.meta.dirname, '..', '..');
export const build = join(root, process.env.BUILD_DIR ?? 'dist');
export const fixture = join(root, 'test', 'fixtures', 'two-tenants.json');
export const hook = (name) => join(import.meta.dirname, 'hooks', `${name}.mjs`);

/** Of the fixture: a model that wim may write, and a user. */
export const model = '0c1d0000-0000-4000-8000-0000000000a8';
const wim = '0c1d0000-0000-4000-8000-0000000000a3';

const jwt = { secret: randomBytes(48).toString('base64url'), issuer: 'segments-faults', audience: 'segments-faults-api' };

/** A token of wim's, issued `skew` seconds from now. */
export function tokenOf(skew = 0) {
  const iat = Math.floor(Date.now() / 1000) + skew;
  const claims = { sub: wim, iss: jwt.issuer, aud: jwt.audience, iat, exp: iat + 2 * 3600 };
  return jsonwebtoken.sign(JSON.stringify(claims), jwt.secret, { algorithm: 'HS256', header: { alg: 'HS256', typ: 'JWT' } });
}

/** Kept as a real server keeps it: what was committed survives a kill. */
const durable = ['--innodb-flush-log-at-trx-commit=1', '--innodb-doublewrite=1'];

export const startServer = (options = [], parent = tmpdir()) => startPrivateMysql([...durable, ...options], parent);

/** What runs; it ends with whoever started it. */
const children = new Set();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Server → name of the database that worlds are copied from. */
const templates = new WeakMap();

/** One fault's world. Everything that it starts ends with `close`. */
export class Lab {
  /** @param {Awaited<ReturnType<typeof startServer>> | undefined} server undefined: SQLite */
  constructor(server) {
    this.server = server;
    this.directory = mkdtempSync(join(tmpdir(), 'segments-faults-'));
    this.closers = [];
  }

  /** Runs a statement as the server's administrator. */
  async sql(text, params = [], database = undefined) {
    const connection = await createConnection({ uri: this.server.url, database, connectTimeout: 5_000, dateStrings: true });
    try {
      return (await connection.query(text, params))[0];
    } finally {
      connection.destroy();
    }
  }

  /** A connection that stays open, for holding locks. */
  async console(database) {
    const connection = await createConnection({ uri: this.server.url, database });
    connection.on('error', () => undefined);
    this.closers.push(() => connection.destroy());
    return connection;
  }

  /** An empty database of its own, whose user may do everything in it and nothing else. @returns {Promise<{name: string, url: string}>} */
  async database() {
    const name = `f_${randomBytes(5).toString('hex')}`;
    if (this.server === undefined) return { name, url: `sqlite:${join(this.directory, `${name}.sqlite`)}` };
    await this.sql(`CREATE DATABASE ${name}`);
    const password = randomBytes(9).toString('hex');
    await this.sql(`CREATE USER '${name}'@'%' IDENTIFIED BY '${password}'`);
    await this.sql(`GRANT ALL ON ${name}.* TO '${name}'@'%'`);
    const url = new URL(`/${name}`, this.server.url);
    url.username = name;
    url.password = password;
    return { name, url: url.href };
  }

  /** A program of ours under way; `output` grows, `ended` resolves with its exit code or signal. */
  run(file, args, databaseUrl, { env = {}, nodeArgs = [], stdio = ['ignore', 'pipe', 'pipe'] } = {}) {
    const environment = {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'test',
      HOST: '127.0.0.1',
      PORT: '0',
      LOG_LEVEL: 'info',
      BUILD_DIR: process.env.BUILD_DIR,
      DATABASE_URL: databaseUrl,
      JWT_SECRET: jwt.secret,
      JWT_ISSUER: jwt.issuer,
      JWT_AUDIENCE: jwt.audience,
      ...env,
    };
    const program = isAbsolute(file) ? file : join(build, file);
    const child = spawn(process.execPath, [...nodeArgs, program, ...args], { cwd: this.directory, env: environment, stdio });
    const run = { child, output: '' };
    for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (run.output += text));
    children.add(child);
    run.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
    run.ended.then(() => children.delete(child));
    this.closers.push(() => child.kill('SIGKILL'));
    return run;
  }

  /** Runs an admin command to its end; `toEnd` any program. @returns {Promise<{ code: number | string, output: string, ms: number }>} */
  admin(databaseUrl, args, options) {
    return this.toEnd('admin/main.js', args, databaseUrl, options);
  }

  async toEnd(file, args, databaseUrl, options) {
    const start = performance.now();
    const run = this.run(file, args, databaseUrl, options);
    const code = await run.ended;
    return { code, output: run.output, ms: performance.now() - start };
  }

  /** A service that listens. Its log is in `output`. */
  async service(databaseUrl, options = {}) {
    const run = this.run('main.js', [], databaseUrl, options);
    const started = performance.now();
    while (performance.now() - started < 40_000 && run.child.exitCode === null && run.child.signalCode === null) {
      const url = /(http:\/\/127\.0\.0\.1:\d+)\/docs/.exec(run.output)?.[1];
      if (url !== undefined) {
        const client = (more) => clientAt(url, tokenOf(), more);
        // What a start costs is not what is measured.
        const warm = client();
        await until(20_000, async () => [200, 401].includes((await warm.get('/v3/segments?limit=1')).status));
        warm.close();
        return { ...run, run, url, client, log: () => run.output, anonymous: (more) => clientAt(url, undefined, more) };
      }
      await sleep(20);
    }
    throw new Error(`The service did not start:\n${run.output}`);
  }

  /** A database with the two tenants in it, and a service on it. */
  async world(options = {}) {
    const database = await this.filled();
    return { database, service: await this.service(database.url, options) };
  }

  /** A database with the two tenants in it: applied once to a server, copied from then on. */
  async filled() {
    const database = await this.database();
    const template = templates.get(this.server);
    if (template === undefined) {
      const { code, output } = await this.admin(database.url, ['apply', fixture]);
      if (code !== 0) throw new Error(`admin apply ended with ${code}:\n${output}`);
      if (this.server === undefined) return database;
      templates.set(this.server, database.name);
      return this.filled();
    }
    const connection = await this.console(database.name);
    await connection.query('SET foreign_key_checks = 0');
    const [tables] = await connection.query('SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ?', [template]);
    for (const { name } of tables) {
      const [[made]] = await connection.query(`SHOW CREATE TABLE ${template}.${name}`);
      await connection.query(made['Create Table']);
      await connection.query(`INSERT INTO ${name} SELECT * FROM ${template}.${name}`);
    }
    connection.destroy();
    return database;
  }

  async close() {
    for (const close of this.closers.reverse()) close();
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/**
 * By how much longer than promised things may take: the machines of CI are slower and stand still now and then. A promise that is not
 * kept misses by far more: what hangs waits for its deadline of 15 s, for ever, or ends with another exit code.
 */
export const slack = process.env.CI ? 4 : 1;

let names = 0;
/** The body of a create that nothing else has asked for. */
export const newSegment = () => ({ model_id: model, name: `fault ${++names}`, definition: 'age > 50' });
export const create = (client, body = newSegment(), headers = undefined) =>
  client.post('/v3/segments', body, headers).then((answer) => ({ ...answer, name: body.name }));

/** Waits until the answer is what it should be, looking every `pause` milliseconds. @returns {Promise<number>} milliseconds that it took, Infinity past the limit (times `slack`) */
export async function until(limit, holds, pause = 20) {
  const start = performance.now();
  while (performance.now() - start < limit * slack) {
    if (await holds()) return Math.round(performance.now() - start);
    await sleep(pause);
  }
  return Infinity;
}

/** Lines of the service's log at these levels. */
export const logged = (log, ...levels) => log.split('\n').filter((line) => levels.some((level) => line.includes(`"level":"${level}"`)));

/** What the creates left behind: `lost` were answered 200 and are not there, `twice` are there more than once. */
export async function leftBehind(lab, { name }, creates) {
  const rows = await lab.sql(`SELECT name, COUNT(*) AS n FROM ${name}.segment GROUP BY name`);
  const counts = new Map(rows.map((row) => [row.name, Number(row.n)]));
  return {
    lost: creates.filter(({ status, name: asked }) => status === 200 && !counts.has(asked)).length,
    twice: creates.filter(({ name: asked }) => (counts.get(asked) ?? 0) > 1).length,
    unsure: creates.filter(({ status, name: asked }) => status !== 200 && counts.has(asked)).length,
  };
}

/** Ids of the database connections of a service's own user. */
export const connectionsOf = async (lab, { name }) =>
  (await lab.sql('SELECT id FROM information_schema.processlist WHERE user = ? ORDER BY id', [name])).map(({ id }) => Number(id));
