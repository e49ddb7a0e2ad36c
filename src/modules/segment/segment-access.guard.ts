import { Inject, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { SegmentService } from './segment.service.js';

interface Guarded {
  readonly user: Caller;
  readonly query: object;
  readonly params: unknown;
  readonly body: unknown;
}

/** What the id of a segment is called where it stands. */
const names = { params: 'uuid', body: 'segment_id' } as const;

/**
 * As `ModelAccess`, for a request that names a segment: 403 and 404 come before anything is said about the rest of it.
 * @param when `queried`: only the query can be wrong besides; without one the handler's own look at the segment is the first
 */
export function SegmentAccess(
  action: 'read' | 'write',
  place: keyof typeof names,
  when: 'always' | 'queried' = 'always',
): Type<CanActivate> {
  class SegmentAccessGuard implements CanActivate {
    constructor(@Inject(SegmentService) private readonly segments: SegmentService) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<Guarded>();
      if (when === 'queried' && Object.keys(request.query).length === 0) return true;
      const id = givenId(request[place], names[place]);
      if (id !== undefined) await this.segments.require(request.user, id, action);
      return true;
    }
  }
  return mixin(SegmentAccessGuard);
}
