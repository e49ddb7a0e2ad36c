import type { SegmentEventResource } from './schema.js';

export interface FollowOptions {
  /** The `sequence` of the last event that you have seen; 0: from the beginning of the feed. */
  readonly after: number;
  /** Milliseconds between two looks when there was nothing new; 1,000 unless told. */
  readonly every?: number;
  /** Ends it: the iteration throws the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The events behind a place in the feed as they come, each once, until the loop over them ends or something is thrown. */
export async function* follow(
  eventsAfter: (sequence: number) => Promise<readonly SegmentEventResource[]>,
  { after, every = 1_000, signal }: FollowOptions,
): AsyncGenerator<SegmentEventResource, never> {
  for (let last = after; ;) {
    const events = await eventsAfter(last);
    for (const event of events) {
      last = event.sequence;
      yield event;
    }
    if (events.length === 0) await sleep(every, signal);
  }
}

function sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener('abort', abort, { once: true });
  });
}
