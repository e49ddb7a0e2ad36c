import { expect } from '@jest/globals';

const GOES = 3;
/** Many times what a request takes, and less than what took long did: a body with many members 2.3 s, a hostile pattern for ever. */
const PROMPT_MS = 1_000;

/**
 * Does something that must be quick, up to three times until it is: a machine that stalls for once is no slow answer, and what is slow
 * is slow each time. Fails when none was.
 * @returns what came of the last go
 */
export async function promptly<T>(go: () => Promise<T>, within = PROMPT_MS): Promise<T> {
  let least = Infinity;
  for (let left = GOES; ; left--) {
    const start = performance.now();
    const outcome = await go();
    least = Math.min(least, performance.now() - start);
    if (least < within) return outcome;
    if (left === 1) expect(least).toBeLessThan(within);
  }
}
