import { LRUCache } from 'lru-cache';
import type { RequestRate } from '../config/env.js';

/** Callers that are remembered; of more, the one that was quiet longest is forgotten. Bounds the memory that strangers can fill. */
const remembered = 10_000;

/** The window that is nearest to its end of requests, for the headers `RateLimit-*`. */
export interface Standing {
  readonly isAllowed: boolean;
  readonly limit: number;
  readonly remaining: number;
  /** Seconds until the window begins anew, rounded up. */
  readonly reset: number;
}

interface Window {
  begun: number;
  count: number;
}

/** Counts the requests of each caller by the second and by the minute; a window begins with the first request after the last one. */
export class RateLimiter {
  private readonly windows: readonly { readonly ms: number; readonly limit: number }[];
  private readonly callers = new LRUCache<string, readonly Window[]>({ max: remembered });

  /** @param now milliseconds, on a clock that nobody sets */
  constructor(
    rate: RequestRate,
    private readonly now: () => number = () => performance.now(),
  ) {
    this.windows = [
      { ms: 1_000, limit: rate.perSecond },
      { ms: 60_000, limit: rate.perMinute },
    ];
  }

  /** Counts one request. One that is refused does not count, so that a caller who keeps knocking is let in as soon as another. */
  take(caller: string): Standing {
    const now = this.now();
    const counted = this.callers.get(caller) ?? this.windows.map(() => ({ begun: now, count: 0 }));
    this.callers.set(caller, counted);
    const standings = this.windows.map(({ ms, limit }, at) => {
      const window = counted[at]!;
      if (now - window.begun >= ms) Object.assign(window, { begun: now, count: 0 });
      const reset = Math.ceil((window.begun + ms - now) / 1_000);
      return { isAllowed: window.count < limit, limit, remaining: Math.max(0, limit - window.count - 1), reset };
    });
    const refusal = standings.filter(({ isAllowed }) => !isAllowed).at(-1);
    if (refusal !== undefined) return refusal;
    for (const window of counted) window.count += 1;
    return standings.reduce((least, one) => (one.remaining < least.remaining ? one : least));
  }
}
