import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { engine, freshDatabase, type TestDatabase } from './support/database.js';
import { expectNormal } from './support/envelope.js';
import { churnV1, wim } from './support/fixtures.js';
import { runAdmin } from './support/service.js';
import { until } from './support/until.js';
import { useWorld } from './support/world.js';

const world = useWorld();
const scratch = mkdtempSync(join(tmpdir(), 'segments-backup-'));
const file = join(scratch, 'live.backup');
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const lines = (path: string): string[] => gunzipSync(readFileSync(path)).toString('utf8').trimEnd().split('\n');
const rowsOf = (path: string): string[] => lines(path).slice(1, -1).sort();
const headerOf = (path: string) => JSON.parse(lines(path)[0]!);
/** A backup with these lines, and the checksum that they have. */
function write(name: string, text: readonly string[]): string {
  const body = text.map((line) => `${line}\n`).join('');
  const proof = JSON.stringify({ sha256: createHash('sha256').update(body).digest('hex') });
  writeFileSync(join(scratch, name), gzipSync(`${body}${proof}\n`));
  return join(scratch, name);
}
const numbers = async ({ query }: TestDatabase, sql: string): Promise<number[]> =>
  (await query(sql)).map((row) => Number(Object.values(row)[0]));

let copy: TestDatabase;
beforeAll(async () => {
  copy = await freshDatabase();
});
afterAll(() => copy.drop());

const together = 7;
test('a backup that is made while the service writes holds whole transactions only', async () => {
  let [stop, written] = [false, 0];
  const writing = (async () => {
    for (; !stop; written++) {
      const segments = Array.from({ length: together }, (_, n) => ({ name: `w${written}-${n}`, definition: `age > ${n}` }));
      expectNormal(await world.api.as(wim.email).post(`/v3/models/${churnV1.id}/segments/bulk`, { segments }));
    }
  })();
  await until('some are there before it begins', () => written >= 2);
  const made = await runAdmin(world.database.url, ['backup', file]);
  const before = written;
  await until('some come after it', () => written > before);
  stop = true;
  await writing;
  expect(made).toEqual({ code: 0, stdout: expect.stringMatching(/^backed up [\d,]+ rows of 15 tables to \S+ \(\d+ KiB\)\n$/), stderr: '' });
  expect([readdirSync(scratch), statSync(file).mode & 0o777]).toEqual([['live.backup'], 0o600]);

  const restored = await runAdmin(copy.url, ['restore', file]);
  expect(restored).toEqual({ code: 0, stdout: expect.stringMatching(/^restored [\d,]+ rows of 15 tables from /), stderr: '' });
  const parts = await numbers(copy, "SELECT COUNT(*) FROM segment WHERE name LIKE 'w%' GROUP BY SUBSTR(name, 1, INSTR(name, '-'))");
  expect(parts.length).toBeGreaterThan(0);
  expect(parts.length).toBeLessThan(written);
  expect(new Set(parts)).toEqual(new Set([together]));
  // What a create writes beside the segment is there for each, and for no other.
  const [segments] = await numbers(copy, 'SELECT COUNT(*) FROM segment');
  const beside = ['SELECT COUNT(*) FROM segment_text', 'SELECT SUM(total) FROM segment_count', 'SELECT COUNT(*) FROM segment_event'];
  for (const sql of beside) expect(await numbers(copy, sql)).toEqual([segments]);
}, 60_000);

test('what was restored is, backed up again, row for row what was in the file', async () => {
  const again = join(scratch, 'again.backup');
  const { code, stdout } = await runAdmin(copy.url, ['backup', again, '--json']);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ file: again, engine, tables: { organization: 2, user: 8 } });
  expect(rowsOf(again)).toEqual(rowsOf(file));
});

(engine === 'mysql' ? test : test.skip)('from MySQL into SQLite, and the same there', async () => {
  const [url, again] = [`sqlite:${join(scratch, 'copy.sqlite')}`, join(scratch, 'sqlite.backup')];
  expect(await runAdmin(url, ['restore', file])).toMatchObject({ code: 0, stderr: '' });
  expect(await runAdmin(url, ['backup', again])).toMatchObject({ code: 0, stderr: '' });
  expect(rowsOf(again)).toEqual(rowsOf(file));
});

describe('a database that holds something', () => {
  test('is left alone without --force', async () => {
    const before = await copy.content();
    const { code, stdout, stderr } = await runAdmin(copy.url, ['restore', file]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^The database is not empty\. \(NotEmpty\)\n {2}Restore into an empty one, or add --force/);
    expect(await copy.content()).toEqual(before);
  });

  test('with --force takes a backup of an older release, whose rows go through the migrations since', async () => {
    const header = headerOf(file);
    const later = /^(?:segment_text|segment_event\w*|segment_reference|idempotency_key)$/;
    const rows = lines(file).slice(1, -1);
    const kept = header.tables.flatMap(({ name, rows: count }: { name: string; rows: number }) => {
      const own = rows.splice(0, count);
      return later.test(name) ? [] : own;
    });
    const tables = header.tables.filter(({ name }: { name: string }) => !later.test(name));
    const older = write('older.backup', [JSON.stringify({ ...header, tables, migrations: header.migrations.slice(0, 5) }), ...kept]);
    const before = await copy.content();
    const { code, stdout, stderr } = await runAdmin(copy.url, ['restore', older, '--force', '--json']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(JSON.parse(stdout).migrated.toSorted()).toEqual(header.migrations.slice(5).toSorted());
    const after = await copy.content();
    for (const table of ['organization', 'user', 'project', 'project_member', 'model', 'segment', 'segment_column', 'segment_text'])
      expect([table, after[table]]).toEqual([table, before[table]]);
    expect(after['segment_event']).toEqual([]);
  });
});

// What is wrong with a file by itself is tried in read-backup.spec.ts.
test('a backup of a newer program is refused before the database is touched', async () => {
  const newer = write('newer.backup', [JSON.stringify({ ...headerOf(file), migrations: ['Later1'], tables: [] })]);
  const { code, stdout, stderr } = await runAdmin(copy.url, ['restore', newer, '--force']);
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toMatch(/^The backup was made by a newer program: this one does not know Later1\. \(BackupNewer\)$/m);
  expect(await numbers(copy, 'SELECT COUNT(*) FROM user')).toEqual([8]);
});
