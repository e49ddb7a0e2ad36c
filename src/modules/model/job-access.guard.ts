import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { givenId } from '../../validation/given-id.js';
import type { Caller } from '../user/caller.js';
import { JobService } from './job.service.js';

/** As `ModelAccess`, for a request that names a job: 404 comes before anything is said about its query, where it has one. */
@Injectable()
export class JobAccessGuard implements CanActivate {
  constructor(@Inject(JobService) private readonly jobs: JobService) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { user, params, query } = context.switchToHttp().getRequest<{ user: Caller; params: unknown; query: object }>();
    const id = Object.keys(query).length === 0 ? undefined : givenId(params, 'job_id');
    if (id !== undefined) await this.jobs.get(user, id);
    return true;
  }
}
