import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import { map, type Observable } from 'rxjs';
import { Page } from '../list-query/page.js';
import { normal, paginated } from './envelope.js';

/** Wraps what a controller returns: a page, one thing, or nothing at all (an empty 200). */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(_context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map(wrap));
  }
}

function wrap(result: unknown): unknown {
  if (result === undefined) return undefined;
  return result instanceof Page ? paginated(result) : normal(result);
}
