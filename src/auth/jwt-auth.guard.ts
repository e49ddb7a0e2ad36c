import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { PUBLIC } from '../http/public.decorator.js';
import { refusalOf } from './refusal.js';

/** On every route; only those marked `@Public()` are let through without a token. */
@Injectable()
export class JwtAuthGuard extends AuthGuard('jwt') {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext) {
    const isPublic = this.reflector.getAllAndOverride<boolean | undefined>(PUBLIC, [context.getHandler(), context.getClass()]);
    return isPublic === true || super.canActivate(context);
  }

  /** An error is the strategy's own word or a fault of ours, which is no 401; `info` is why a token was not taken. */
  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (error) throw error as Error;
    if (user) return user;
    throw refusalOf(info);
  }
}
