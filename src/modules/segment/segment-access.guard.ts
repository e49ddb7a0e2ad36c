import { Inject, mixin, type CanActivate, type ExecutionContext, type Type } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { SegmentService } from './segment.service.js';

interface Guarded {
  readonly user: Caller;
  readonly params: unknown;
  readonly body: unknown;
}

/** What the id of a segment is called where it stands. */
const names = { params: 'uuid', body: 'segment_id' } as const;

/** As `ModelAccess`, for a request that names a segment: 403 and 404 come before anything is said about the rest of it. */
export function SegmentAccess(action: 'read' | 'write', place: keyof typeof names): Type<CanActivate> {
  class SegmentAccessGuard implements CanActivate {
    constructor(@Inject(SegmentService) private readonly segments: SegmentService) {}

    async canActivate(context: ExecutionContext): Promise<boolean> {
      const request = context.switchToHttp().getRequest<Guarded>();
      const id = givenId(request[place], names[place]);
      if (id !== undefined) await this.segments.require(request.user, id, action);
      return true;
    }
  }
  return mixin(SegmentAccessGuard);
}
