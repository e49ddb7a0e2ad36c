import type { Command } from 'commander';
import type { BackupOptions, RestoreOptions } from './backup.action.js';

export function addBackupCommands(program: Command): void {
  program
    .command('backup <file>')
    .description(
      'Writes everything that the database holds to a file, as it was at one moment; the service may go on writing. The file is gzip, checksummed, and the same for MySQL and SQLite. Keys are not in it.',
    )
    .option('--force', 'write over a file that is there')
    .option('--json', 'print one JSON object')
    .addHelpText('after', '\nExamples:\n  admin backup segments-$(date +%F).backup\n  admin backup /backups/segments.backup --force --json')
    .action(async (file: string, options: BackupOptions) => (await import('./backup.action.js')).backup(file, options));
  program
    .command('restore <file>')
    .description(
      'Makes the database hold what a backup holds, and nothing else. Stop the service first. A backup of an older release goes through the migrations since; one of MySQL may be restored into SQLite, and the reverse.',
    )
    .option('--check', 'only read the file to its end and say what is in it; no database is touched')
    .option('--force', 'delete what the database holds')
    .option('--json', 'print one JSON object')
    .addHelpText(
      'after',
      '\nRefused unless the file is whole and the database empty. All rows are written in one transaction.\n\nExamples:\n  admin restore segments-2026-11-25.backup --check\n  admin restore segments-2026-11-25.backup\n  DATABASE_URL=sqlite:copy.sqlite admin restore segments-2026-11-25.backup',
    )
    .action(async (file: string, options: RestoreOptions) => (await import('./backup.action.js')).restore(file, options));
}
