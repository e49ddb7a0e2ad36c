import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { SegmentService } from './segment.service.js';

/** As `ModelAccess`, for a body that names a segment: 403 and 404 come before anything is said about the rest of it. */
@Injectable()
export class SegmentAccessGuard implements CanActivate {
  constructor(@Inject(SegmentService) private readonly segments: SegmentService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<{ user: Caller; body: unknown }>();
    const id = givenId(request.body, 'segment_id');
    if (id !== undefined) await this.segments.get(request.user, id);
    return true;
  }
}
