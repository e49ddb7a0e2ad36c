import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { PUBLIC } from '../http/public.decorator.js';
import type { Caller } from '../modules/user/caller.js';
import type { JwtStrategy } from './jwt.strategy.js';
import { refusalOf } from './refusal.js';

/** On every route; only those marked `@Public()` are let through without a token. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(
    private readonly reflector: Reflector,
    private readonly strategy: Pick<JwtStrategy, 'recall'>,
  ) {
    super();
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    if (this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]) === true) return true;
    const request = context.switchToHttp().getRequest<{ headers: object; user?: Caller }>();
    const caller = await this.strategy.recall(request);
    if (caller === undefined) return super.canActivate(context) as Promise<boolean>;
    request.user = caller;
    return true;
  }

  /** An error is the strategy's own word or a fault of ours, which is no 401; `info` is why a token was not taken. */
  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (error) throw error as Error;
    if (user) return user;
    throw refusalOf(info);
  }
}
