/** Migrations: several at once, killed, held up, undone; and a schema that is not the program's. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { onlyStatuses } from './client.mjs';
import { create, hook, slack, until } from './lab.mjs';

const migrate = (lab, { url }, options) => lab.admin(url, ['migrate'], options);
const lean = (lab, { url }, options) => lab.toEnd(join(import.meta.dirname, 'migrate.mjs'), [], url, options);

/** The schema as the server prints it, and which migrations it says were applied, in order. */
async function schemaOf(lab, { name }) {
  const tables = await lab.sql('SELECT table_name AS t FROM information_schema.tables WHERE table_schema = ? ORDER BY table_name', [name]);
  const made = [];
  for (const { t } of tables)
    made.push((await lab.sql(`SHOW CREATE TABLE ${name}.${t}`))[0]['Create Table'].replace(/ AUTO_INCREMENT=\d+/, ''));
  const applied = tables.some(({ t }) => t === 'migration') ? await lab.sql(`SELECT name FROM ${name}.migration ORDER BY id`) : [];
  return JSON.stringify([made, applied.map((row) => row.name)]);
}

async function clean(lab) {
  const database = await lab.database();
  const { code, output } = await migrate(lab, database);
  if (code !== 0) throw new Error(output);
  return { database, schema: await schemaOf(lab, database) };
}

const pairs = 20;

/** Two whole services on an empty database. */
async function together(lab) {
  const { schema } = await clean(lab);
  const failures = [];
  let waited = 0;
  for (let pair = 0; pair < pairs; pair++) {
    const database = await lab.database();
    const both = await Promise.allSettled([lab.service(database.url), lab.service(database.url)]);
    failures.push(...both.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message));
    const nodes = both.flatMap(({ value }) => value ?? []);
    if (nodes.some((node) => node.log().includes('waiting for it'))) waited += 1;
    if ((await schemaOf(lab, database)) !== schema) failures.push(`pair ${pair}: another schema`);
    for (const { child, run } of nodes) {
      child.kill('SIGKILL');
      await run.ended;
    }
    await lab.sql(`DROP DATABASE ${database.name}`);
  }
  return {
    pass: failures.length === 0,
    measured: `${pairs} pairs: ${failures.length} failures; in ${waited} one waited for the other; schema and list of migrations as a clean run’s${failures.length > 0 ? `; ${failures[0]}` : ''}`,
  };
}

/** The dead one's lease is ended by hand here, so that a minute does: that it ends by itself is F12d. */
async function killedAtEach(lab) {
  const { schema } = await clean(lab);
  const counting = await lab.database();
  const preload = ['--import', hook('die-at-statement')];
  const { output } = await lean(lab, counting, { nodeArgs: preload });
  const statements = Number(/(\d+) statements/.exec(output)?.[1]);
  let killed = 0;
  const failures = [];
  const at = async (statement) => {
    const database = await lab.database();
    const first = await lean(lab, database, { nodeArgs: preload, env: { FAULT_DIE_AT: String(statement) } });
    if (first.code === 'SIGKILL') killed += 1;
    await lab.sql(`UPDATE ${database.name}.migration_lease SET expires_at = 0`).catch(() => undefined);
    const second = await lean(lab, database);
    if (second.code !== 0) failures.push(`${statement}: ${second.output}`);
    else if ((await schemaOf(lab, database)) !== schema) failures.push(`${statement}: another schema`);
    await lab.sql(`DROP DATABASE ${database.name}`);
  };
  for (let statement = 1; statement <= statements; statement += 2)
    await Promise.all([at(statement), statement < statements ? at(statement + 1) : undefined]);
  return {
    pass: killed === statements && statements > 10 && failures.length === 0,
    measured: `killed after each of ${statements} statements (${killed} kills); run again: ${statements - failures.length} succeed with the schema of a clean run${failures.length > 0 ? `; ${failures[0]}` : ''}`,
  };
}

async function twice(lab) {
  const { database, schema } = await clean(lab);
  const second = await migrate(lab, database);
  const [applied, ms] = ((await lean(lab, database)).output.match(/\d+/g) ?? []).map(Number);
  const queries = await statementsOf(lab, () => migrate(lab, database));
  return {
    pass:
      second.code === 0 &&
      /nothing to do/.test(second.output) &&
      applied === 0 &&
      ms < 1_000 * slack &&
      (await schemaOf(lab, database)) === schema,
    measured: `exit ${second.code}, “${second.output.trim()}”; ${queries} SELECTs, ${ms} ms`,
  };
}

async function statementsOf(lab, work) {
  const asked = async () => Number((await lab.sql("SHOW GLOBAL STATUS LIKE 'Com_select'"))[0].Value);
  const before = await asked();
  await work();
  return (await asked()) - before;
}

/** The owner is killed, or stands still and goes on later, while another one waits. */
const ownerLost = (signal) => async (lab) => {
  const { schema } = await clean(lab);
  const database = await lab.database();
  const owner = lab.run('admin/main.js', ['migrate'], database.url);
  const held = await until(
    60_000,
    async () => (await lab.sql(`SELECT owner FROM ${database.name}.migration_lease`).catch(() => [])).length > 0,
  );
  if (held === Infinity) throw new Error(`the owner never took the lease: ${owner.output}`);
  owner.child.kill(signal);
  const start = performance.now();
  const waiter = migrate(lab, database);
  const { code, output } = await waiter;
  const took = Math.round(performance.now() - start);
  let ownerCode = 'killed';
  if (signal === 'SIGSTOP') {
    owner.child.kill('SIGCONT');
    ownerCode = await owner.ended;
  }
  const same = (await schemaOf(lab, database)) === schema;
  return {
    pass:
      code === 0 &&
      took < 25_000 * slack &&
      /waiting for it: lease owner \S+/.test(output) &&
      same &&
      (signal === 'SIGKILL' || ownerCode === 0),
    measured: `the waiter took over and ended with ${code} after ${took} ms, saying “${/waiting for it: lease owner \S+/.exec(output)?.[0] ?? 'nothing'}”; the owner ${ownerCode === 'killed' ? 'is dead' : `ended with ${ownerCode}`}; schema and list of migrations ${same ? 'as' : 'not as'} a clean run’s`,
  };
};

async function downAndUp(lab) {
  const { database, schema } = await clean(lab);
  await promisify(execFile)(process.execPath, [join(import.meta.dirname, '..', 'support', 'schema.mjs'), 'down'], {
    env: { ...process.env, DATABASE_URL: database.url },
  });
  const tables = await lab.sql(
    "SELECT table_name FROM information_schema.tables WHERE table_schema = ? AND table_name NOT LIKE 'migration%'",
    [database.name],
  );
  const { code } = await migrate(lab, database);
  const same = (await schemaOf(lab, database)) === schema;
  return {
    pass: tables.length === 0 && code === 0 && same,
    measured: `down leaves ${tables.length} tables; up again: exit ${code}, schema ${same ? 'equal' : 'different'}`,
  };
}

async function otherSchema(lab) {
  const { database, service } = await lab.world();
  const client = service.client();
  const ready = async () => service.anonymous().get('/health/ready');
  await lab.sql(`INSERT INTO ${database.name}.migration (timestamp, name) VALUES (1999999999999, 'FromTheFuture1999999999999')`);
  await lab.sql(`ALTER TABLE ${database.name}.segment ADD COLUMN later VARCHAR(10) NULL`);
  const newer = [await ready(), await create(client)];
  const second = await lab.service(database.url);
  newer.push(await create(second.client()));
  await lab.sql(`DELETE FROM ${database.name}.migration WHERE name LIKE 'CreateSegment%'`);
  await sleep(50);
  const older = await ready();
  const message = older.body?.error?.message ?? '';
  return {
    pass: onlyStatuses(newer, 200) && older.status === 503 && /run admin migrate/.test(message),
    measured: `newer: readiness, create, and a start ${newer.map(({ status }) => status).join(', ')}; older: readiness ${older.status}, “${message}”`,
  };
}

export const migrations = [
  {
    id: 'F12a',
    breaks: 'two services start at once on an empty database, 20 times',
    promise: 'both serve, each migration once',
    run: together,
  },
  {
    id: 'F12b',
    breaks: 'kill -9 of the migration after each statement in turn',
    promise: 'run again it succeeds; the schema is a clean run’s',
    run: killedAtEach,
  },
  { id: 'F12c', breaks: 'migrate a second time', promise: 'does nothing, in 1 s', run: twice },
  {
    id: 'F12d',
    breaks: 'the migrating process is killed',
    promise: 'a waiter takes over in 25 s and says whom it waited for',
    run: ownerLost('SIGKILL'),
  },
  {
    id: 'F12e',
    breaks: 'the migrating process stands still, and goes on later',
    promise: 'a waiter takes over in 25 s; both end with 0; the schema is a clean run’s',
    run: ownerLost('SIGSTOP'),
  },
  { id: 'F12f', breaks: 'all migrations undone and done again', promise: 'the same schema', run: downAndUp },
  {
    id: 'F22',
    breaks: 'a schema older or newer than the program',
    promise: 'older: not ready, “run admin migrate”; newer: works',
    run: otherSchema,
  },
];
