import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds: what comes at all is there long before. */
const LIMIT_MS = 30_000;
const PAUSE_MS = 20;

/** Looks until it holds: a fixed pause would be too short on one machine and a waste on all others. @throws Error naming what did not come */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = performance.now() + LIMIT_MS; !(await holds()); await sleep(PAUSE_MS))
    if (performance.now() > end) throw new Error(`In ${LIMIT_MS / 1_000} s this did not come: ${what}`);
}
