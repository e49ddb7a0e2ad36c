/** The service is told to go, killed, or meets a bug that nobody caught. */
import { setTimeout as sleep } from 'node:timers/promises';
import { clientAt, counted, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { create, hook, leftBehind, newSegment, tokenOf, slack, until } from './lab.mjs';

/** Keep-alive clients that go on until they are refused; each request counts. Readiness is asked on connections of its own. */
async function terminated(lab) {
  const { database, service } = await lab.world({ env: { SHUTDOWN_DELAY: String(1_000 * slack) } });
  const client = service.client({ connections: 16 });
  const probe = service.anonymous({ keepAlive: false });
  let over = false;
  const refusedAt = [];
  const isOver = () => over;
  const ask = async (request) => {
    const answer = await request();
    if (answer.status === 'ECONNREFUSED') {
      refusedAt.push(answer.at);
      over = true;
    }
    return answer;
  };
  let turn = 0;
  const requests = load(16, () => ask(() => (turn++ % 4 === 0 ? create(client) : client.get('/v3/segments?limit=2'))), isOver);
  const asked = () => turn;
  await until(40_000, async () => asked() > 1_000);
  const signalledAt = performance.now();
  service.child.kill('SIGTERM');
  const notReady = await until(3_000, async () => (await probe.get('/health/ready')).status === 503);
  const stillServed = await client.get('/v3/segments?limit=1');
  const code = await service.run.ended;
  const exitAfter = Math.round(performance.now() - signalledAt);
  over = true;
  const answers = await requests;
  const later = answers.filter(({ at, ms, status }) => at + ms > signalledAt && status !== 'ECONNREFUSED').length;
  const accepted = answers.filter(({ status }) => status !== 'ECONNREFUSED');
  const lostRequests = accepted.filter(({ status }) => typeof status !== 'number');
  const creates = answers.filter(({ name }) => name !== undefined);
  const { lost } = await leftBehind(lab, database, creates);
  return {
    pass:
      code === 0 &&
      exitAfter <= 10_000 * slack &&
      accepted.length >= 1_000 &&
      onlyStatuses(accepted, 200, 503) &&
      lost === 0 &&
      notReady < 1_000 * slack &&
      stillServed.status === 200,
    measured: `of ${accepted.length} accepted requests ${lostRequests.length} lost: ${tallyText(accepted)}, ${later} of them answered after the signal; ${lost} creates lost; not ready after ${notReady} ms and still serving; exit ${code} after ${exitAfter} ms, of which ${1_000 * slack} ms are the delay`,
  };
}

/** The database hangs while the service is told to go: the pool cannot say goodbye. */
async function terminatedWithoutDatabase(lab) {
  const { service } = await lab.world();
  const client = service.client();
  await load(8, () => client.get('/v3/segments?limit=2'), counted(40));
  lab.server.kill('SIGSTOP');
  let answers, code, exitAfter;
  try {
    const asked = Array.from({ length: 8 }, () => client.get('/v3/segments?limit=2'));
    await sleep(200);
    const start = performance.now();
    service.child.kill('SIGTERM');
    code = await service.run.ended;
    exitAfter = Math.round(performance.now() - start);
    answers = await Promise.all(asked);
  } finally {
    lab.server.kill('SIGCONT');
  }
  return {
    pass: code === 0 && exitAfter <= 10_000 * slack && onlyStatuses(answers, 503),
    measured: `${tallyText(answers)}; exit ${code} after ${exitAfter} ms`,
  };
}

/** Every create has a key, under which it is sent again afterwards. */
async function appKilled(lab) {
  const database = await lab.filled();
  const creates = [];
  const rounds = 3;
  for (let round = 0; round < rounds; round++) {
    const service = await lab.service(database.url);
    const client = service.client();
    const answers = load(
      8,
      () => createOnce(client, newSegment()),
      () => service.child.signalCode !== null,
    );
    await sleep(1_500);
    service.child.kill('SIGKILL');
    await service.run.ended;
    creates.push(...(await answers));
    client.close();
  }
  const after = await lab.service(database.url);
  const left = await leftBehind(lab, database, creates);
  const client = clientAt(after.url, tokenOf());
  const again = [];
  for (const { sent } of creates) again.push(await createOnce(client, sent));
  const others = creates.filter(({ status, body }, at) => status === 200 && body.data.id !== again[at].body.data?.id).length;
  const then = await leftBehind(lab, database, again);
  const unanswered = creates.filter(({ status }) => status !== 200).length;
  return {
    pass:
      left.lost + left.twice + then.lost + then.twice + others === 0 &&
      creates.some(({ status }) => status === 200) &&
      unanswered > 0 &&
      onlyStatuses(again, 200),
    measured: `killed ${rounds} times under load: ${tallyText(creates)}; ${left.lost} of the 200s missing; all ${again.length} sent again under their keys: ${tallyText(again)}, ${others} of the answered ones another segment; ${left.unsure} of ${unanswered} unanswered ones had been written; ${then.twice} names twice`,
  };
}

const createOnce = async (client, sent) => ({ ...(await create(client, sent, { 'idempotency-key': sent.name })), sent });

/** The hook throws where nobody catches, on a signal; what was asked before must still be answered. */
const uncaught = (kind) => async (lab) => {
  const { database, service } = await lab.world({ nodeArgs: ['--import', hook('throw-on-signal')], env: { FAULT_THROW: kind } });
  const client = service.client();
  const console_ = await lab.console(database.name);
  await console_.query('LOCK TABLES segment WRITE');
  const asked = Array.from({ length: 4 }, () => client.get('/v3/segments?limit=2'));
  await sleep(1_000);
  const start = performance.now();
  service.child.kill('SIGUSR2');
  await sleep(500);
  await console_.query('UNLOCK TABLES');
  const code = await service.run.ended;
  const exitAfter = Math.round(performance.now() - start);
  const answers = await Promise.all(asked);
  const fatal = service
    .log()
    .split('\n')
    .filter((line) => line.includes('"level":"fatal"'));
  return {
    pass:
      code === 1 && exitAfter < 10_000 * slack && onlyStatuses(answers, 200) && fatal.length === 1 && !service.log().includes('hunter2'),
    measured: `${fatal.length} fatal line, without the message; in flight ${tallyText(answers)}, slowest ${slowest(answers)} ms; exit ${code} after ${exitAfter} ms`,
  };
};

export const shutdowns = [
  {
    id: 'F08a',
    breaks: 'SIGTERM under load, keep-alive clients',
    promise: 'of ≥ 1,000 accepted requests none is lost; readiness turns first; exit 0 in 10 s',
    run: terminated,
    quick: true,
  },
  {
    id: 'F08b',
    breaks: 'SIGTERM while the database hangs',
    promise: 'what was accepted is 503; exit 0 in 10 s',
    run: terminatedWithoutDatabase,
  },
  {
    id: 'F09',
    breaks: 'kill -9 of the service under load',
    promise: 'every create answered 200 is there; sent again under their keys all are 200, none twice',
    run: appKilled,
    quick: true,
  },
  {
    id: 'F10a',
    breaks: 'an uncaught exception',
    promise: 'logged without its message; what is in flight is answered; exit 1',
    run: uncaught('exception'),
  },
  {
    id: 'F10b',
    breaks: 'an unhandled rejection',
    promise: 'logged without its message; what is in flight is answered; exit 1',
    run: uncaught('rejection'),
  },
];
