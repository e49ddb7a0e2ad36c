import { Injectable, StreamableFile, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { map, type Observable } from 'rxjs';
import { Page } from '../list-query/page.js';
import { normal, paginated } from './envelope.js';
import { Tagged, tagReply } from './tagged.js';

/** Wraps what a controller returns: a page, one thing with or without a tag, or nothing at all (an empty 200). A file is what it is. */
@Injectable()
export class EnvelopeInterceptor implements NestInterceptor {
  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    return next.handle().pipe(map((result: unknown) => wrap(result, context)));
  }
}

function wrap(result: unknown, context: ExecutionContext): unknown {
  if (result === undefined || result instanceof StreamableFile) return result;
  if (result instanceof Tagged) {
    tagReply(context.switchToHttp().getResponse<FastifyReply>(), result);
    return wrap(result.thing, context);
  }
  return result instanceof Page ? paginated(result) : normal(result);
}
