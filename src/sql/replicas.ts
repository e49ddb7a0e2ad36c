import { LRUCache } from 'lru-cache';
import { canonicalUuid } from '../list-query/uuid.js';
import type { PoolState, ReplicaState } from '../metrics/exposition.js';
import type { SqlEngine, SqlValue, Statement } from './engine.js';
import type { Replica } from './replica.js';
import { SqlError } from './sql-error.js';

export type Read = SqlEngine['read'];

/** Milliseconds after a write in which lists are read from the primary: longer than a replica may lag unnoticed. */
const pinFor = 5_000;
const idsKept = 100_000;

/**
 * Lists on replicas, when there are any; everything else stays on the primary. TypeORM's own `replication` would send reads there
 * that must not be stale and drop a replica for ever after five errors (`reliability.md` d.2).
 */
export class Replicas {
  private next = 0;
  private readonly written = new LRUCache<string, true>({ max: idsKept, ttl: pinFor });

  constructor(
    private readonly replicas: readonly Replica[],
    private readonly primary: Read,
  ) {}

  /**
   * Every id in a write: a list whose scope has one of them is read from the primary for a while, so that whoever wrote here finds
   * what they wrote. The caller's organization is in each write and each scope.
   */
  noteWrite(statements: readonly Statement[]): void {
    if (this.replicas.length === 0) return;
    for (const { params } of statements) for (const value of params) if (isId(value)) this.written.set(value, true);
  }

  /** All reads of one list on one server: a replica that is well, else the primary, also when the replica fails in the midst. */
  async list<T>(scope: readonly SqlValue[], work: (read: Read) => Promise<T>): Promise<T> {
    if (this.replicas.length === 0) return work(this.primary);
    const replica = scope.some((value) => isId(value) && this.written.has(value)) ? undefined : await this.pick();
    if (replica === undefined) return work(this.primary);
    try {
      return await work((sql, params) => replica.engine.read(sql, params));
    } catch (error) {
      // What is too slow there would be too slow here, and cost the primary as much; and a bug of ours is none of the server's.
      if ((error instanceof SqlError && error.kind === 'too slow') || !isDatabases(error)) throw error;
      replica.rest(error);
      return work(this.primary);
    }
  }

  pools(): PoolState[] {
    return this.replicas.map((replica) => replica.poolState());
  }

  states(): Promise<ReplicaState[]> {
    return Promise.all(this.replicas.map((replica) => replica.state()));
  }

  close(): void {
    for (const replica of this.replicas) replica.close();
  }

  /** The next one in turn that is well. */
  private async pick(): Promise<Replica | undefined> {
    const first = this.next++;
    for (let at = 0; at < this.replicas.length; at++) {
      const replica = this.replicas[(first + at) % this.replicas.length]!;
      if (await replica.isWell()) return replica;
    }
    return undefined;
  }
}

/** It has a name, or a number: a table that is not there yet has no name. */
const isDatabases = (error: unknown): boolean => error instanceof SqlError || (error as { errno?: unknown } | null)?.errno !== undefined;

const isId = (value: SqlValue): value is string => typeof value === 'string' && value.length === 36 && canonicalUuid(value) === value;
