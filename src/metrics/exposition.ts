import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { caches, databaseErrors, lostLogLines, refusals, retries, verdicts } from './tallies.js';
import type { Tally } from './tally.js';

/** How full a pool of connections is. */
export interface PoolState {
  readonly pool: string;
  readonly size: number;
  readonly inUse: number;
  readonly idle: number;
  readonly waiting: number;
}

/** A replica as it was last seen. */
export interface ReplicaState {
  readonly replica: string;
  /** Seconds behind the primary; Infinity when replication stands still or nobody answers. */
  readonly lag: number;
  readonly isRead: boolean;
}

/** What is asked at each scrape. */
export interface Probes {
  inFlight(): number;
  pools(): readonly PoolState[];
  replicas(): Promise<readonly ReplicaState[]>;
  /** Migrations that the database lacks; undefined when it does not answer. */
  pendingMigrations(): Promise<number | undefined>;
  isReady(): Promise<boolean>;
}

export interface Build {
  readonly version: string;
  readonly database: string;
}

/** In seconds: a read is some milliseconds, and everything ends at fifteen seconds (`contract.md` section 8). */
const buckets = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

const verbs: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);

/** Everything that Prometheus is told, under its names. Made once, and only where it is served: loading the library takes its time. */
export class Exposition {
  private readonly registry = new Registry();
  private readonly durations: Histogram<'method' | 'route' | 'status'>;
  private readonly children = new Map<string, { observe(seconds: number): void }>();
  readonly contentType: string = this.registry.contentType;

  constructor(probes: Probes, build: Build) {
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'segments_http_request_duration_seconds',
      help: 'Requests by method, route pattern and status, from their head to the end of their answer.',
      labelNames: ['method', 'route', 'status'],
      buckets,
      registers: [this.registry],
    });
    this.gauge('segments_http_requests_in_flight', 'Requests that are under way.', [], (gauge) => gauge.set(probes.inFlight()));
    this.counter('segments_http_refused_requests_total', 'Requests answered without being tried.', 'reason', refusals);
    this.pools(probes);
    this.counter('segments_db_retries_total', 'Work on the database that was done again.', 'reason', retries);
    this.counter('segments_db_errors_total', 'Errors of the database by kind, those that a retry mended too.', 'kind', databaseErrors);
    this.caches();
    this.counter('segments_fql_verdicts_total', 'Definitions checked: valid, or the code of the first error.', 'code', verdicts);
    this.counter('segments_log_lines_lost_total', 'Lines of the log that found no room.', 'reason', lostLogLines);
    this.state(probes);
    this.replicas(probes);
    this.gauge('segments_build_info', 'Always 1; which program this is.', ['version', 'node', 'database'], (gauge) =>
      gauge.set({ ...build, node: process.version }, 1),
    );
  }

  scrape(): Promise<string> {
    return this.registry.metrics();
  }

  observe(method: string, route: string, status: string, seconds: number): void {
    const key = `${method} ${status} ${route}`;
    let child = this.children.get(key);
    if (child === undefined) {
      // The parser knows some thirty verbs, of which we answer to seven.
      child = this.durations.labels(verbs.has(method) ? method : 'other', route, status);
      this.children.set(key, child);
    }
    child.observe(seconds);
  }

  private pools(probes: Probes): void {
    this.gauge('segments_db_pool_connections', 'Connections of a pool, in use and idle.', ['pool', 'state'], (gauge) => {
      for (const { pool, inUse, idle } of probes.pools()) {
        gauge.set({ pool, state: 'in_use' }, inUse);
        gauge.set({ pool, state: 'idle' }, idle);
      }
    });
    this.gauge('segments_db_pool_size', 'Connections that a pool may have.', ['pool'], (gauge) => {
      for (const { pool, size } of probes.pools()) gauge.set({ pool }, size);
    });
    this.gauge('segments_db_pool_waiting', 'Requests that wait for a connection.', ['pool'], (gauge) => {
      for (const { pool, waiting } of probes.pools()) gauge.set({ pool }, waiting);
    });
  }

  private caches(): void {
    new Counter({
      name: 'segments_cache_requests_total',
      help: 'Lookups in a cache, by whether it held the thing.',
      labelNames: ['cache', 'result'],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const [cache, tally] of Object.entries(caches))
          for (const result of ['hit', 'miss']) this.inc({ cache, result }, tally.get(result));
      },
    });
  }

  private state(probes: Probes): void {
    this.gauge('segments_ready', '1 when /health/ready answers 200.', [], async (gauge) => gauge.set((await probes.isReady()) ? 1 : 0));
    this.gauge(
      'segments_migrations_pending',
      'Migrations that the database lacks; none told when it does not answer.',
      [],
      async (gauge) => {
        const pending = await probes.pendingMigrations();
        if (pending === undefined) gauge.remove();
        else gauge.set(pending);
      },
    );
  }

  private replicas(probes: Probes): void {
    this.gauge('segments_replica_lag_seconds', 'How far a replica is behind; +Inf when it stands still.', ['replica'], async (gauge) => {
      for (const { replica, lag } of await probes.replicas()) gauge.set({ replica }, lag);
    });
    this.gauge('segments_replica_read', '1 when lists are read from the replica.', ['replica'], async (gauge) => {
      for (const { replica, isRead } of await probes.replicas()) gauge.set({ replica }, isRead ? 1 : 0);
    });
  }

  private gauge<L extends string>(
    name: string,
    help: string,
    labelNames: readonly L[],
    fill: (gauge: Gauge<L>) => void | Promise<void>,
  ): void {
    new Gauge<L>({
      name,
      help,
      labelNames,
      registers: [this.registry],
      async collect() {
        await fill(this);
      },
    });
  }

  private counter(name: string, help: string, label: string, tally: Tally): void {
    new Counter({
      name,
      help,
      labelNames: [label],
      registers: [this.registry],
      collect() {
        this.reset();
        for (const word of tally.words()) this.inc({ [label]: word }, tally.get(word));
      },
    });
  }
}
