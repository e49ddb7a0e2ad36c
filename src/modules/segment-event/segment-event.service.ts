import { Injectable } from '@nestjs/common';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { readableProjects, type Caller } from '../user/caller.js';
import { SegmentEventRepository, type SegmentEventRecord } from './segment-event.repository.js';

/** Batches that one request numbers at most, more than the largest page: who reads on always finds more until all are numbered. */
const batchesAtOnce = 10;

@Injectable()
export class SegmentEventService {
  constructor(private readonly events: SegmentEventRepository) {}

  /** The events that the caller may read: all that were committed before this call, or as many more of them as one request numbers. */
  async list(caller: Caller, query: ListQuery): Promise<Page<SegmentEventRecord>> {
    for (let batches = 0; batches < batchesAtOnce; batches++) if (!(await this.events.number(caller.organizationId))) break;
    return this.events.find(caller.organizationId, readableProjects(caller), caller.id, query);
  }
}
