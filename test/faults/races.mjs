/** Several processes want the same thing at once. */
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'libsql';
import { onlyStatuses, tallyText } from './client.mjs';
import { create, fixture, newSegment, until } from './lab.mjs';

const rounds = 200;

async function sameName(lab) {
  const database = await lab.filled();
  const services = await Promise.all([lab.service(database.url), lab.service(database.url)]);
  const clients = services.map((service) => service.client());
  const all = [];
  let unfair = 0;
  for (let round = 0; round < rounds; round++) {
    const body = newSegment();
    const answers = await Promise.all(clients.map((client) => create(client, body)));
    all.push(...answers);
    if (answers.filter(({ status }) => status === 200).length !== 1 || answers.filter(({ status }) => status === 409).length !== 1)
      unfair += 1;
  }
  const firsts = all.filter(({ status }, at) => status === 200 && at % 2 === 0).length;
  const n = await rowsNamed(lab, database, 'fault %');
  return {
    pass: unfair === 0 && n === rounds && onlyStatuses(all, 200, 409),
    measured: `${rounds} names: ${tallyText(all)}; ${unfair} rounds not one 200 and one 409; the first process won ${firsts}; ${n} rows`,
  };
}

async function rowsNamed(lab, { name, url }, pattern) {
  if (lab.server !== undefined)
    return Number((await lab.sql(`SELECT COUNT(*) AS n FROM ${name}.segment WHERE name LIKE ?`, [pattern]))[0].n);
  const file = new Database(url.slice('sqlite:'.length), { timeout: 5_000 });
  try {
    return Number(file.prepare('SELECT COUNT(*) AS n FROM segment WHERE name LIKE ?').get(pattern).n);
  } finally {
    file.close();
  }
}

/** Everything as one text, but for what is drawn anew each time: times, the ids of events, and in which slot a count is kept. */
async function content(lab, name) {
  const columns = await lab.sql(
    "SELECT table_name AS t, GROUP_CONCAT(CONCAT('`', column_name, '`') ORDER BY ordinal_position) AS c FROM information_schema.columns WHERE table_schema = ? AND table_name NOT LIKE 'migration%' AND column_name NOT IN ('created_at', 'updated_at', 'occurred_at', 'slot', 'total') AND NOT (table_name = 'segment_event' AND column_name = 'id') GROUP BY table_name ORDER BY table_name",
    [name],
  );
  const tables = [];
  for (const { t, c } of columns)
    tables.push([t, (await lab.sql(`SELECT DISTINCT ${c} FROM ${name}.${t}`)).map((row) => JSON.stringify(row)).sort()]);
  tables.push(await lab.sql(`SELECT project_id, model_id, SUM(total) AS total FROM ${name}.segment_count GROUP BY 1, 2 ORDER BY 1, 2`));
  const [events] = await lab.sql(`SELECT COUNT(*) AS n FROM ${name}.segment_event`);
  tables.push(events);
  return JSON.stringify(tables);
}

const emptied = async (lab, name) => {
  const connection = await lab.console(name);
  await connection.query('SET foreign_key_checks = 0');
  const [tables] = await connection.query(
    "SELECT table_name AS t FROM information_schema.tables WHERE table_schema = ? AND table_name NOT LIKE 'migration%'",
    [name],
  );
  for (const { t } of tables) await connection.query(`DELETE FROM ${t}`);
  connection.destroy();
};

const points = 25;
/** Of the runs so many must be killed before they end, or nothing is shown. */
const leastKills = 20;

/** Resolves when the program has a connection to the database. */
const connected = (lab, { name }) =>
  until(20_000, async () => (await lab.sql('SELECT id FROM information_schema.processlist WHERE user = ?', [name])).length > 0, 5);

/** Killed at 25 moments spread over its run, from its first statement to its last, and run again after each. */
async function seedKilled(lab) {
  const database = await lab.filled();
  const whole = await content(lab, database.name);
  await emptied(lab, database.name);
  const timed = lab.run('admin/main.js', ['apply', fixture], database.url);
  await connected(lab, database);
  const begun = performance.now();
  if ((await timed.ended) !== 0) throw new Error(timed.output);
  const span = performance.now() - begun;
  const ids = (await content(lab, database.name)) === whole;
  let kills = 0;
  let different = 0;
  let within = 0;
  for (let point = 0; point < points; point++) {
    await emptied(lab, database.name);
    const run = lab.run('admin/main.js', ['apply', fixture], database.url);
    await connected(lab, database);
    await sleep((point / points) * span * 0.8);
    run.child.kill('SIGKILL');
    if ((await run.ended) === 'SIGKILL') kills += 1;
    const [{ n }] = await lab.sql(`SELECT COUNT(*) AS n FROM ${database.name}.organization`);
    if (Number(n) > 0 && Number(n) < 2) within += 1;
    const again = await lab.admin(database.url, ['apply', fixture]);
    if (again.code !== 0 || (await content(lab, database.name)) !== whole) different += 1;
  }
  await emptied(lab, database.name);
  const both = await Promise.all([lab.admin(database.url, ['apply', fixture]), lab.admin(database.url, ['apply', fixture])]);
  const bothSame = (await content(lab, database.name)) === whole;
  return {
    pass: ids && kills >= leastKills && different === 0 && both.every(({ code }) => code === 0) && bothSame,
    measured: `${kills} of ${points} runs killed, ${within} between two organizations; run again after each: ${different} differ from a clean run, ids included; two at once end with ${both.map(({ code }) => code).join(' and ')}, content ${bothSame ? 'equal' : 'different'}`,
  };
}

export const races = [
  {
    id: 'F11',
    breaks: 'two processes create the same name at once, 200 times',
    promise: 'one 200 and one 409 each time',
    on: ['mysql', 'sqlite'],
    run: sameName,
    quick: true,
  },
  {
    id: 'F16',
    breaks: 'the seed killed at 25 points; two at once',
    promise: 'run again, the same content and ids as one clean run',
    run: seedKilled,
  },
];
