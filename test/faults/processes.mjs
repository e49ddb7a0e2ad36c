/** The process itself: its log cannot be written, its loop stands still, its clients go away, it runs for long. */
import { execFileSync } from 'node:child_process';
import { closeSync, constants, openSync, readFileSync, readSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/private-mysql.mjs';
import { clientAt, counted, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { connectionsOf, create, hook, leftBehind, logged, tokenOf, slack, until } from './lab.mjs';

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
    pass:
      onlyStatuses(answers, 200) && slowest(answers) < 5_000 * slack && code === 0 && (drain === undefined || !told.includes(' 0 lost')),
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
    pass: onlyStatuses(asked, 200, 503) && slowest(asked) < 5_000 * slack && live.status === 200 && wellAfter < 2_000 * slack,
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
    pass: wellAfter < 5_000 * slack && left.twice === 0 && connections <= 11 && errors === 0 && after <= before + 20,
    measured: `${left.unsure} of ${names.length} creates done, none twice; ${errors} errors logged; ${connections} database connections, ${after} open files (${before} before); well ${wellAfter} ms after`,
  };
}

const fileCount = (pid) => Number(execFileSync('sh', ['-c', `ls /proc/${pid}/fd | wc -l`], { encoding: 'utf8' }));
const residentMiB = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;

/** A soak in seconds: a minute unless told otherwise, an hour at night. */
const soakFor = Number(process.env.SOAK_SECONDS ?? 60);
/** A slope of memory is judged in soaks of so many seconds; in a shorter one the collector's own steps are larger. */
const slopeFrom = 1_800;

/** At half load: each client rests for as long as it waited. What leaks with each request shows in thousands of them. */
async function soak(lab) {
  const { service } = await lab.world({ env: { LOG_LEVEL: 'warn', SEGMENTS_PER_MODEL: '1000000' } });
  const client = service.client({ connections: 4 });
  const { pid } = service.child;
  let turn = 0;
  let bad = 0;
  const round = async (seconds) => {
    const end = performance.now() + seconds * 1_000;
    const next = async () => {
      const answer = await (turn++ % 10 === 0 ? create(client) : client.get('/v3/segments?limit=5'));
      if (answer.status !== 200) bad += 1;
      await sleep(answer.ms);
    };
    await load(4, next, () => performance.now() > end);
  };
  await round(soakFor / 3);
  const samples = [];
  const files = fileCount(pid);
  for (let part = 0; part < 20; part++) {
    await round(soakFor / 30);
    samples.push({ hours: performance.now() / 3_600_000, mib: residentMiB(pid) });
  }
  const filesAfter = fileCount(pid);
  const growth = mean(samples.slice(-5).map(({ mib }) => mib)) - mean(samples.slice(0, 5).map(({ mib }) => mib));
  const level = soakFor < slopeFrom ? growth < 15 : slope(samples) < 1;
  const change =
    soakFor < slopeFrom ? `${growth.toFixed(1)} MiB between the first and the last quarter` : `${slope(samples).toFixed(2)} MiB an hour`;
  return {
    pass: bad === 0 && level && filesAfter <= files + 5,
    measured: `${turn} requests in ${soakFor} s, ${bad} not 200; after a third of it ${samples[0].mib.toFixed(0)} MiB resident, at the end ${samples.at(-1).mib.toFixed(0)}: ${change}; open files ${files}, then ${filesAfter}`,
  };
}

const mean = (list) => list.reduce((sum, n) => sum + n, 0) / list.length;

/** By least squares, in MiB an hour. */
function slope(samples) {
  const [hours, mib] = [mean(samples.map((sample) => sample.hours)), mean(samples.map((sample) => sample.mib))];
  const squares = samples.map((sample) => (sample.hours - hours) ** 2);
  return mean(samples.map((sample) => (sample.hours - hours) * (sample.mib - mib))) / mean(squares);
}

export const processes = [
  { id: 'F14a', breaks: 'the log goes to a full disk', promise: 'only 200; exit 0 on SIGTERM', on: ['sqlite'], run: logTrouble('full') },
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
  {
    id: 'F25',
    breaks: `nothing: half load for ${soakFor} s`,
    promise: `only 200; open files level; memory within ${soakFor < slopeFrom ? '15 MiB' : '1 MiB an hour'}`,
    run: soak,
  },
  {
    id: 'F26',
    breaks: '1,000 clients that leave before their answer',
    promise: 'no connection left over, no create twice, no error logged',
    run: disconnected,
    quick: true,
  },
];
