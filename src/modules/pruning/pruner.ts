import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../../config/env.module.js';
import type { Env } from '../../config/env.js';
import { describeError } from '../../errors/describe-error.js';
import { IdempotencyRepository } from '../idempotency/idempotency.repository.js';
import { SegmentEventRepository } from '../segment-event/segment-event.repository.js';

/** Milliseconds between two rounds. */
const every = 3_600_000;
const day = 86_400_000;

/** What is removed in a round: some rows at each call, which says whether there may be more. */
interface Round {
  readonly what: string;
  readonly prune: () => Promise<boolean>;
}

/** Forgets what has had its time: events older than EVENTS_KEEP_DAYS, and kept answers. Several processes may do so at once. */
@Injectable()
export class Pruner implements OnApplicationShutdown {
  private readonly logger = new Logger(Pruner.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly events: SegmentEventRepository,
    private readonly answers: IdempotencyRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** At once and then every hour; only a service does it, no command. */
  start(): void {
    void this.pruneAll();
    this.timer = setInterval(() => void this.pruneAll(), every).unref();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  private rounds(): readonly Round[] {
    const ago = (ms: number): string => new Date(Date.now() - ms).toISOString();
    const [now, oldest] = [ago(0), ago(this.env.eventsKeepDays * day)];
    return [
      { what: 'old events', prune: () => this.events.prune(oldest) },
      { what: 'expired answers', prune: () => this.answers.prune(now) },
    ];
  }

  /** One by one, each whatever became of the others. */
  private async pruneAll(): Promise<void> {
    for (const { what, prune } of this.rounds()) {
      try {
        while (!this.stopped && (await prune()));
      } catch (error) {
        if (!this.stopped) this.logger.warn({ message: `${what} are still there`, error: describeError(error) });
      }
    }
  }
}
