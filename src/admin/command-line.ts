import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { buildProgram } from './program.js';

/**
 * Runs one command line of the admin program; what the process is to end with is left in `process.exitCode`.
 *
 * @param args what stands behind the program's name
 */
export async function runCommandLine(args: readonly string[]): Promise<void> {
  try {
    await buildProgram().parseAsync(args, { from: 'user' });
  } catch (error) {
    // Help that was asked for ends with 0; everything else that Commander throws is a wrong command line, which it has told.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
  }
}
