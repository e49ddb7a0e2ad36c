import { Injectable } from '@nestjs/common';
import { columnsOf } from '../model/model-columns.js';
import { checkColumns } from '../model/model-content.js';
import { ModelService } from '../model/model.service.js';
import type { Caller } from '../user/caller.js';
import { recheckSegments } from './recheck-segments.js';
import type { RecheckSegmentsDto } from './recheck.dto.js';
import type { RecheckResource } from './recheck.resource.js';
import { SegmentTextRepository } from './segment-text.repository.js';

/** What would become of a model's segments if it had other columns. Nothing is changed. */
@Injectable()
export class RecheckService {
  constructor(
    private readonly models: ModelService,
    private readonly texts: SegmentTextRepository,
  ) {}

  async recheck(caller: Caller, modelId: string, { columns }: RecheckSegmentsDto): Promise<RecheckResource> {
    const model = await this.models.require(caller, modelId, 'read');
    return recheckSegments(this.texts.pagesOf(model.id), columnsOf({ schema_version: 1, columns: checkColumns(columns) }));
  }
}
