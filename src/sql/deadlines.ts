/** Milliseconds between two looks: by so much a deadline may be noticed late. */
const look = 250;

/**
 * Ends what takes too long. One timer looks over all that is under way, at half the cost of a timer for each; and since it counts
 * its own looks, neither a clock that is set nor a process that stood still ends anything before its time.
 */
export class Deadlines<T extends object> {
  private readonly running = new Map<T, number>();
  private looks = 0;

  constructor(private readonly end: (late: T) => void) {
    setInterval(() => this.sweep(), look).unref();
  }

  /** `end` is called for it after `ms` milliseconds, unless it is over before. What runs already gets a new deadline. */
  start(thing: T, ms: number): void {
    this.running.set(thing, this.looks + 1 + Math.ceil(ms / look));
  }

  over(thing: T): void {
    this.running.delete(thing);
  }

  private sweep(): void {
    this.looks += 1;
    for (const [thing, last] of this.running) {
      if (last > this.looks) continue;
      this.running.delete(thing);
      this.end(thing);
    }
  }
}
