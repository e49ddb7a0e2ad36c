/** Which processor runs what: the server under test alone on the first, the load and the database on the others. */
import { spawnSync } from 'node:child_process';
import { availableParallelism } from 'node:os';

const processors = availableParallelism();
const canPin = processors > 1 && spawnSync('taskset', ['--version']).status === 0;
const loadProcessors = processors > 2 ? `1-${processors - 1}` : '1';

/** A command line that runs on the server's processor; unchanged where there is only one, or no `taskset`. */
export const onServerProcessor = (command, args) => (canPin ? ['taskset', ['-c', '0', command, ...args]] : [command, args]);

/** Moves this process, and whatever it starts from now on, off the server's processor. */
export function leaveServerProcessor() {
  if (canPin) spawnSync('taskset', ['-a', '-c', '-p', loadProcessors, String(process.pid)]);
}

export const pinningSaid = canPin
  ? `server on processor 0, load generator and database on ${loadProcessors}`
  : 'not pinned: server, load generator and database share the processors';
