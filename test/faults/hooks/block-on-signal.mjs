import { existsSync, writeSync } from 'node:fs';

/**
 * Loaded into the service: on SIGUSR2 the event loop stands still for two seconds, and for as long as the file FAULT_HOLD is there. It
 * says so first, since a busy machine delivers a signal when it likes.
 */
process.on('SIGUSR2', () => {
  writeSync(2, 'standing still\n');
  const { FAULT_HOLD: file } = process.env;
  for (const end = performance.now() + 2_000; performance.now() < end || (file !== undefined && existsSync(file)););
});
