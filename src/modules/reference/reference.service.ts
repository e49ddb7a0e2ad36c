import { Injectable } from '@nestjs/common';
import { limits } from '../../config/limits.js';
import { conflict, notFound } from '../../errors/app-error.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { SegmentService } from '../segment/segment.service.js';
import type { Caller } from '../user/caller.js';
import type { ReferenceAddress } from './reference-address.js';
import type { PutReferenceDto } from './reference.dto.js';
import { ReferenceRepository, type ReferenceRecord, type ReferredSegment } from './reference.repository.js';

/** What uses a segment, as the systems that use it say (`contract.md` section 7). */
@Injectable()
export class ReferenceService {
  constructor(
    private readonly references: ReferenceRepository,
    private readonly segments: SegmentService,
  ) {}

  async list(caller: Caller, segmentId: string, query: ListQuery): Promise<Page<ReferenceRecord>> {
    return this.references.find(await this.segment(caller, segmentId, 'read'), query);
  }

  /** Whoever says it again changes nothing; another name or address replaces the one that was there. */
  async put(caller: Caller, segmentId: string, address: ReferenceAddress, { name, url }: PutReferenceDto): Promise<ReferenceRecord> {
    const segment = await this.segment(caller, segmentId, 'write');
    const said = { name: name ?? '', url: url ?? '', createdAt: new Date().toISOString(), createdById: caller.id };
    const atMost = limits.referencesOfSegment;
    const outcome = await this.references.put({ ...segment, ...address, ...said }, atMost);
    if (outcome === 'no segment') throw notFound('segment');
    if (outcome === 'too many') throw conflict(`A segment can have ${atMost.toLocaleString('en-US')} references.`, 'Remove one first.');
    const reference = await this.references.findOne(segment, address);
    if (reference === undefined) throw notFound('reference');
    return reference;
  }

  async delete(caller: Caller, segmentId: string, address: ReferenceAddress): Promise<void> {
    const segment = await this.segment(caller, segmentId, 'write');
    if (!(await this.references.delete(segment, address))) throw notFound('reference');
  }

  private async segment(caller: Caller, segmentId: string, action: 'read' | 'write'): Promise<ReferredSegment> {
    await this.segments.require(caller, segmentId, action);
    return { organizationId: caller.organizationId, segmentId };
  }
}
