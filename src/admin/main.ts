import 'reflect-metadata';
import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.js';
import { buildProgram } from './program.js';

try {
  await buildProgram().parseAsync();
} catch (error) {
  // Help that was asked for ends with 0; everything else that Commander throws is a wrong command line, which it has told.
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? exitCodes.ok : exitCodes.usage;
}
