import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Replayed } from './replayed.js';

/** Says of an answer that it is one given before, so that a client can tell that nothing happened now. */
@Injectable()
export class ReplayInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const unwrap = (result: unknown): unknown => {
      if (!(result instanceof Replayed)) return result;
      context.switchToHttp().getResponse<FastifyReply>().header('idempotency-replayed', 'true');
      return result.data;
    };
    return next.handle().pipe(map(unwrap));
  }
}
