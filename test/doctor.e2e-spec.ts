import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { jwt, runAdmin, type Variables } from './support/service.js';

let database: TestDatabase;
beforeAll(async () => {
  database = await freshDatabase();
  await runAdmin(database.url, ['migrate']);
}, 60_000);
afterAll(() => database.drop());

interface Check {
  readonly name: string;
  readonly status: string;
  readonly value: string;
  readonly fix: string;
}
async function examined(url: string, env: Variables = {}) {
  const { code, stdout, stderr } = await runAdmin(url, ['doctor', '--json'], env);
  expect(stderr).toBe('');
  const { settings, checks } = JSON.parse(stdout) as { settings: { name: string; value: string }[]; checks: Check[] };
  return { code, settings, checks, bad: checks.filter(({ status }) => status !== 'ok') };
}

describe('doctor', () => {
  test('a service that is well: exit code 0, what it runs on, and no secret', async () => {
    const { code, stdout, stderr } = await runAdmin(database.url, ['doctor']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const password = engine === 'sqlite' ? '' : new URL(database.url).password;
    for (const secret of [jwt.secret, password]) if (secret !== '') expect(stdout).not.toContain(secret);
    expect(stdout).toMatch(/^\* JWT_SECRET +\(64 bytes\)$/m);
    expect(stdout).toMatch(/^ok +keys +HS256 without kid, signs$/m);
    expect(stdout).toMatch(/^ok +migrations +\d+ applied, none pending$/m);
    expect(stdout).toMatch(engine === 'sqlite' ? /^ok +server +SQLite 3\.\d+/m : /^ok +server +(?:MariaDB|MySQL) \d+/m);
    const names = [...stdout.matchAll(/^(?:ok|warning) +([\w ]+?) {2,}/gm)].map(([, name]) => name);
    const looked = {
      sqlite: ['server', 'journal', 'foreign keys', 'integrity', 'writable', 'disk', 'clock'],
      mysql: ['server', 'sql_mode', 'isolation', 'charset', 'writable', 'tables', 'pool', 'packet', 'TLS', 'clock'],
    };
    expect(names).toEqual(['node', 'keys', ...looked[engine], 'migrations']);
  });

  test('a database without its schema: exit code 3, and what brings it up', async () => {
    const empty = await freshDatabase();
    try {
      if (engine === 'sqlite') await empty.query('CREATE TABLE other (id INTEGER)');
      const { code, bad } = await examined(empty.url);
      expect({ code, bad }).toEqual({
        code: 3,
        bad: [
          {
            name: 'migrations',
            status: 'wrong',
            value: expect.stringMatching(/^0 applied, \d+ pending: /),
            fix: 'Bring the schema up: admin migrate.',
          },
        ],
      });
    } finally {
      await empty.drop();
    }
  });

  test('a schema that is newer: it works, and says so', async () => {
    await database.query("INSERT INTO migration (timestamp, name) VALUES (9999999999999, 'Later9999999999999')");
    const { code, bad } = await examined(database.url);
    expect({ code, bad }).toMatchObject({ code: 0, bad: [{ name: 'migrations', status: 'warning' }] });
  });
});

(engine === 'sqlite' ? describe : describe.skip)('what is wrong is named, with how to mend it', () => {
  const path = () => database.url.slice('sqlite:'.length);
  test('a file that is not there: none is made', async () => {
    const missing = `${path()}.missing`;
    const { code, bad } = await examined(`sqlite:${missing}`);
    expect({ code, bad: bad.map(({ value }) => value) }).toEqual({ code: 1, bad: ['the file is not there'] });
    expect(existsSync(missing)).toBe(false);
  });

  test('a file that is no database', async () => {
    const other = join(path(), '..', 'other.sqlite');
    writeFileSync(other, 'This is no database, whatever its name says. '.repeat(100));
    const { code, bad } = await examined(`sqlite:${other}`);
    expect({ code, bad: bad.map(({ name }) => name) }).toEqual({ code: 1, bad: ['database'] });
  });

  test('a server that nobody runs; the password is not shown', async () => {
    const { code, bad, settings } = await examined('mysql://app:hunter2@127.0.0.1:1/segments');
    expect({ code, bad: bad.map(({ value }) => value) }).toEqual({ code: 1, bad: ['no database answers at DATABASE_URL.'] });
    expect(settings.find(({ name }) => name === 'DATABASE_URL')?.value).toBe('mysql://app:***@127.0.0.1:1/segments');
  });

  test('a bad environment: every variable', async () => {
    const { code, bad } = await examined(database.url, { PORT: 'http', JWT_SECRET: 'hunter2' });
    expect({ code, bad: bad.map(({ name }) => name) }).toEqual({ code: 1, bad: ['PORT', 'JWT_SECRET'] });
    expect(JSON.stringify(bad)).not.toContain('hunter2');
  });
});
