import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { Idempotent, OnceOnly, replayHeader, type KeyedRequest } from '../idempotency/idempotent.decorator.js';
import type { Replayed } from '../idempotency/replayed.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { BulkSegmentsDto, CopySegmentsDto } from './segment-batch.dto.js';
import { SegmentBatchResource } from './segment-batch.resource.js';
import { SegmentBatchService } from './segment-batch.service.js';
import { SegmentCopyService } from './segment-copy.service.js';

const target = ['model_id', 'model version that gets the segments', '3d02465f-858d-5fc0-9c87-915b693b94c3'] as const;
const asIs = (answer: SegmentBatchResource): SegmentBatchResource => answer;

/** Many segments in one request, all or none (`contract.md` section 7). */
@ApiTags('Segments')
@ApiBearerAuth()
@Controller('v3/models/:model_id/segments')
export class SegmentBatchController {
  constructor(
    private readonly batches: SegmentBatchService,
    private readonly copies: SegmentCopyService,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Post('bulk')
  @HttpCode(200)
  @UseGuards(ModelAccess('write', 'params'))
  @ApiOperation({
    operationId: 'createSegments',
    summary: 'Create many segments of a model version, all or none',
    description:
      'In one transaction: all of them, or none and one entry per problem. `on_conflict: skip` leaves out names that are taken, `dry_run` only tells.',
  })
  @ApiIdParam(...target)
  @Idempotent()
  @ApiNormal(SegmentBatchResource, 'What became of each segment.', 200, {}, replayHeader)
  @ApiBodyErrors(403, 404, 409, 422)
  bulk(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') id: string,
    @QueryParams([]) _query: object,
    @OnceOnly() request: KeyedRequest | undefined,
    @CheckedBody() dto: BulkSegmentsDto,
  ): Promise<SegmentBatchResource | Replayed> {
    return this.idempotency.once(caller, request, asIs, (keep) => this.batches.bulk(caller, id, dto, keep));
  }

  @Post('copy')
  @HttpCode(200)
  @UseGuards(ModelAccess('write', 'params'), ModelAccess('read', 'body', 'source_model_id'))
  @ApiOperation({
    operationId: 'copySegments',
    summary: 'Copy segments of another model version, all or none',
    description:
      'Each definition is checked against the columns of the model version that gets it; `column_map` gives columns their new names. All of them, or none and one entry per problem.',
  })
  @ApiIdParam(...target)
  @Idempotent()
  @ApiNormal(SegmentBatchResource, 'What became of each segment.', 200, {}, replayHeader)
  @ApiBodyErrors(403, 404, 409, 422)
  copy(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') id: string,
    @QueryParams([]) _query: object,
    @OnceOnly() request: KeyedRequest | undefined,
    @CheckedBody() dto: CopySegmentsDto,
  ): Promise<SegmentBatchResource | Replayed> {
    return this.idempotency.once(caller, request, asIs, (keep) => this.copies.copy(caller, id, dto, keep));
  }
}
