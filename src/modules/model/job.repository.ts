import { Injectable } from '@nestjs/common';
import type { Statement } from '../../sql/engine.js';
import { Sql } from '../../sql/sql.js';
import { Job } from './job.entity.js';

export type JobRecord = Omit<Job, 'organization' | 'organizationId'>;

@Injectable()
export class JobRepository {
  constructor(private readonly sql: Sql) {}

  insert(job: Pick<Job, 'id' | 'organizationId' | 'name' | 'status' | 'progress' | 'info' | 'createdAt'>): Statement {
    return this.sql.insert(Job, job);
  }

  async find(organizationId: string, id: string): Promise<JobRecord | undefined> {
    const sql = 'SELECT id, name, status, progress, info, created_at FROM job WHERE id = ? AND organization_id = ?';
    const [row] = await this.sql.read(sql, [id, organizationId]);
    if (row === undefined) return undefined;
    const [jobId, name, status, progress, info, createdAt] = row;
    return {
      id: String(jobId),
      name: String(name),
      status: status as Job['status'],
      progress: Number(progress),
      info: String(info),
      createdAt: String(createdAt),
    };
  }
}
