import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { headerSchema, obstacle, totalRows, type BackupHeader, type BackupTable, type BackupValue } from './backup-format.js';

/** Called with the rows of each table in order, and awaited. */
export type TakeRow = (table: BackupTable, row: readonly BackupValue[]) => void | Promise<void>;

/**
 * Reads a backup from its first line to its last, and holds the bytes against their checksum. What `take` was given is to be trusted
 * only when this ends well, so a restore reads the file twice.
 * @throws AppError saying what is wrong with the file
 */
export async function readBackup(
  file: string,
  begin: (header: BackupHeader) => void | Promise<void>,
  take: TakeRow,
): Promise<BackupHeader> {
  const damaged = (what: string) =>
    obstacle('BackupDamaged', `The file ${file} ${what}.`, 'Take another backup; check it with: admin restore FILE --check.');
  const hash = createHash('sha256');
  let header: BackupHeader | undefined;
  let table = 0;
  let rows = 0;
  let proof: string | undefined;
  const readLine = async (line: string): Promise<void> => {
    if (proof !== undefined) throw damaged('goes on behind its end');
    if (header === undefined) {
      header = parseHeader(line, file);
      await begin(header);
    } else {
      while (header.tables[table] !== undefined && rows === header.tables[table]!.rows) [table, rows] = [table + 1, 0];
      const current = header.tables[table];
      const value = parsed(line, damaged);
      if (current === undefined) {
        proof = String((value as { sha256?: unknown } | null)?.sha256);
        return;
      }
      if (!isRow(value, current.columns.length)) throw damaged(`has a row of ${current.name} that is none`);
      rows += 1;
      await take(current, value);
    }
    hash.update(line).update('\n');
  };
  const source = createReadStream(file);
  // No pipeline: it would end what is thrown here as an abort of the stream.
  const gunzip = source.pipe(createGunzip());
  source.on('error', (error) => gunzip.destroy(error));
  try {
    for await (const line of linesOf(gunzip)) await readLine(line);
  } catch (error) {
    throw fileTrouble(error, file, damaged);
  } finally {
    source.destroy();
    gunzip.destroy();
  }
  if (header === undefined || proof === undefined) throw damaged('is cut off');
  if (proof !== hash.digest('hex')) throw damaged('is not as it was written: its checksum differs');
  return header;
}

/** Reads it for its checksum alone. @returns what it holds */
export function checkBackup(file: string, progress: (done: number, of: number) => void): Promise<BackupHeader> {
  let [done, of] = [0, 0];
  return readBackup(
    file,
    (header) => void (of = totalRows(header)),
    () => progress(++done, of),
  );
}

/** Whole lines as text: a character may lie across two chunks, so they are cut as bytes. */
async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest: Buffer[] = [];
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      rest.push(chunk.subarray(from, end));
      yield Buffer.concat(rest).toString('utf8');
      rest = [];
      from = end + 1;
    }
    rest.push(chunk.subarray(from));
  }
}

function parseHeader(line: string, file: string): BackupHeader {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    // No JSON is no header.
  }
  const { data, error } = headerSchema.safeParse(value);
  if (error === undefined) return data;
  const isNewer = Number((value as { version?: unknown } | null)?.version) > 1;
  throw isNewer
    ? obstacle('BackupNewer', `The file ${file} was made by a newer program.`, 'Restore it with that release or a later one.')
    : obstacle('NoBackup', `The file ${file} is no backup of this program.`, 'Name a file that admin backup made.');
}

function parsed(line: string, damaged: (what: string) => Error): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw damaged('has a line that is no JSON');
  }
}

const isRow = (value: unknown, width: number): value is BackupValue[] =>
  Array.isArray(value) &&
  value.length === width &&
  value.every((cell) => cell === null || typeof cell === 'string' || typeof cell === 'number');

function fileTrouble(error: unknown, file: string, damaged: (what: string) => Error): unknown {
  const code = String((error as NodeJS.ErrnoException).code);
  if (code === 'ENOENT') return obstacle('FileUnusable', `The file ${file} does not exist.`, 'Check the path.');
  if (code === 'EACCES' || code === 'EISDIR')
    return obstacle('FileUnusable', `The file ${file} cannot be read (${code}).`, 'Check its permissions.');
  if (code === 'Z_BUF_ERROR') return damaged('is cut off');
  if (code === 'Z_DATA_ERROR' || code.startsWith('Z_'))
    return (error as Error).message.includes('incorrect header')
      ? obstacle('NoBackup', `The file ${file} is no backup of this program.`, 'Name a file that admin backup made.')
      : damaged('is damaged');
  return error;
}
