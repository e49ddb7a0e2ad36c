import 'reflect-metadata';
import { runCommandLine } from './command-line.js';

// Whoever reads may have read enough, as `head` does: that is an end, and no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});

await runCommandLine(process.argv.slice(2));
