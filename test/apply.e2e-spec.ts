import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine, filledDatabase, freshDatabase, type TestDatabase } from './support/database.js';
import { churnV1, fixtureFile } from './support/fixtures.js';
import { environment, runAdmin, startProcess } from './support/service.js';

const scratch = mkdtempSync(join(tmpdir(), 'segments-apply-'));
let database: TestDatabase;
beforeAll(async () => {
  database = await filledDatabase();
}, 60_000);
afterAll(async () => {
  await database?.drop();
  rmSync(scratch, { recursive: true, force: true });
});

let written = 0;
function file(value: unknown): string {
  const path = join(scratch, `${++written}.json`);
  writeFileSync(path, JSON.stringify(value));
  return path;
}
/** The two tenants with a change. */
function fixture(change: (organizations: any[]) => void): string {
  const { organizations } = JSON.parse(readFileSync(fixtureFile, 'utf8'));
  change(organizations);
  return file({ organizations });
}
const churn = (all: any[]) => all[0].projects[0];
const model = (all: any[]) => churn(all).models[0];
const onSqlite = engine === 'sqlite' ? describe : describe.skip;

describe('apply --dry-run', () => {
  const change = (all: any[]) => {
    all[0].users.push({ email: 'new@acme.test', full_name: 'New' });
    all[0].users[0].full_name = 'Ada Anew';
    model(all).segments.push({ name: 'new', definition: 'age > 3' });
  };

  test('tells, line for line, what the run then does, and writes nothing', async () => {
    const path = fixture(change);
    const before = await database.content();
    const dry = await runAdmin(database.url, ['apply', path, '--dry-run']);
    expect({ code: dry.code, stderr: dry.stderr }).toEqual({ code: 0, stderr: '' });
    expect(dry.stdout).toMatch(/^2 created, 1 updated, \d+ unchanged \(dry run: nothing was written\)$/m);
    expect(await database.content()).toEqual(before);

    const real = await runAdmin(database.url, ['apply', path, '--json']);
    expect(real.code).toBe(0);
    const { outcomes, ...whole } = JSON.parse(real.stdout);
    expect(whole).toMatchObject({ dry_run: false, summary: { created: 2, updated: 1 } });
    const lines = outcomes.map(({ change: what, kind, name }: any) => `${what.padEnd(9)} ${kind.padEnd(12)} ${name}`);
    expect(dry.stdout.trimEnd().split('\n').slice(0, -1)).toEqual(lines);
  });

  test('on a database without tables: 3, and still without tables', async () => {
    const empty = await freshDatabase();
    try {
      const { code, stdout, stderr } = await runAdmin(empty.url, ['apply', fixtureFile, '--dry-run']);
      expect({ code, stdout, stderr }).toEqual({
        code: 3,
        stdout: '',
        stderr: 'The schema of the database is behind this program.\n  Bring it up first: admin migrate\n',
      });
      expect(Object.keys(await empty.content())).toEqual([]);
      const status = await runAdmin(empty.url, ['migrate', '--status', '--json']);
      expect({ code: status.code, ...JSON.parse(status.stdout) }).toEqual({
        code: 3,
        applied: [],
        pending: expect.arrayContaining([expect.any(String)]),
      });
    } finally {
      await empty.drop();
    }
  });
});

// Engine-independent, and a process for each row: once is enough.
onSqlite('a bad fixture: its path, what is wrong, how to mend it, and nothing written', () => {
  const place = 'organizations[0].projects[0].models[0]';
  test.each<[string, (all: any[]) => void, string[]]>([
    ['an unknown key', (all) => (all[0].nmae = 'x'), ['organizations[0].nmae: is an unknown key; did you mean "name"?']],
    ['a missing name', (all) => delete all[0].users[0].full_name, ['organizations[0].users[0].full_name: is missing']],
    ['a bad address', (all) => (all[0].users[5].email = 'off'), ['organizations[0].users[5].email: must be an e-mail address']],
    [
      'a role with a typing error',
      (all) => (churn(all).members[0].role = 'Project Adnim'),
      [
        'organizations[0].projects[0].members[0].role: must be "Project Admin" or "Project Writer" or "Project Viewer", not "Project Adnim"; did you mean "Project Admin"?',
      ],
    ],
    [
      'a member that is no user of the organization',
      (all) => (churn(all).members[1].email = 'wimm@acme.test'),
      ['organizations[0].projects[0].members[1].email: no user wimm@acme.test in this organization', '  Did you mean wim@acme.test?'],
    ],
    [
      'names twice',
      (all) => {
        model(all).segments.push(model(all).segments[0]);
        all[0].projects.push({ name: 'churn' });
        all.push({ name: 'acme' });
      },
      [
        `organizations[0].projects[2].name: "churn" is named twice`,
        expect.stringMatching(
          /^organizations\[0\]\.projects\[0\]\.models\[0\]\.segments\[\d+\]\.name: ".*" is named twice$/,
        ) as unknown as string,
        'organizations[3].name: "acme" is named twice',
      ],
    ],
    [
      'a bad definition',
      (all) => model(all).segments.push({ name: 'bad', definition: 'age > 1 and\nagee < 3' }),
      [
        expect.stringMatching(
          /segments\[\d+\]\.definition: No column "agee" in this model\. Did you mean age\? \(FQL_UNKNOWN_COLUMN, line 2, column 1\)$/,
        ) as unknown as string,
        '  agee < 3',
        '  ^^^^',
        '  → Replace by age',
      ],
    ],
    [
      'a spec that names no column',
      (all) => (model(all).spec.inputs[0] = 'agee'),
      [`${place}.spec.inputs[0]: names no column of the schema: "agee"`],
    ],
    [
      'an id of another organization',
      (all) => ((all[0].name = 'umbrella'), (all[0].users = []), (all[0].projects = [])),
      ['organizations[0].id: another organization has this id'],
    ],
    [
      'ids and addresses that two new organizations share',
      (all) => {
        const users = [{ email: 'same@acme.test', full_name: 'Same' }];
        all.splice(
          0,
          2,
          { name: 'one', id: '00000000-0000-4000-8000-00000000000a', users },
          { name: 'two', id: '00000000-0000-4000-8000-00000000000a', users },
        );
      },
      ['organizations[1].id: organizations[0] has the same', 'organizations[1].users[0].email: organizations[0].users[0] has the same'],
    ],
    [
      'another definition of a segment that is there',
      (all) => (model(all).segments[0].definition = 'age > 99'),
      [
        `${place}.segments[0].definition: the segment is there with another definition: ${churnV1.segments[0]!.definition}`,
        '  Segments cannot be changed: delete it first, or give the new one another name.',
      ],
    ],
    [
      'columns without one that a stored segment reads',
      (all) => {
        const one = model(all);
        one.columns = one.columns.filter(({ name }: any) => name !== 'age');
        one.spec = {};
        one.segments = [];
      },
      [
        expect.stringMatching(
          /models\[0\]\.columns: the segment ".*" of this model would break: No column "age" in this model\..* \(FQL_UNKNOWN_COLUMN, line 1, column \d+\)$/,
        ) as unknown as string,
      ],
    ],
  ])('%s', async (_, spoil, lines) => {
    const before = await database.content();
    const path = fixture((all) => {
      // Something good beside the bad: it must not be written either.
      all.push({ name: 'good', users: [{ email: 'good@acme.test', full_name: 'Good' }] });
      spoil(all);
    });
    const { code, stdout, stderr } = await runAdmin(database.url, ['apply', path]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.split('\n')).toEqual(expect.arrayContaining(lines));
    expect(await database.content()).toEqual(before);
  });

  test('--json: the same as JSON on standard error', async () => {
    const { code, stdout, stderr } = await runAdmin(database.url, [
      'apply',
      fixture((all) => model(all).segments.push({ name: 'bad', definition: 'agee > 1' })),
      '--json',
    ]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(JSON.parse(stderr).errors).toEqual([
      expect.objectContaining({
        reason: 'FQL_UNKNOWN_COLUMN',
        field: expect.stringContaining('.definition'),
        snippet: 'agee > 1\n^^^^',
        position: { offset: 0, length: 4, line: 1, column: 1 },
      }),
    ]);
  });
});

onSqlite('killed at any point and run again, it ends in the same state', () => {
  const count = 8;
  const names = Array.from({ length: count }, (_, index) => `tenant-${index}`);
  const tenant = (name: string) => ({
    name,
    users: [{ email: `ada@${name}.test`, full_name: 'Ada', role: 'Org Admin' }],
    projects: [
      {
        name: 'p',
        members: [{ email: `ada@${name}.test`, role: 'Project Admin' }],
        models: [
          {
            name: 'm',
            columns: [{ name: 'age', data_type: 'int' }],
            segments: Array.from({ length: 60 }, (_, index) => ({ name: `s${index}`, definition: `age > ${index}` })),
          },
        ],
      },
    ],
  });
  const path = file({ organizations: names.map(tenant) });

  /** Everything but the times, what the migrations keep for themselves, and what is made up each time. */
  async function state({ content }: TestDatabase) {
    const made = new Set(['segment_event.id', 'segment_count.slot']);
    const itself = (table: string, row: Record<string, unknown>) =>
      JSON.stringify(Object.entries(row).filter(([column]) => !column.endsWith('_at') && !made.has(`${table}.${column}`)));
    const tables = Object.entries(await content()).filter(([table]) => !table.startsWith('migration'));
    return Object.fromEntries(tables.map(([table, rows]) => [table, rows.map((row) => itself(table, row)).sort()]));
  }

  /** Of each organization everything is there, or nothing. */
  async function expectWhole({ query }: TestDatabase) {
    const sql = 'SELECT o.name, (SELECT count(*) FROM segment s WHERE s.organization_id = o.id) AS n FROM organization o';
    for (const { name, n } of await query(sql)) expect([name, Number(n)]).toEqual([name, 60]);
  }

  test('ten kills, in the planning and as each organization is written', async () => {
    const [clean, killed] = [await freshDatabase(), await freshDatabase()];
    try {
      for (const { url } of [clean, killed]) expect((await runAdmin(url, ['migrate'])).code).toBe(0);
      const start = performance.now();
      expect((await runAdmin(clean.url, ['apply', path])).code).toBe(0);
      const whole = performance.now() - start;

      // Three anywhere in the time that a run takes, the others just after an organization's first line is out.
      const anywhere = Array.from({ length: 3 }, () => async () => sleep(Math.random() * whole));
      const afterLine = names.slice(0, 7).map((name) => async (output: () => string) => {
        while (!output().includes(`${name}\n`)) await sleep(1);
        await sleep(Math.random() * 3);
      });
      let kills = 0;
      for (const moment of [...anywhere, ...afterLine]) {
        const started = startProcess('admin/main.js', ['apply', path], environment(killed.url));
        const ended = started.exited.then((how) => how);
        await Promise.race([moment(started.stdout), ended]);
        started.process.kill('SIGKILL');
        if ((await ended) === 'SIGKILL') kills++;
        await expectWhole(killed);
      }
      expect(kills).toBeGreaterThan(2);
      expect((await runAdmin(killed.url, ['apply', path])).code).toBe(0);
      expect(await state(killed)).toEqual(await state(clean));
      expect((await killed.query('SELECT count(*) AS n FROM segment')).map(({ n }) => Number(n))).toEqual([60 * count]);
    } finally {
      await clean.drop();
      await killed.drop();
    }
  }, 180_000);
});

onSqlite('the command line', () => {
  test.each<[string, string[], number, 'stdout' | 'stderr', RegExp]>([
    ['help', ['--help'], 0, 'stdout', /Exit codes:\n  0  done\n  1  failed[^]*2  the command line[^]*3  the schema/],
    ...['apply', 'seed-demo', 'import-segments', 'export', 'copy', 'token', 'migrate'].map(
      (command): [string, string[], number, 'stdout', RegExp] => [
        `help of ${command}, with an example`,
        ['help', command],
        0,
        'stdout',
        new RegExp(`Usage: admin ${command}[^]*Examples?:\\n  admin ${command}`),
      ],
    ),
    ['no command', [], 2, 'stderr', /Usage: admin/],
    ['an unknown command', ['aply', 'x'], 2, 'stderr', /Did you mean apply\?/],
    ['an unknown option', ['apply', 'x', '--dryrun'], 2, 'stderr', /Did you mean --dry-run\?/],
    ['no file', ['apply'], 2, 'stderr', /missing required argument 'file'/],
    ['a duration that is none', ['token', 'wim@acme.test', '--ttl', 'soon'], 2, 'stderr', /Write a duration as 90s, 30m, 1h or 7d/],
  ])('%s', async (_, args, code, stream, says) => {
    const outcome = await runAdmin(database.url, args);
    expect(outcome.code).toBe(code);
    expect(outcome[stream]).toMatch(says);
    expect(outcome[stream === 'stdout' ? 'stderr' : 'stdout']).toBe('');
  });

  test.each<[string, string, RegExp]>([
    [
      'a database that nobody answers for',
      'mysql://root:hunter2@127.0.0.1:1/segments',
      /^Failed: no database answers at DATABASE_URL\.\n$/,
    ],
    ['a directory as database file', `sqlite:${scratch}`, /DATABASE_URL/],
  ])('%s: 1, with the variable to look at', async (_, url, says) => {
    const { code, stdout, stderr } = await runAdmin(url, ['migrate']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(says);
    expect(stderr).not.toContain('hunter2');
  });
});
