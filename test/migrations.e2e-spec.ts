import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { environment, projectRoot, runAdmin, runAdminProcess, startProcess } from './support/service.js';

const run = promisify(execFile);
/** Runs `support/schema.mjs` on a database. */
const schema = async (command: 'drift' | 'down', { url }: TestDatabase): Promise<string[]> => {
  const { stdout } = await run(process.execPath, [join(projectRoot, 'test', 'support', 'schema.mjs'), command], {
    env: environment(url, { BUILD_DIR: process.env['BUILD_DIR'] }),
    cwd: projectRoot,
  });
  return JSON.parse(stdout);
};

/** Tables, columns and indexes, as the database itself tells them. */
const shapeSql: Record<typeof engine, string[]> = {
  sqlite: ["SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite%' ORDER BY type, name"],
  mysql: [
    'SELECT table_name AS t, column_name AS c, column_type AS ct, is_nullable AS n, column_default AS d, collation_name AS co FROM information_schema.columns WHERE table_schema = DATABASE() ORDER BY table_name, column_name',
    'SELECT table_name AS t, index_name AS i, column_name AS c, seq_in_index AS s, non_unique AS u FROM information_schema.statistics WHERE table_schema = DATABASE() ORDER BY table_name, index_name, seq_in_index',
    'SELECT table_name AS t, constraint_name AS c, delete_rule AS d, referenced_table_name AS r FROM information_schema.referential_constraints WHERE constraint_schema = DATABASE() ORDER BY constraint_name',
  ],
};
const shape = async (database: TestDatabase) => {
  const answers = [];
  for (const sql of shapeSql[engine]) answers.push(await database.query(sql));
  return answers;
};
const migrate = async (database: TestDatabase, ...options: string[]) => runAdmin(database.url, ['migrate', ...options]);

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database?.drop());

test('status of an empty database: all pending, and still empty afterwards', async () => {
  const { code, stdout } = await migrate(database, '--status');
  expect(code).not.toBe(0);
  expect(
    stdout
      .trim()
      .split('\n')
      .every((line) => line.startsWith('pending')),
  ).toBe(true);
  expect(Object.keys(await database.content())).toEqual([]);
});

test('up, then nothing to do', async () => {
  const first = await migrate(database);
  expect({ code: first.code, stderr: first.stderr }).toEqual({ code: 0, stderr: '' });
  const before = await shape(database);
  expect(before.flat().length).toBeGreaterThan(5);
  const second = await migrate(database);
  expect({ code: second.code, stderr: second.stderr }).toEqual({ code: 0, stderr: '' });
  expect(second.stdout).toMatch(/up to date/);
  expect(await shape(database)).toEqual(before);
});

test('status afterwards: all applied', async () => {
  const { code, stdout } = await migrate(database, '--status');
  expect(code).toBe(0);
  const lines = stdout.trim().split('\n');
  expect(lines.length).toBeGreaterThan(0);
  expect(lines.every((line) => line.startsWith('applied'))).toBe(true);
});

// On SQLite TypeORM's comparison would rebuild every table for ever; entities and migrations are the same there.
(engine === 'mysql' ? test : test.skip)('the schema is what the entities say', async () => {
  expect(await schema('drift', database)).toEqual([]);
});

test('down, then up: the same schema', async () => {
  const before = await shape(database);
  await schema('down', database);
  const left = Object.keys(await database.content());
  expect(left.filter((table) => !table.includes('migration'))).toEqual([]);
  expect((await migrate(database)).code).toBe(0);
  expect(await shape(database)).toEqual(before);
});

test('0.9 steps whose rows are missing, as of a migrator that was killed, are run again', async () => {
  const before = await shape(database);
  const steps = await database.query('SELECT name FROM migration ORDER BY id');
  // The last step alone, then all of them: the tables are there, and nothing says so.
  for (const names of [steps.slice(-1), steps]) {
    for (const { name } of names) await database.query('DELETE FROM migration WHERE name = ?', [name!]);
    const { code, stderr } = await migrate(database);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(await shape(database)).toEqual(before);
    expect(await database.query('SELECT name FROM migration ORDER BY id')).toEqual(steps);
  }
}, 60_000);

describe('several at once', () => {
  test('0.10 who migrates is a row with an end: another one waits for it, says for whom, and takes over from the dead', async () => {
    await database.query('INSERT INTO migration_lease (id, owner, expires_at) VALUES (1, ?, ?)', ['gone:1:2', Date.now() + 60_000]);
    await database.query('DELETE FROM migration WHERE name LIKE ?', ['RecordSegmentEvents%']);
    const waiting = startProcess('admin/main.js', ['migrate'], environment(database.url));
    await once(waiting.process.stderr!, 'data');
    expect(waiting.stderr()).toBe('Another process is migrating the database; waiting for it: lease owner gone:1:2\n');
    await database.query('UPDATE migration_lease SET expires_at = ?', [Date.now() - 1]);
    expect(await waiting.exited).toBe(0);
    expect(await database.query('SELECT owner FROM migration_lease')).toEqual([]);
  }, 60_000);

  test('F12a four migrators on one empty database all succeed, and the schema is the same', async () => {
    const shared = await freshDatabase();
    try {
      const outcomes = await Promise.all(Array.from({ length: 4 }, () => runAdminProcess(shared.url, ['migrate'])));
      expect(outcomes.map(({ code }) => code)).toEqual(Array(4).fill(0));
      for (const { stderr } of outcomes) expect(stderr).toMatch(/^(Another process is migrating the database; waiting for it: .*\n)?$/);
      expect(await shape(shared)).toEqual(await shape(database));
    } finally {
      await shared.drop();
    }
  }, 60_000);
});
