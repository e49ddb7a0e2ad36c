import { Injectable } from '@nestjs/common';
import { notFound } from '../../errors/app-error.js';
import type { Caller } from '../user/caller.js';
import { JobRepository, type JobRecord } from './job.repository.js';

@Injectable()
export class JobService {
  constructor(private readonly jobs: JobRepository) {}

  /**
   * A job of the caller's organization. Any member may read it, since the model and even the project that it was about may be gone, and
   * with them the roles there; it is kept, since a client that is told 404 while it waits asks again and again.
   */
  async get(caller: Caller, id: string): Promise<JobRecord> {
    const job = await this.jobs.find(caller.organizationId, id);
    if (job === undefined) throw notFound('job');
    return job;
  }
}
