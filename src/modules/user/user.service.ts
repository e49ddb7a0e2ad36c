import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Caller } from './caller.js';
import { UserRepository, type UserRecord } from './user.repository.js';

/** Milliseconds that a caller's roles may be behind the database (`contract.md` section 5, `reliability.md` J20). */
const rolesMayLag = 4_000;
const callersKept = 10_000;

@Injectable()
export class UserService {
  private readonly callers: LRUCache<string, { caller: Caller | undefined }>;

  constructor(private readonly users: UserRepository) {
    this.callers = new LRUCache({
      max: callersKept,
      ttl: rolesMayLag,
      fetchMethod: async (id) => ({ caller: await this.users.findCaller(id) }),
    });
  }

  /** The active user with this id and their roles, at most some seconds old; undefined for an unknown or disabled one. */
  async caller(id: string): Promise<Caller | undefined> {
    const entry = this.callers.get(id) ?? (await this.callers.fetch(id));
    return entry?.caller;
  }

  /** To be called when this process changed their roles, so that they hold at once. */
  forget(id: string): void {
    this.callers.delete(id);
  }

  findByEmail(email: string): Promise<UserRecord | undefined> {
    return this.users.findByEmail(email.toLowerCase());
  }
}
