import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { caches } from '../../metrics/tallies.js';
import type { Caller, CallerRecord } from './caller.js';
import { UserRepository, type UserRecord } from './user.repository.js';

/** Milliseconds that a caller's roles may be behind the database (`contract.md` section 5, `reliability.md` J20). */
const rolesMayLag = 4_000;
/** Milliseconds in which they are read again at most once: whoever is refused time and again must not load the database by it. */
const rereadEvery = 1_000;
const callersKept = 10_000;

@Injectable()
export class UserService {
  private readonly callers: LRUCache<string, { caller: Caller | undefined }>;
  private readonly reread = new LRUCache<string, true>({ max: callersKept, ttl: rereadEvery });

  constructor(private readonly users: UserRepository) {
    this.callers = new LRUCache({
      max: callersKept,
      ttl: rolesMayLag,
      fetchMethod: async (id) => ({ caller: this.asking(await this.users.findCaller(id)) }),
    });
  }

  /** The active user with this id and their roles, at most some seconds old; undefined for an unknown or disabled one. */
  async caller(id: string): Promise<Caller | undefined> {
    const known = this.callers.get(id);
    caches.roles.add(known === undefined ? 'miss' : 'hit');
    return (known ?? (await this.callers.fetch(id)))?.caller;
  }

  private asking(record: CallerRecord | undefined): Caller | undefined {
    return record && { ...record, latest: () => this.latest(record.id) };
  }

  private async latest(id: string): Promise<Caller | undefined> {
    if (this.reread.has(id)) return this.caller(id);
    this.reread.set(id, true);
    return (await this.callers.fetch(id, { forceRefresh: true }))?.caller;
  }

  /** To be called when this process changed their roles, so that they hold at once. */
  forget(id: string): void {
    this.callers.delete(id);
  }

  findByEmail(email: string): Promise<UserRecord | undefined> {
    return this.users.findByEmail(email.toLowerCase());
  }
}
