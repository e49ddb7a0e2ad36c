import { Command } from 'commander';
import { addApplyCommands } from './apply.command.js';
import { addDoctorCommand } from './doctor.command.js';
import { exitCodes } from './exit-codes.js';
import { addBackupCommands } from './backup.command.js';
import { addCopyCommand } from './copy.command.js';
import { addExportCommand } from './export.command.js';
import { addImportSegmentsCommand } from './import/import-segments.command.js';
import { addMigrateCommand } from './migrate.command.js';
import { addPeopleCommands } from './people.command.js';
import { addTokenCommand } from './token.command.js';

const epilogue = `
Exit codes:
  ${exitCodes.ok}  done
  ${exitCodes.failed}  failed, or something was refused: standard error says what and how to mend it
  ${exitCodes.usage}  the command line is wrong
  ${exitCodes.pendingMigrations}  the schema of the database is behind: admin migrate

Results go to standard output, errors to standard error. The database and the keys are those of the environment
(DATABASE_URL, JWT_SECRET …), as for the service. "admin" stands for: npm run -s admin --`;

/** The admin command line. Commander's errors are thrown, for the caller to end with. */
export function buildProgram(): Command {
  const program = new Command('admin')
    .description('Administers the segments service.')
    .exitOverride()
    .showHelpAfterError('(--help shows how)')
    .helpCommand('help [command]', 'show how a command is used')
    .addHelpText('after', epilogue);
  addApplyCommands(program);
  addImportSegmentsCommand(program);
  addExportCommand(program);
  addCopyCommand(program);
  addPeopleCommands(program);
  addTokenCommand(program);
  addMigrateCommand(program);
  addDoctorCommand(program);
  addBackupCommands(program);
  return program;
}
