/** The parent's end of `load.mjs`. */
import { fork } from 'node:child_process';
import { join } from 'node:path';

export function startLoadGenerator() {
  const child = fork(join(import.meta.dirname, 'load.mjs'), { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  return {
    /** @returns {Promise<{ answers: number, rate: number, p50: number, p99: number, statuses: Record<string, number>, errors: number }>} */
    run: (job) =>
      new Promise((resolve, reject) => {
        const died = () => reject(new Error('the load generator died'));
        child.once('exit', died);
        child.once('message', ({ result, error }) => {
          child.off('exit', died);
          if (error === undefined) resolve(result);
          else reject(new Error(error));
        });
        child.send(job);
      }),
    stop: () => child.disconnect(),
  };
}
