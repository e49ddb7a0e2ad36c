import { Injectable, type ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Env, RequestRate } from '../config/env.js';
import { AppError } from '../errors/app-error.js';
import { HttpProblem } from '../http/http-problem.js';
import { RateLimiter } from '../http/rate-limiter.js';
import { refusals } from '../metrics/tallies.js';
import type { Caller } from '../modules/user/caller.js';
import { JwtAuthGuard } from './jwt-auth.guard.js';
import type { JwtStrategy } from './jwt.strategy.js';

/**
 * The guard where requests are limited. It counts by the user whom a verified token names, never by a token that is only claimed;
 * what is refused as unauthorized counts by address, and takes nothing from the users behind that address. `@fastify/rate-limit`
 * counts in a hook, before the guard knows who asks: it would have to verify each token a second time.
 */
@Injectable()
export class LimitedAuthGuard extends JwtAuthGuard {
  private readonly reads: RateLimiter | undefined;
  private readonly writes: RateLimiter | undefined;

  constructor(reflector: Reflector, strategy: Pick<JwtStrategy, 'recall'>, { reads, writes }: Env['rateLimits']) {
    super(reflector, strategy);
    this.reads = limiterOf(reads);
    this.writes = limiterOf(writes);
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & { user?: Caller }>();
    const limiter = ['GET', 'HEAD'].includes(request.method) ? this.reads : this.writes;
    try {
      const isAllowed = await super.canActivate(context);
      if (request.user !== undefined) count(limiter, `user ${request.user.id}`, http.getResponse<FastifyReply>());
      return isAllowed;
    } catch (error) {
      if (error instanceof AppError && error.kind === 'unauthorized')
        count(limiter, `address ${request.ip}`, http.getResponse<FastifyReply>());
      throw error;
    }
  }
}

const limiterOf = (rate: RequestRate | undefined): RateLimiter | undefined => (rate === undefined ? undefined : new RateLimiter(rate));

/** @throws HttpProblem 429 */
function count(limiter: RateLimiter | undefined, caller: string, reply: FastifyReply): void {
  if (limiter === undefined) return;
  const { isAllowed, limit, remaining, reset } = limiter.take(caller);
  const headers = { 'ratelimit-limit': String(limit), 'ratelimit-remaining': String(remaining), 'ratelimit-reset': String(reset) };
  if (isAllowed) return void reply.headers(headers);
  refusals.add('rate_limit');
  const problem = {
    reason: 'TooManyRequests',
    message: `More than ${limit} requests of this kind in a short time.`,
    help: `Try again in ${reset} s.`,
  };
  throw new HttpProblem(429, [problem], { ...headers, 'retry-after': String(reset) });
}
