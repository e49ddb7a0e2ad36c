import { Injectable } from '@nestjs/common';
import { AppError } from '../../errors/app-error.js';
import type { Statement } from '../../sql/engine.js';
import { SqlError } from '../../sql/sql-error.js';
import type { Caller } from '../user/caller.js';
import { IdempotencyRepository, type KeptAnswer } from './idempotency.repository.js';
import type { KeyedRequest } from './idempotent.decorator.js';
import { Replayed } from './replayed.js';

/** Milliseconds that an answer is kept. */
const keptFor = 24 * 60 * 60 * 1_000;

/** What keeps the answer: to stand first in the transaction of the change. */
export type Keep<R> = (result: R) => Statement[];

/**
 * Lets a request under an `Idempotency-Key` happen once (`contract.md` section 7). The row of the key is the lock, for all processes:
 * of two transactions that insert it only one commits, with its change; the other one finds the answer of the first.
 */
@Injectable()
export class IdempotencyService {
  /** Requests of this process that are under way: their likes need not do the work only to lose. */
  private readonly underWay = new Set<string>();

  constructor(private readonly keys: IdempotencyRepository) {}

  /**
   * @param request undefined: no key, and the work is done as if this were not here
   * @param work does the change; with `keep`, in one transaction with the statements that it gives. Work that is not to change anything,
   *   as a dry run, does without; what comes to nothing, as a bulk create whose names are all there, is kept like any answer, since
   *   the same request later might come to something
   * @param toAnswer the `data` of the answer
   * @throws AppError reused-key when the key belongs to another request, in-flight when the first one is not over
   */
  async once<R, T>(
    caller: Caller,
    request: KeyedRequest | undefined,
    toAnswer: (result: R) => T,
    work: (keep?: Keep<R>) => Promise<R>,
  ): Promise<T | Replayed> {
    if (request === undefined) return toAnswer(await work());
    const place = `${caller.id} ${request.key}`;
    if (this.underWay.has(place)) throw inFlight();
    this.underWay.add(place);
    try {
      return await this.firstOrAgain(caller, request, toAnswer, work);
    } finally {
      this.underWay.delete(place);
    }
  }

  private async firstOrAgain<R, T>(
    caller: Caller,
    request: KeyedRequest,
    toAnswer: (result: R) => T,
    work: (keep: Keep<R>) => Promise<R>,
  ): Promise<T | Replayed> {
    const now = Date.now();
    const [createdAt, expiresAt] = [now, now + keptFor].map((time) => new Date(time).toISOString()) as [string, string];
    const known = await this.keys.find(caller, request.key);
    if (known !== undefined && known.expiresAt > createdAt) return again(known, request);
    await this.keys.removeExpired(caller, createdAt, known === undefined ? [] : [request.key]);
    const row = { organizationId: caller.organizationId, userId: caller.id, requestKey: request.key, requestHash: request.hash };
    try {
      const keep = (result: R) => [this.keys.insert({ ...row, answer: JSON.stringify(toAnswer(result)), createdAt, expiresAt })];
      return toAnswer(await work(keep));
    } catch (error) {
      // Whatever went wrong: when another process was quicker with the same request, its answer is the true one.
      const winner = await this.keys.find(caller, request.key);
      if (winner !== undefined && winner.expiresAt > createdAt) return again(winner, request);
      if (error instanceof SqlError && error.kind === 'try again') throw inFlight();
      throw error;
    }
  }
}

function again({ requestHash, answer }: KeptAnswer, { hash }: KeyedRequest): Replayed {
  if (requestHash === hash) return new Replayed(JSON.parse(answer));
  throw new AppError('reused-key', [
    {
      reason: 'IdempotencyKeyReused',
      message: 'This Idempotency-Key was used for another request in the last 24 hours.',
      help: 'Take a new key for each thing to be created, and the same one only to repeat the same request.',
      field: 'Idempotency-Key',
    },
  ]);
}

const inFlight = (): AppError =>
  new AppError('in-flight', [
    {
      reason: 'Conflict',
      message: 'A request with this Idempotency-Key, or another change of the same data, is still under way.',
      help: 'Send it again after the seconds in Retry-After.',
      field: 'Idempotency-Key',
    },
  ]);
