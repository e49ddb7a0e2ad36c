/** The database dies, comes back, stands still, runs full, or is there but refuses to write. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { connectionsOf, create, Lab, leftBehind, logged, newSegment, startServer, slack, until } from './lab.mjs';

/** Reads and creates side by side until `stop`; answers of both. */
async function traffic(client, stop, { readers = 4, writers = 4 } = {}) {
  const [reads, creates] = await Promise.all([
    load(readers, () => client.get('/v3/segments?limit=2'), stop),
    load(writers, () => create(client), stop),
  ]);
  return { reads, creates, all: [...reads, ...creates] };
}

const sound = ({ lost, twice }) => lost === 0 && twice === 0;

async function killed(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  let over = false;
  const answers = traffic(client, () => over);
  await sleep(1_500);
  const killedAt = performance.now();
  lab.server.kill('SIGKILL');
  await sleep(2_000);
  await lab.server.relaunch();
  const back = performance.now();
  const wellAfter = await until(10_000, async () => (await create(client)).status === 200);
  over = true;
  const { creates, all } = await answers;
  const left = await leftBehind(lab, database, creates);
  const refused = all.filter(({ status }) => status === 503);
  const late = Math.max(0, ...all.filter(({ status }) => status !== 200).map(({ at, ms }) => at + ms)) - back;
  return {
    pass: onlyStatuses(all, 200, 503) && refused.length > 0 && slowest(refused) < 1_000 * slack && sound(left) && wellAfter < 5_000 * slack,
    measured: `${tallyText(all)}; slowest 503 ${slowest(refused)} ms; well ${wellAfter} ms after the server (last 503 ${Math.round(Math.max(0, late))} ms); of ${creates.length} creates ${left.lost} lost, ${left.twice} twice, ${left.unsure} written though answered 503; ${all.filter(({ at, ms }) => at < killedAt && at + ms > killedAt).length} were in flight`,
  };
}

async function restarted(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  let over = false;
  const answers = traffic(client, () => over);
  const windows = [];
  for (let round = 0; round < 5; round++) {
    await sleep(1_000);
    const from = performance.now();
    await lab.server.relaunch();
    windows.push({ from, to: performance.now() });
  }
  await sleep(1_500);
  over = true;
  const { creates, all } = await answers;
  const bad = all.filter(({ status }) => status !== 200);
  const outside = bad.filter(
    (answer) => !windows.some(({ from, to }) => answer.at + answer.ms >= from && answer.at + answer.ms <= to + 1_000),
  );
  const left = await leftBehind(lab, database, creates);
  const pool = (await connectionsOf(lab, database)).length;
  const down = windows.map(({ from, to }) => Math.round(to - from));
  return {
    pass: onlyStatuses(all, 200, 503) && outside.length === 0 && sound(left) && pool <= 11 && service.child.exitCode === null,
    measured: `${tallyText(all)}; down ${down.join(', ')} ms; ${outside.length} errors more than 1 s after a restart; slowest ${slowest(all)} ms; ${left.lost} creates lost, ${left.twice} twice; ${pool} connections afterwards; same process`,
  };
}

const stillFor = 30_000;

async function mustBe200(request) {
  const { status, body, ms } = await request;
  if (status !== 200) throw new Error(`${status} after ${Math.round(ms)} ms: ${JSON.stringify(body)}`);
  return body;
}

async function stopped(lab) {
  const { database, service } = await lab.world();
  const client = service.client({ connections: 16 });
  const [first] = (await mustBe200(client.get('/v3/segments?limit=1'))).data.items;
  const live = service.anonymous({ connections: 1 });
  let over = false;
  const answers = traffic(client, () => over, { readers: 8, writers: 4 });
  const beats = load(
    1,
    () => sleep(200).then(() => live.get('/health/live')),
    () => over,
  );
  const readiness = [];
  await sleep(1_000);
  const from = performance.now();
  lab.server.kill('SIGSTOP');
  await sleep(3_000);
  readiness.push((await live.get('/health/ready')).status);
  await sleep(stillFor - 3_000);
  lab.server.kill('SIGCONT');
  const resumed = performance.now();
  const wellAfter = await until(10_000, async () => {
    const { status, body } = await client.get(`/v3/segments/${first.id}`);
    if (status === 200 && body.data.id !== first.id) throw new Error('an answer to another request');
    return status === 200;
  });
  const readyAfter = await until(5_000, async () => (await live.get('/health/ready')).status === 200);
  await sleep(1_000);
  over = true;
  const { creates, all } = await answers;
  const alive = await beats;
  const left = await leftBehind(lab, database, creates);
  const during = all.filter(({ at, ms }) => at + ms > from && at < resumed);
  return {
    pass:
      onlyStatuses(all, 200, 503) &&
      slowest(all) <= 5_000 * slack &&
      onlyStatuses(alive, 200) &&
      wellAfter < 2_000 * slack &&
      readyAfter < 2_000 * slack &&
      readiness[0] === 503 &&
      sound(left),
    measured: `in ${stillFor / 1000} s ${tallyText(during)}, slowest ${slowest(during)} ms; liveness ${tallyText(alive)}, slowest ${slowest(alive)} ms; readiness ${readiness[0]}; first good answer ${wellAfter} ms after, ready ${readyAfter} ms; ${left.lost} creates lost, ${left.twice} twice, ${left.unsure} written though answered 503`,
  };
}

async function diskFull() {
  const parent = mkdtempSync(join(tmpdir(), 'segments-full-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=170m', 'none', parent], { stdio: 'pipe' });
  } catch {
    rmSync(parent, { recursive: true });
    return { skipped: true, measured: 'no right to mount a tmpfs here' };
  }
  let server;
  let lab;
  try {
    server = await startServer(['--innodb-log-file-size=4M', '--innodb-buffer-pool-size=16M'], parent);
    lab = new Lab(server);
    const { database, service } = await lab.world();
    const client = service.client();
    const filler = join(parent, 'filler');
    const free = Number(execFileSync('df', ['--output=avail', '-k', parent], { encoding: 'utf8' }).split('\n')[1]);
    writeFileSync(filler, Buffer.alloc((free - 600) * 1024));
    const start = performance.now();
    const description = 'd'.repeat(2_000);
    let failures = 0;
    const creates = await load(
      4,
      async () => {
        const answer = await create(client, { ...newSegment(), description, definition: `comment != '${'x'.repeat(9_000)}'` });
        if (answer.status !== 200) failures += 1;
        return answer;
      },
      () => failures > 30 || performance.now() - start > 15_000,
    );
    const reads = await load(
      2,
      () => client.get('/v3/segments?limit=2'),
      () => performance.now() - start > 17_000,
    );
    const ready = await service.anonymous().get('/health/ready');
    rmSync(filler);
    await server.relaunch();
    const wellAfter = await until(10_000, async () => (await create(client)).status === 200);
    const left = await leftBehind(lab, database, creates);
    return {
      pass: onlyStatuses([...creates, ...reads], 200, 503) && failures > 0 && sound(left) && wellAfter < 5_000 * slack,
      measured: `creates ${tallyText(creates)}; reads meanwhile ${tallyText(reads)}; readiness ${ready.status}; with room again and the server restarted well after ${wellAfter} ms; ${left.lost} creates lost, ${left.twice} twice`,
    };
  } finally {
    await lab?.close();
    await server?.stop();
    execFileSync('umount', ['--lazy', parent]);
    rmSync(parent, { recursive: true, force: true });
  }
}

async function readOnly(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  await load(10, () => client.get('/v3/segments?limit=2'), counted(40));
  const before = await connectionsOf(lab, database);
  await lab.sql('SET GLOBAL read_only = 1');
  let writes, reads;
  try {
    [writes, reads] = await Promise.all([
      load(4, () => create(client), counted(40)),
      load(4, () => client.get('/v3/segments?limit=2'), counted(100)),
    ]);
  } finally {
    await lab.sql('SET GLOBAL read_only = 0');
  }
  const wellAfter = await until(5_000, async () => (await create(client)).status === 200);
  const kept = (await connectionsOf(lab, database)).filter((id) => before.includes(id)).length;
  return {
    pass: onlyStatuses(writes, 503) && onlyStatuses(reads, 200) && wellAfter < 1_000 * slack && kept <= 1,
    measured: `writes ${tallyText(writes)}, slowest ${slowest(writes)} ms; reads ${tallyText(reads)}; of ${before.length} connections ${before.length - kept} were given up; writes again ${wellAfter} ms after`,
  };
}

/** Connections opened before the failover stay read-only for their life, as those to a former primary do. */
async function failover(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  await lab.sql("SET GLOBAL init_connect = 'SET SESSION TRANSACTION READ ONLY'");
  try {
    for (const id of await connectionsOf(lab, database)) await lab.sql(`KILL ${id}`).catch(() => undefined);
    await load(10, () => client.get('/v3/segments?limit=2'), counted(100));
  } finally {
    await lab.sql("SET GLOBAL init_connect = ''");
  }
  const former = await connectionsOf(lab, database);
  const start = performance.now();
  const writes = await load(4, () => create(client), counted(100));
  const kept = (await connectionsOf(lab, database)).filter((id) => former.includes(id)).length;
  const lastBad = Math.max(0, ...writes.filter(({ status }) => status !== 200).map(({ at, ms }) => at + ms - start));
  const { lost } = await leftBehind(lab, database, writes);
  return {
    pass:
      onlyStatuses(writes, 200, 503) &&
      lastBad < 1_000 * slack &&
      lost === 0 &&
      former.length > 5 &&
      kept <= 5 &&
      writes.at(-1).status === 200,
    measured: `${tallyText(writes)}; last error ${Math.round(lastBad)} ms after the failover; of ${former.length} connections to the former primary ${former.length - kept} were given up, the rest are not asked`,
  };
}

/** Answers after a pause in which the server gave up every connection, since it lets them idle for a second only. */
async function outlived(lab, database, client) {
  await lab.sql('SET GLOBAL wait_timeout = 1');
  try {
    for (const id of await connectionsOf(lab, database)) await lab.sql(`KILL ${id}`).catch(() => undefined);
    await load(8, () => client.get('/v3/segments?limit=2'), counted(40));
    await sleep(2_500);
    if ((await connectionsOf(lab, database)).length > 0) throw new Error('the server gave up no connection');
    return [await create(client), ...(await load(8, () => client.get('/v3/segments?limit=2'), counted(40)))];
  } finally {
    await lab.sql('SET GLOBAL wait_timeout = 28800');
  }
}

async function idleKilled(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  const answers = [];
  let kills = 0;
  for (let round = 0; round < 10; round++) {
    answers.push(...(await load(8, () => client.get('/v3/segments?limit=2'), counted(24))));
    for (const id of await connectionsOf(lab, database)) {
      const [killed] = await Promise.allSettled([
        lab.sql(`KILL ${id}`),
        client.get('/v3/segments?limit=1').then((answer) => answers.push(answer)),
      ]);
      if (killed.status === 'fulfilled') kills += 1;
    }
    answers.push(await create(client));
  }
  const asleep = await outlived(lab, database, client);
  return {
    pass: onlyStatuses(answers, 200) && kills > 20 && onlyStatuses(asleep, 200),
    measured: `${kills} connections killed while requests came: ${tallyText(answers)}; after a sleep past the server’s wait_timeout: ${tallyText(asleep)}; slowest ${slowest(answers)} ms; ${logged(service.log(), 'error', 'fatal').length} errors logged`,
  };
}

export const crashes = [
  {
    id: 'F01',
    breaks: 'kill -9 of the database while it is read and written',
    promise: 'only 200 and 503, each 503 in 1 s; no create lost or twice; well again in 5 s',
    run: killed,
    quick: true,
  },
  {
    id: 'F02',
    breaks: 'the database restarted 5 times under load',
    promise: 'only 200 and 503; none later than 1 s after each restart; no create lost or twice',
    run: restarted,
  },
  {
    id: 'F03',
    breaks: 'kill -STOP of the database for 30 s',
    promise: 'each request answered in 5 s; liveness 200 throughout; well 2 s after -CONT',
    run: stopped,
  },
  {
    id: 'F13',
    breaks: 'the database’s disk is full',
    promise: 'only 200 and 503; no create lost; well again with room and a restart',
    run: diskFull,
  },
  {
    id: 'F18a',
    breaks: 'the server turns read-only',
    promise: 'writes 503, reads 200; those connections are given up; writes again in 1 s',
    run: readOnly,
    quick: true,
  },
  { id: 'F18b', breaks: 'failover: every pooled connection is to a former primary', promise: 'the pool moves over in 1 s', run: failover },
  { id: 'F19', breaks: 'idle connections killed or timed out by the server', promise: 'nobody notices: only 200', run: idleKilled },
];
