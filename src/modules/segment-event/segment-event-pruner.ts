import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { ENV } from '../../config/env.module.js';
import type { Env } from '../../config/env.js';
import { SegmentEventRepository } from './segment-event.repository.js';

/** Milliseconds between two rounds. */
const every = 3_600_000;
const day = 86_400_000;

/** Forgets events that are older than EVENTS_KEEP_DAYS. Several processes may do so at once. */
@Injectable()
export class SegmentEventPruner implements OnApplicationShutdown {
  private readonly logger = new Logger(SegmentEventPruner.name);
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(
    private readonly events: SegmentEventRepository,
    @Inject(ENV) private readonly env: Env,
  ) {}

  /** At once and then every hour; only a service does it, no command. */
  start(): void {
    void this.prune();
    this.timer = setInterval(() => void this.prune(), every).unref();
  }

  onApplicationShutdown(): void {
    this.stopped = true;
    clearInterval(this.timer);
  }

  private async prune(): Promise<void> {
    const before = new Date(Date.now() - this.env.eventsKeepDays * day).toISOString();
    try {
      while (!this.stopped && (await this.events.prune(before)));
    } catch (error) {
      if (!this.stopped) this.logger.warn(`old events are still there: ${String(error)}`);
    }
  }
}
