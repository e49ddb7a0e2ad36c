/** Locks, full pools, slow statements: the database is well, but somebody is in the way. */
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { connectionsOf, create, leftBehind, logged, model, newSegment, slack, until } from './lab.mjs';

/** InnoDB shows again what it showed before to whom asks sooner than 100 ms after the last time. */
const betweenLooks = 150;
const waiting = async (lab) =>
  (await lab.sql('SELECT trx_id FROM information_schema.innodb_trx WHERE trx_state = ?', ['LOCK WAIT'])).length > 0;

/**
 * The console holds the model's row, a create waits for it, then the console asks for the created row. The console has written more,
 * so the create is the one that the server gives up.
 */
async function deadlock(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  const console_ = await lab.console(database.name);
  await console_.query('CREATE TABLE ballast (n INT PRIMARY KEY)');
  const answers = [];
  const deadlocks = async () => Number((await lab.sql("SHOW GLOBAL STATUS LIKE 'Innodb_deadlocks'"))[0].Value);
  let met = await deadlocks();
  let lost = 0;
  for (let round = 0; round < 5; round++) {
    await console_.query('START TRANSACTION');
    await console_.query(`INSERT INTO ballast VALUES ${Array.from({ length: 500 }, (_, n) => `(${round * 500 + n})`).join(',')}`);
    await console_.query('SELECT id FROM model WHERE id = ? FOR UPDATE', [model]);
    const created = create(client);
    await sleep(betweenLooks);
    await until(5_000, () => waiting(lab), betweenLooks);
    const won = await console_.query('SELECT id FROM segment FORCE INDEX (PRIMARY) FOR UPDATE').then(
      () => true,
      () => false,
    );
    if (won && (await deadlocks()) > met) lost += 1;
    met = await deadlocks();
    await console_.query(won ? 'COMMIT' : 'ROLLBACK');
    answers.push(await created);
  }
  const left = await leftBehind(lab, database, answers);
  return {
    pass: onlyStatuses(answers, 200) && lost >= 3 && left.lost + left.twice === 0,
    measured: `the service lost a deadlock in ${lost} of 5 rounds: ${tallyText(answers)}, slowest ${slowest(answers)} ms`,
  };
}

async function rowLock(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  const console_ = await lab.console(database.name);
  await console_.query('START TRANSACTION');
  await console_.query('SELECT id FROM model WHERE id = ? FOR UPDATE', [model]);
  const released = sleep(10_000).then(() => console_.query('ROLLBACK'));
  const body = newSegment();
  const [blocked, reads] = await Promise.all([create(client, body), load(2, () => client.get('/v3/segments?limit=2'), counted(100))]);
  await released;
  const left = await leftBehind(lab, database, [blocked]);
  const again = await create(client, body);
  return {
    pass:
      onlyStatuses([blocked], 503) && blocked.ms < 5_000 * slack && onlyStatuses(reads, 200) && left.unsure === 0 && again.status === 200,
    measured: `the create ${blocked.status} after ${slowest([blocked])} ms and not written; reads meanwhile ${tallyText(reads)}, slowest ${slowest(reads)} ms; the same create afterwards ${again.status}`,
  };
}

async function poolFull(lab) {
  const { service } = await lab.world({ env: { DATABASE_POOL_SIZE: '2' } });
  const client = service.client({ connections: 100 });
  const console_ = await lab.console(
    (await lab.sql("SELECT DB FROM information_schema.processlist WHERE user LIKE 'f\\_%' AND DB IS NOT NULL LIMIT 1"))[0].DB,
  );
  await console_.query('LOCK TABLES segment WRITE');
  const asked = Array.from({ length: 100 }, () => client.get('/v3/segments?limit=2'));
  await sleep(300);
  const live = await load(1, () => service.anonymous().get('/health/live'), counted(20));
  const ready = await service.anonymous().get('/health/ready');
  const answers = await Promise.all(asked);
  await console_.query('UNLOCK TABLES');
  const wellAfter = await until(5_000, async () => (await client.get('/v3/segments?limit=2')).status === 200);
  await sleep(1_000);
  const afterwards = await load(2, () => client.get('/v3/segments?limit=2'), counted(200));
  return {
    pass:
      onlyStatuses(answers, 503) &&
      slowest(answers) < 5_000 * slack &&
      onlyStatuses(live, 200) &&
      slowest(live) < 20 * slack &&
      ready.status === 200 &&
      wellAfter < 2_000 * slack &&
      onlyStatuses(afterwards, 200),
    measured: `100 requests: ${tallyText(answers)}, ${answers.filter(({ ms }) => ms < 1_900).length} of them without waiting, slowest ${slowest(answers)} ms; liveness slowest ${slowest(live)} ms; readiness ${ready.status}; well ${wellAfter} ms after; then ${tallyText(afterwards)}`,
  };
}

/** A lock on the table makes the read wait, as a query does that reads too much; the server's limit counts both. */
async function slowQuery(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  await client.get('/v3/segments?limit=2');
  const console_ = await lab.console(database.name);
  await console_.query('LOCK TABLES segment WRITE');
  const cut = await client.get('/v3/segments?limit=2');
  const left = await lab.sql("SELECT id FROM information_schema.processlist WHERE user = ? AND command <> 'Sleep'", [database.name]);
  await console_.query('UNLOCK TABLES');
  const next = await load(1, () => client.get('/v3/segments?limit=2'), counted(10));
  return {
    pass:
      onlyStatuses([cut], 503) && cut.ms > 2_500 && cut.ms < (slack > 1 ? 12_000 : 4_500) && left.length === 0 && onlyStatuses(next, 200),
    measured: `${cut.status} after ${slowest([cut])} ms; ${left.length} statements still running; the next ten ${tallyText(next)}, slowest ${slowest(next)} ms`,
  };
}

async function tooManyConnections(lab) {
  const { database, service } = await lab.world({ env: { DATABASE_POOL_SIZE: '20' } });
  const [{ Value: limit }] = await lab.sql("SHOW GLOBAL VARIABLES LIKE 'max_connections'");
  await lab.sql('SET GLOBAL max_connections = 12');
  let answers, second;
  try {
    const client = service.client({ connections: 20 });
    answers = await load(20, () => client.get('/v3/segments?limit=2'), counted(400));
    second = await lab.service(database.url, { env: { DATABASE_POOL_SIZE: '20' } }).catch((error) => error);
  } finally {
    await lab.sql(`SET GLOBAL max_connections = ${limit}`);
  }
  const client = service.client({ connections: 4 });
  const wellAfter = await until(5_000, async () => (await client.get('/v3/segments?limit=2')).status === 200);
  const afterwards = await load(4, () => client.get('/v3/segments?limit=2'), counted(100));
  return {
    pass: onlyStatuses(answers, 200, 503) && wellAfter < 1_000 * slack && onlyStatuses(afterwards, 200) && service.child.exitCode === null,
    measured: `a pool of 20 where 12 are allowed: ${tallyText(answers)}, slowest ${slowest(answers)} ms; a second process ${second instanceof Error ? `refuses to start: ${second.message.split('\n').at(-2)}` : 'starts'}; well ${wellAfter} ms after; ${logged(service.log(), 'error', 'fatal').length} errors logged; ${(await connectionsOf(lab, database)).length} connections`,
  };
}

export const contention = [
  { id: 'F04', breaks: 'a deadlock that the service loses', promise: 'the caller sees 200', run: deadlock, quick: true },
  { id: 'F05', breaks: 'a row lock held for 10 s', promise: 'the create is 503 in 5 s and not written; reads go on', run: rowLock },
  {
    id: 'F06',
    breaks: 'a pool of 2, both stuck, 100 requests',
    promise: '503 in 5 s; liveness 200 in 20 ms, readiness 200; well again in 2 s',
    run: poolFull,
  },
  {
    id: 'F07',
    breaks: 'a statement that would take 30 s',
    promise: 'cut by the server at 3 s: 503; the connection is clean',
    run: slowQuery,
    quick: true,
  },
  {
    id: 'F17',
    breaks: 'max_connections below the pool',
    promise: 'only 200 and 503; the process stays; well again in 1 s',
    run: tooManyConnections,
  },
];
