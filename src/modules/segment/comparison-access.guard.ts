import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { sides, type Side } from './comparison.dto.js';
import { SegmentService } from './segment.service.js';

/** As `SegmentAccessGuard`, for a body whose two sides may each name a segment. */
@Injectable()
export class ComparisonAccessGuard implements CanActivate {
  constructor(@Inject(SegmentService) private readonly segments: SegmentService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user, body } = context.switchToHttp().getRequest<{ user: Caller; body: Partial<Record<Side, unknown>> | null | undefined }>();
    for (const side of sides) {
      const id = givenId(body?.[side], 'segment_id');
      if (id !== undefined) await this.segments.require(user, id, 'read');
    }
    return true;
  }
}
