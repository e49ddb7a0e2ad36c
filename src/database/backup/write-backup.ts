import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { DataSource } from 'typeorm';
import { entities } from '../entities.js';
import { schemaState } from '../migrate.js';
import { formatName, formatVersion, obstacle, type BackupHeader, type BackupTable } from './backup-format.js';
import { withSnapshot, type Snapshot } from './snapshot.js';

/** Characters that are written away at once. */
const pieceLength = 64 * 1024;

export interface BackupDone {
  readonly header: BackupHeader;
  readonly bytes: number;
}

/**
 * Writes everything that the database holds to a file, as it was at one moment. The file appears under its name once it is whole and
 * on the disk; only its owner may read it.
 * @param progress is told of the rows in all, then of those that are done
 * @throws AppError when the file is there, or the schema is not this program's
 */
export async function writeBackup(
  dataSource: DataSource,
  file: string,
  force: boolean,
  progress: (done: number, of: number) => void,
): Promise<BackupDone> {
  if (existsSync(file) && !force)
    throw obstacle('FileExists', `The file ${file} is there already.`, 'Name another one, or add --force to write over it.');
  const { applied, pending, unknown } = await schemaState(dataSource);
  if (pending.length > 0)
    throw obstacle(
      'SchemaBehind',
      'The schema of the database is behind this program.',
      'Back up with the program that runs on it, or bring it up first: admin migrate.',
    );
  if (unknown.length > 0)
    throw obstacle(
      'SchemaAhead',
      `The database is of a newer program: this one does not know ${unknown.join(', ')}.`,
      'Back up with the program that runs on it.',
    );
  const part = `${file}.part`;
  try {
    const header = await withSnapshot(dataSource, async (snapshot) => {
      const made = await headerOf(dataSource, snapshot, applied);
      await pipeline(
        Readable.from(pieces(snapshot, made, progress)),
        createGzip(),
        (await open(part, 'w', 0o600)).createWriteStream({ flush: true }),
      );
      return made;
    });
    await rename(part, file);
    return { header, bytes: (await stat(file)).size };
  } catch (error) {
    await rm(part, { force: true });
    throw fileTrouble(error, file);
  }
}

async function headerOf(dataSource: DataSource, snapshot: Snapshot, migrations: readonly string[]): Promise<BackupHeader> {
  // The first count opens the snapshot.
  const tables: BackupTable[] = [];
  for (const entity of entities) {
    const { tableName: name, columns } = dataSource.getMetadata(entity);
    tables.push({ name, columns: columns.map(({ databaseName }) => databaseName), rows: await snapshot.count(name) });
  }
  const engine = dataSource.options.type === 'better-sqlite3' ? 'sqlite' : 'mysql';
  return { format: formatName, version: formatVersion, made_at: new Date().toISOString(), engine, migrations, tables };
}

/** The lines of the file, many at a time, and at the end what proves them. */
async function* pieces(snapshot: Snapshot, header: BackupHeader, progress: (done: number, of: number) => void): AsyncGenerator<string> {
  const hash = createHash('sha256');
  const of = header.tables.reduce((sum, { rows }) => sum + rows, 0);
  let piece = `${JSON.stringify(header)}\n`;
  let done = 0;
  const proven = (text: string): string => (hash.update(text), text);
  for (const table of header.tables) {
    let rows = 0;
    for await (const row of snapshot.rows(table)) {
      rows += 1;
      piece += `${JSON.stringify(row)}\n`;
      if (piece.length < pieceLength) continue;
      yield proven(piece);
      piece = '';
      progress(done + rows, of);
    }
    if (rows !== table.rows) throw new Error(`the table ${table.name} changed while it was read`);
    done += rows;
  }
  yield proven(piece);
  progress(done, of);
  yield `${JSON.stringify({ sha256: hash.digest('hex') })}\n`;
}

/** What the file system says, in words that tell what to do. */
const reasons: Readonly<Record<string, [string, string]>> = {
  ENOENT: ['cannot be made: its directory does not exist', 'Make the directory, or name another one.'],
  EISDIR: ['is a directory', 'Name a file in it.'],
  EACCES: ['may not be written by this user', 'Change the permissions of its directory, or run the command as another user.'],
  ENOSPC: ['cannot be written: the disk is full', 'Make room, or name a file on another disk.'],
};

function fileTrouble(error: unknown, file: string): unknown {
  const known = reasons[String((error as NodeJS.ErrnoException).code)];
  return known === undefined ? error : obstacle('FileUnusable', `The file ${file} ${known[0]}.`, known[1]);
}
