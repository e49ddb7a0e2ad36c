import { Injectable, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { AppError, unauthorized } from '../errors/app-error.js';
import { SqlError } from '../sql/sql-error.js';
import { PUBLIC } from '../http/public.decorator.js';

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

  /** Says what is wrong with a token only as far as its owner needs to mend it. */
  override handleRequest<T>(error: unknown, user: T | false, info: unknown): T {
    if (error instanceof AppError || error instanceof SqlError) throw error;
    if (user) return user;
    const reason = info instanceof Error ? info : error;
    const missing = reason instanceof Error && reason.message === 'No auth token';
    const expired = reason instanceof Error && reason.name === 'TokenExpiredError';
    if (missing) throw unauthorized('A bearer token is required.', 'Send the header Authorization: Bearer <token>.');
    if (expired) throw unauthorized('The token has expired.', 'Ask for a new one.');
    throw unauthorized('The token is not valid.', 'Check that it is whole, and that this service is the one it was issued for.');
  }
}
