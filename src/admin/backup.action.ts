import { totalRows, type BackupHeader } from '../database/backup/backup-format.js';
import { checkBackup } from '../database/backup/read-backup.js';
import { restoreBackup } from '../database/backup/restore-backup.js';
import { writeBackup } from '../database/backup/write-backup.js';
import { withProgress } from './progress.js';
import { reported } from './reported.js';
import { withDataSource } from './with-data-source.js';

export interface BackupOptions {
  readonly force?: boolean;
  readonly json?: boolean;
}

export interface RestoreOptions extends BackupOptions {
  readonly check?: boolean;
}

export const backup = (file: string, { force = false, json = false }: BackupOptions): Promise<void> =>
  withDataSource(json, async (dataSource) => {
    const { header, bytes } = await withProgress('backup', json, (progress) => writeBackup(dataSource, file, force, progress));
    print(json, { file, bytes, ...summary(header) }, `backed up ${amount(header)} to ${file} (${Math.ceil(bytes / 1024)} KiB)`);
  });

export const restore = (file: string, { check = false, force = false, json = false }: RestoreOptions): Promise<void> =>
  check ? reported(json, () => tellOf(file, json)) : withDataSource(json, (dataSource) => restoreInto(dataSource, file, force, json));

async function tellOf(file: string, json: boolean): Promise<void> {
  const header = await withProgress('check', json, (progress) => checkBackup(file, progress));
  print(json, { file, ...summary(header) }, `${file} is whole: ${amount(header)}, ${origin(header)}`);
}

async function restoreInto(dataSource: Parameters<typeof restoreBackup>[0], file: string, force: boolean, json: boolean): Promise<void> {
  const tell = (line: string): void => void process.stderr.write(`${line}\n`);
  const { header, migrated } = await withProgress('check', json, (check) =>
    withProgress('restore', json, (load) => restoreBackup(dataSource, file, force, { check, load, tell })),
  );
  const since = migrated.length === 0 ? '' : `; migrated since: ${migrated.join(', ')}`;
  print(json, { file, migrated, ...summary(header) }, `restored ${amount(header)} from ${file}, ${origin(header)}${since}`);
}

const amount = (header: BackupHeader): string => `${totalRows(header).toLocaleString('en-US')} rows of ${header.tables.length} tables`;

const origin = ({ made_at, engine, migrations }: BackupHeader): string => `made ${made_at} on ${engine} at migration ${migrations.at(-1)}`;

const summary = ({ made_at, engine, migrations, tables }: BackupHeader) => ({
  made_at,
  engine,
  migrations,
  tables: Object.fromEntries(tables.map(({ name, rows }) => [name, rows])),
});

const print = (json: boolean, result: object, text: string): void => void process.stdout.write(`${json ? JSON.stringify(result) : text}\n`);
