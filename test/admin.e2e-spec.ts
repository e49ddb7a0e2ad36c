import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { expectError, expectPaginated } from './support/envelope.js';
import { fixtureFile, off, wim } from './support/fixtures.js';
import { buildDir, jwt, runAdmin, runAdminProcess } from './support/service.js';
import { now } from './support/token.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-admin-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const admin = (...args: string[]) => runAdmin(world.database.url, args);
const STACK = /\bat .+:\d+:\d+/;
/** What happens before a database is asked is tried once, not once for each database. */
const onSqlite = engine === 'sqlite' ? test : test.skip;
let written = 0;
/** The fixture with a change, in a file of its own. */
function fixture(change: (organizations: any[]) => void = () => undefined): string {
  const { organizations } = JSON.parse(readFileSync(fixtureFile, 'utf8'));
  change(organizations);
  return file(JSON.stringify({ organizations }), 'json');
}
function file(text: string, extension: string): string {
  const path = join(scratch, `${++written}.${extension}`);
  writeFileSync(path, text);
  return path;
}

describe('apply', () => {
  test('a second time: everything unchanged, and not a byte written', async () => {
    const before = await world.database.content();
    const { code, stdout, stderr } = await admin('apply', fixtureFile);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.trim().split('\n').slice(0, -1);
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.filter((line) => !line.startsWith('unchanged'))).toEqual([]);
    expect(await world.database.content()).toEqual(before);
  });

  test('a change: one thing updated, and the service sees it', async () => {
    const path = fixture(([acme]) => (acme.users.find(({ email }: any) => email === wim.email).full_name = 'Wim Rewriter'));
    const { code, stdout } = await admin('apply', path);
    expect(code).toBe(0);
    expect(stdout.split('\n').filter((line) => /^(?:created|updated)/.test(line))).toEqual([expect.stringContaining(wim.email)]);
    const items = expectPaginated(await world.api.as(wim.email).get('/v3/segments', { search: 'rewriter' }));
    expect(items.map(({ created_by }) => created_by.full_name)).toEqual(['Wim Rewriter']);
    expect((await admin('apply', fixtureFile)).code).toBe(0);
  });

  test('what the file does not name is left alone', async () => {
    const before = await world.database.content();
    const { code } = await admin(
      'apply',
      fixture((organizations) => {
        organizations.pop();
        organizations[0].projects.pop();
        organizations[0].projects[0].models[0].segments.pop();
      }),
    );
    expect(code).toBe(0);
    expect(await world.database.content()).toEqual(before);
  });

  test('YAML, and ids made from names are the same in every database', async () => {
    const path = file(
      [
        'organizations:',
        '  - name: initech',
        '    users:',
        '      - { email: bill@initech.test, full_name: Bill, role: Org Admin }',
        '    projects:',
        '      - name: tps',
        '        members: [{ email: bill@initech.test, role: Project Admin }]',
        '        models:',
        '          - name: reports',
        '            columns: [{ name: age, data_type: int }]',
        '            segments: [{ name: late, definition: age > 1, created_by: bill@initech.test }]',
      ].join('\n'),
      'yaml',
    );
    const [one, two] = [await freshDatabase(), await freshDatabase()];
    try {
      const ids = async ({ url, query }: TestDatabase) => {
        const { code, stdout, stderr } = await runAdmin(url, ['apply', path]);
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        expect(stdout).toMatch(/^created .*late/m);
        return query('SELECT id FROM segment');
      };
      const [first, second] = [await ids(one), await ids(two)];
      expect(first).toHaveLength(1);
      expect(second).toEqual(first);
    } finally {
      await one.drop();
      await two.drop();
    }
  });

  test('F16 two at once on an empty database: the same as one', async () => {
    const shared = await freshDatabase();
    try {
      const outcomes = await Promise.all([1, 2].map(() => runAdminProcess(shared.url, ['apply', fixtureFile])));
      expect(outcomes.map(({ code, stderr }) => ({ code, stderr }))).toEqual(
        Array(2).fill({ code: 0, stderr: expect.stringMatching(/^(?:Another process is migrating the database; waiting for it: .+\n)?$/) }),
      );
      const { stdout } = await runAdmin(shared.url, ['apply', fixtureFile]);
      expect(stdout).not.toMatch(/^(?:created|updated) /m);
      expect((await shared.query('SELECT count(*) AS n FROM segment')).map(({ n }) => Number(n))).toEqual([4]);
    } finally {
      await shared.drop();
    }
  }, 60_000);
});

describe('a bad fixture is refused whole, each problem with its path', () => {
  let before: unknown;
  beforeAll(async () => {
    before = await world.database.content();
  });

  const model = (all: any[]) => all[0].projects[0].models[0];
  const path = { model: 'organizations[0].projects[0].models[0]', other: 'organizations[1].projects[0].models[0]' };
  const shape = (all: any[]) => {
    all[0].colour = 'red';
    all[0].id = 'acme';
    all[0].users[1].role = 'Boss';
    model(all).segments[0].definitoin = 'age > 1';
    all[1].projects[0].models[0].segments[0].name = '';
  };
  const shapePaths = [
    /organizations\[0\].*colour/,
    'organizations[0].id',
    'organizations[0].users[1].role',
    /organizations\[0\]\.projects\[0\]\.models\[0\]\.segments\[0\].*definitoin/,
    `${path.other}.segments[0].name`,
  ];
  const meaning = (all: any[]) => {
    all[0].users.push({ ...all[0].users[0], id: undefined });
    all[0].projects[0].members[0].email = 'no@acme.test';
    // In a model of its own: without good columns nothing can be said about a model's definitions.
    all[0].projects[0].models[1].columns[1].data_type = 'categorical';
    model(all).segments[0].created_by = 'gus@globex.test';
    model(all).segments[1].definition = 'agee > 65';
    all[1].projects[0].models[0].segments[0].definition = 'age >';
  };
  const meaningPaths = [
    'organizations[0].users[6].email',
    'organizations[0].projects[0].members[0].email',
    'organizations[0].projects[0].models[1].columns[1].data_type',
    `${path.model}.segments[0].created_by`,
    `${path.model}.segments[1].definition`,
    `${path.other}.segments[0].definition`,
  ];
  test.each<[string, (all: any[]) => void, (string | RegExp)[]]>([
    ['what has the wrong shape', shape, shapePaths],
    ['what means nothing: references, names, definitions', meaning, meaningPaths],
    ['both kinds in one file', (all) => [shape, meaning].forEach((spoil) => spoil(all)), [...shapePaths, ...meaningPaths]],
  ])('%s', async (_, spoil, paths) => {
    const bad = fixture((all) => {
      spoil(all);
      // Something good beside the bad: it must not be written either.
      all[0].users.push({ email: 'new@acme.test', full_name: 'New', role: 'Org Member' });
    });
    const { code, stdout, stderr } = await admin('apply', bad);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    for (const named of paths) expect(stderr).toMatch(named);
    expect(stderr).not.toMatch(STACK);
    expect(await world.database.content()).toEqual(before);
  });

  onSqlite.each<[string, () => string]>([
    ['no such file', () => join(scratch, 'missing.json')],
    ['no JSON', () => file('{"organizations": [', 'json')],
    ['no YAML', () => file('organizations: [', 'yaml')],
    ['nothing in it', () => file('', 'yaml')],
    ['a list', () => file('[]', 'json')],
  ])('%s', async (_, path) => {
    const { code, stdout, stderr } = await admin('apply', path());
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr.trim()).not.toBe('');
    expect(stderr).not.toMatch(STACK);
  });
});

onSqlite('who reads only the beginning, as head does, breaks nothing', () => {
  const piped = '"$0" "$1" --help | true; exit ${PIPESTATUS[0]}';
  const { status, stderr } = spawnSync('bash', ['-c', piped, process.execPath, join(buildDir, 'admin', 'main.js')], { encoding: 'utf8' });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

describe('token', () => {
  test('alone on standard output, good for an hour, and the service takes it', async () => {
    const { code, stdout, stderr } = await admin('token', wim.email);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    const { header, payload } = jsonwebtoken.decode(stdout.trim(), { complete: true })!;
    expect(header).toEqual({ alg: 'HS256', typ: 'JWT' });
    const { iat, exp, ...claims } = payload as jsonwebtoken.JwtPayload;
    expect(claims).toEqual({ sub: wim.id, iss: jwt.issuer, aud: jwt.audience });
    expect(Math.abs(iat! - now())).toBeLessThan(30);
    expect(exp! - iat!).toBe(3_600);
    expectPaginated(await world.api.as(stdout.trim()).get('/v3/segments'));
  });

  onSqlite.each<[string, number]>([
    ['90s', 90],
    ['7d', 604_800],
  ])('--ttl %s', async (ttl, seconds) => {
    const { stdout } = await admin('token', wim.email, '--ttl', ttl);
    const { iat, exp } = jsonwebtoken.decode(stdout.trim()) as jsonwebtoken.JwtPayload;
    expect(exp! - iat!).toBe(seconds);
  });

  onSqlite.each<[string, string[]]>([
    ['an unknown email', ['token', 'nobody@acme.test']],
    ['a disabled user', ['token', off.email]],
    ['no email', ['token']],
    ['a time that is none', ['token', wim.email, '--ttl', 'soon']],
    ['an unknown option', ['token', wim.email, '--for', '1h']],
    ['an unknown command', ['tokens', wim.email]],
  ])('%s: a message on standard error, nothing on standard output', async (_, args) => {
    const { code, stdout, stderr } = await admin(...args);
    expect(code).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr.trim()).not.toBe('');
    expect(stderr).not.toMatch(STACK);
  });

  test('signed with another secret it is refused', async () => {
    const { stdout } = await runAdmin(world.database.url, ['token', wim.email], { JWT_SECRET: 'q9cV7w2mX4tL8bN1zR6kP3yF5hD0sJgA' });
    expectError(await world.api.as(stdout.trim()).get('/v3/segments'), 401, 'Unauthorized');
  });
});
