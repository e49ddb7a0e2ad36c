import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from '@jest/globals';
import { AppError } from '../../errors/app-error.js';
import { readBackup } from './read-backup.js';

const scratch = mkdtempSync(join(tmpdir(), 'segments-read-backup-'));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const header = {
  format: 'segments backup',
  version: 1,
  made_at: '2026-11-25T10:00:00.000Z',
  engine: 'sqlite',
  migrations: ['First1'],
  tables: [
    { name: 'empty', columns: ['id'], rows: 0 },
    { name: 'user', columns: ['id', 'active'], rows: 2 },
    { name: 'job', columns: ['id'], rows: 1 },
  ],
};
const rows = [['ü\n🌺', 1], ['b', null], ['c']];
const whole = (head: unknown = header, body: readonly unknown[] = rows): string => {
  const text = [head, ...body].map((line) => `${JSON.stringify(line)}\n`).join('');
  return `${text}${JSON.stringify({ sha256: createHash('sha256').update(text).digest('hex') })}\n`;
};
function file(bytes: string | Uint8Array): string {
  const path = join(scratch, 'a.backup');
  writeFileSync(path, bytes);
  return path;
}

test('its rows, by table', async () => {
  const seen: unknown[] = [];
  const told = await readBackup(
    file(gzipSync(whole())),
    () => undefined,
    ({ name }, row) => void seen.push([name, row]),
  );
  expect(told).toEqual(header);
  expect(seen).toEqual([
    ['user', rows[0]],
    ['user', rows[1]],
    ['job', rows[2]],
  ]);
});

describe('what is wrong with a file', () => {
  test.each<[string, () => string, string]>([
    ['none', () => join(scratch, 'missing'), 'FileUnusable'],
    ['a directory', () => scratch, 'FileUnusable'],
    ['empty', () => file(''), 'BackupDamaged'],
    ['no gzip', () => file('{}'), 'NoBackup'],
    ['another gzip', () => file(gzipSync('hello\n')), 'NoBackup'],
    ['a later format', () => file(gzipSync(whole({ ...header, version: 2 }))), 'BackupNewer'],
    [
      'a name that would be SQL',
      () => file(gzipSync(whole({ ...header, tables: [{ name: 'a; DROP', columns: ['id'], rows: 0 }] }))),
      'NoBackup',
    ],
    ['cut off in its bytes', () => file(gzipSync(whole()).subarray(0, -9)), 'BackupDamaged'],
    ['cut off in its lines', () => file(gzipSync(whole().slice(0, -90))), 'BackupDamaged'],
    ['a bit that turned', () => file(gzipSync(whole().replace('"b"', '"B"'))), 'BackupDamaged'],
    ['a row that is missing', () => file(gzipSync(whole(header, rows.slice(1)))), 'BackupDamaged'],
    ['a row too many', () => file(gzipSync(whole(header, [...rows, ['d']]))), 'BackupDamaged'],
    ['a row of another width', () => file(gzipSync(whole(header, [['a'], ...rows.slice(1)]))), 'BackupDamaged'],
    ['something behind the end', () => file(gzipSync(`${whole()}"more"\n`)), 'BackupDamaged'],
  ])('%s', async (_, path, reason) => {
    const outcome = await readBackup(
      path(),
      () => undefined,
      () => undefined,
    ).then(
      () => 'read',
      (error: unknown) => (error instanceof AppError ? error.problems[0].reason : String(error)),
    );
    expect(outcome).toBe(reason);
  });
});
