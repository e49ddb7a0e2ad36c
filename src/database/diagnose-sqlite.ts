import { accessSync, constants, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import { fine, judged, type Finding } from './finding.js';

const mebibyte = 1024 * 1024;

/** Bytes that must be free, whatever the size of the file: the write-ahead log grows before it is folded in. */
const leastFree = 64 * mebibyte;

/** What the embedded database says of itself, and what room it has. */
export async function diagnoseSqlite(dataSource: DataSource, path: string): Promise<Finding[]> {
  const pragma = async (name: string): Promise<string> => {
    const rows = (await dataSource.query(`PRAGMA ${name}`)) as Record<string, unknown>[];
    return String(Object.values(rows[0] ?? {})[0]);
  };
  const [{ version } = { version: '' }] = (await dataSource.query('SELECT sqlite_version() AS version')) as { version: string }[];
  const journal = await pragma('journal_mode');
  const keys = await pragma('foreign_keys');
  const sound = await pragma('quick_check(1)');
  return [
    fine('server', `SQLite ${version}, embedded; isolation is serializable, texts are UTF-8`),
    judged('journal', journal, [
      path !== ':memory:' && journal !== 'wal',
      'warning',
      'Reads wait for writes; put the file on a local disk, where a write-ahead log works.',
    ]),
    judged('foreign keys', keys === '1' ? 'on' : 'off', [
      keys !== '1',
      'wrong',
      'This program turns them on; look what else opens the database.',
    ]),
    judged('integrity', sound, [
      sound !== 'ok',
      'wrong',
      'The file is damaged: stop the service and restore a backup (admin restore FILE).',
    ]),
    ...(path === ':memory:' ? [] : [writable(path), room(path)]),
    fine('clock', 'one for both: the database has none of its own'),
  ];
}

/** The write-ahead log is made beside the file, so its directory must be writable too. */
function writable(path: string): Finding {
  const isWritable = [path, dirname(path)].every(mayWrite);
  return judged('writable', isWritable ? 'yes' : 'no', [!isWritable, 'wrong', 'Give the user of this process the file and its directory.']);
}

function mayWrite(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}

function room(path: string): Finding {
  const { bavail, bsize } = statfsSync(dirname(path));
  const [free, size] = [bavail * bsize, statSync(path).size];
  const value = `${Math.floor(free / mebibyte)} MiB free, the database has ${Math.ceil(size / mebibyte)} MiB`;
  return judged(
    'disk',
    value,
    [free < leastFree, 'wrong', 'Make room: past the last byte every write is answered 503.'],
    [free < size, 'warning', 'Make room: a backup or VACUUM needs as much again.'],
  );
}
