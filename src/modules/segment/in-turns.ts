import { setImmediate as breathe } from 'node:timers/promises';

/** Milliseconds after which others get their turn. */
const turn = 10;

/** The results of `work` on each item, in order. Long work is done in turns with whatever else the process has to do. */
export async function inTurns<T, R>(items: readonly T[], work: (item: T, index: number) => R): Promise<R[]> {
  const results: R[] = [];
  let since = performance.now();
  for (const [index, item] of items.entries()) {
    if (performance.now() - since > turn) {
      await breathe();
      since = performance.now();
    }
    results.push(work(item, index));
  }
  return results;
}
