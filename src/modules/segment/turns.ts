import { setImmediate as breathe } from 'node:timers/promises';

/** Milliseconds of work after which others get their turn. */
const turn = 10;

/** Long work that is done in turns with whatever else the process has to do. */
export class Turns {
  private since = performance.now();

  /** To be awaited between any two steps. */
  async next(): Promise<void> {
    if (performance.now() - this.since < turn) return;
    await breathe();
    this.since = performance.now();
  }
}
