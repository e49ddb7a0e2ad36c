/** The process itself: its log cannot be written, its loop stands still, its clients go away, it runs for long. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/private-mysql.mjs';
import { clientAt, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { connectionsOf, create, hook, leftBehind, logged, tokenOf, until } from './lab.mjs';

/** What standard output is, and how it becomes well again where it can. `file` is what the service gets. */
const outputs = {
  full: () => ({ file: openSync('/dev/full', 'w') }),
  closed: (lab) => {
    const { path, reader } = pipe(lab);
    const file = openSync(path, constants.O_WRONLY);
    return { file, spoil: () => closeSync(reader) };
  },
  stalled: (lab) => {
    const { path, reader } = pipe(lab);
    const file = openSync(path, constants.O_WRONLY);
    let text = '';
    const drain = () => {
      const bytes = Buffer.alloc(1 << 20);
      for (let read = 0; ; text += bytes.toString('utf8', 0, read)) {
        try {
          read = readSync(reader, bytes);
        } catch {
          return text;
        }
      }
    };
    return { file, drain };
  },
};

function pipe(lab) {
  const path = join(lab.directory, 'log');
  execFileSync('mkfifo', [path]);
  return { path, reader: openSync(path, constants.O_RDONLY | constants.O_NONBLOCK) };
}

const logTrouble = (kind) => async (lab) => {
  const database = await lab.filled();
  const { file, spoil, drain } = outputs[kind](lab);
  const port = await freePort();
  const run = lab.run('main.js', [], database.url, { env: { PORT: String(port) }, stdio: ['ignore', file, 'pipe'] });
  const client = clientAt(`http://127.0.0.1:${port}`, tokenOf());
  if ((await until(40_000, async () => (await client.get('/health/ready')).status === 200)) === Infinity)
    throw new Error(`not started: ${run.output}`);
  spoil?.();
  const answers = await load(4, () => client.get('/v3/segments?limit=1'), counted(800));
  let told = '';
  if (drain !== undefined) {
    drain();
    answers.push(...(await load(1, () => client.get('/health/live'), counted(3))));
    told = `; with a reader again it tells of ${[...drain().matchAll(/"lost_log_lines":(\d+)/g)].reduce((sum, [, lost]) => sum + Number(lost), 0)} lost lines`;
  }
  run.child.kill('SIGTERM');
  const code = await run.ended;
  return {
    pass: onlyStatuses(answers, 200) && slowest(answers) < 5_000 && code === 0 && (drain === undefined || !told.includes(' 0 lost')),
    measured: `${tallyText(answers)}, slowest ${slowest(answers)} ms${told}; exit ${code}`,
  };
};

async function blocked(lab) {
  const { service } = await lab.world({ nodeArgs: ['--import', hook('block-on-signal')] });
  const client = service.client();
  await load(4, () => client.get('/v3/segments?limit=1'), counted(40));
  service.child.kill('SIGUSR2');
  await sleep(200);
  const asked = await Promise.all(Array.from({ length: 20 }, () => client.get('/v3/segments?limit=1')));
  const live = await service.anonymous().get('/health/live');
  const wellAfter = await until(5_000, async () => (await client.get('/v3/segments?limit=1')).status === 200);
  return {
    pass: onlyStatuses(asked, 200, 503) && slowest(asked) < 5_000 && live.status === 200 && wellAfter < 2_000,
    measured: `asked meanwhile ${tallyText(asked)}, slowest ${slowest(asked)} ms; liveness ${live.status} in ${slowest([live])} ms; well ${wellAfter} ms after`,
  };
}

/** A thousand clients that send a create or a read whole and go away at once or after a moment. */
async function disconnected(lab) {
  const { database, service } = await lab.world();
  const { hostname, port } = new URL(service.url);
  const names = [];
  const before = fileCount(service.child.pid);
  const leave = async (turn) => {
    const socket = connect(Number(port), hostname).on('error', () => undefined);
    const isWrite = turn % 2 === 0;
    const body = isWrite
      ? JSON.stringify({ model_id: '0c1d0000-0000-4000-8000-0000000000a8', name: `gone ${turn}`, definition: 'age > 1' })
      : '';
    if (isWrite) names.push({ name: `gone ${turn}`, status: 'gone' });
    const head = [
      isWrite ? 'POST /v3/segments HTTP/1.1' : 'GET /v3/segments?limit=2 HTTP/1.1',
      `host: ${hostname}:${port}`,
      `authorization: Bearer ${tokenOf()}`,
      'content-type: application/json',
      `content-length: ${Buffer.byteLength(body)}`,
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
    await sleep(turn % 7);
    socket.destroy();
  };
  let turn = 0;
  await load(10, () => leave(turn++), counted(1_000));
  const client = service.client();
  const wellAfter = await until(10_000, async () => (await client.get('/v3/segments?limit=1')).status === 200);
  await sleep(1_000);
  const left = await leftBehind(lab, database, names);
  const connections = (await connectionsOf(lab, database)).length;
  const errors = logged(service.log(), 'error', 'fatal').length;
  const after = fileCount(service.child.pid);
  return {
    pass: wellAfter < 5_000 && left.twice === 0 && connections <= 11 && errors === 0 && after <= before + 20,
    measured: `${left.unsure} of ${names.length} creates done, none twice; ${errors} errors logged; ${connections} database connections, ${after} open files (${before} before); well ${wellAfter} ms after`,
  };
}

const fileCount = (pid) => Number(execFileSync('sh', ['-c', `ls /proc/${pid}/fd | wc -l`], { encoding: 'utf8' }));
const residentMiB = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** Not an hour but a minute in all: what leaks with each request shows in thousands of them. */
async function soak(lab) {
  const { service } = await lab.world({ env: { LOG_LEVEL: 'warn' } });
  const client = service.client({ connections: 8 });
  const { pid } = service.child;
  const round = async (seconds) => {
    const start = performance.now();
    let turn = 0;
    const next = () => (turn++ % 10 === 0 ? create(client) : client.get('/v3/segments?limit=5'));
    return load(4, next, () => performance.now() - start > seconds * 1_000);
  };
  const answers = await round(15);
  const sizes = [residentMiB(pid)];
  const files = fileCount(pid);
  for (let rest = 0; rest < 3; rest++) {
    answers.push(...(await round(8)));
    sizes.push(residentMiB(pid));
  }
  const growth = sizes.at(-1) - sizes[0];
  const filesAfter = fileCount(pid);
  return {
    pass: onlyStatuses(answers, 200) && growth < 25 && filesAfter <= files + 5,
    measured: `${answers.length} requests in 39 s: ${tallyText(answers)}; resident ${sizes.map((size) => size.toFixed(0)).join(', ')} MiB; open files ${files}, then ${filesAfter}`,
  };
}

function counted(n) {
  let calls = 0;
  return () => ++calls > n;
}

export const processes = [
  {
    id: 'F14a',
    breaks: 'the log goes to a full disk',
    promise: 'only 200; exit 0 on SIGTERM',
    on: ['sqlite'],
    run: logTrouble('full'),
    quick: true,
  },
  { id: 'F14b', breaks: 'the log’s reader is gone', promise: 'only 200; exit 0 on SIGTERM', on: ['sqlite'], run: logTrouble('closed') },
  {
    id: 'F14c',
    breaks: 'the log’s reader has stopped reading',
    promise: 'only 200; lost lines are counted and told',
    on: ['sqlite'],
    run: logTrouble('stalled'),
  },
  {
    id: 'F21',
    breaks: 'the event loop stands still for 2 s',
    promise: 'only 200 and 503; liveness and all else well in 2 s',
    run: blocked,
    quick: true,
  },
  { id: 'F25', breaks: 'nothing: 39 s of load (short for the hour)', promise: 'only 200; memory and open files level', run: soak },
  {
    id: 'F26',
    breaks: '1,000 clients that leave before their answer',
    promise: 'no connection left over, no create twice, no error logged',
    run: disconnected,
    quick: true,
  },
];
