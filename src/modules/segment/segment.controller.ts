import { Controller, Delete, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiEmpty, ApiErrors, ApiNormal, ApiPaginated, idInBody, idInPath } from '../../http/api-answers.decorator.js';
import { ApiTagged } from '../../http/api-tagged.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { ApiListParams, ListParams } from '../../http/list-params.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { IfNoneMatch, readTagged, type Tagged } from '../../http/tagged.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { IdempotencyService } from '../idempotency/idempotency.service.js';
import { Idempotent, OnceOnly, replayHeader, type KeyedRequest } from '../idempotency/idempotent.decorator.js';
import type { Replayed } from '../idempotency/replayed.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { SegmentAccess } from './segment-access.guard.js';
import { CreateSegmentDto } from './segment.dto.js';
import { segmentFields } from './segment.fields.js';
import { SegmentResource, toSegmentResource } from './segment.resource.js';
import { SegmentService } from './segment.service.js';

const list = { fields: segmentFields };
const linksOfCreated = {
  ...idInPath({ getSegmentV3: 'uuid', deleteSegmentV3: 'uuid' }),
  ...idInBody({ evaluateDefinition: 'segment_id' }),
};

/** The published routes of segments (`contract.md` section 3). */
@ApiTags('Segments')
@ApiBearerAuth()
@Controller('v3')
export class SegmentController {
  constructor(
    private readonly segments: SegmentService,
    private readonly idempotency: IdempotencyService,
  ) {}

  @Get('segments')
  @ApiOperation({
    operationId: 'getSegmentsV3',
    summary: 'List all segments that you may read',
    description: 'Those of all projects that you have a role in, with the model, project and people that belong to them.',
  })
  @ApiListParams(list)
  @ApiPaginated(SegmentResource, 'The segments.')
  @ApiErrors()
  async find(@CurrentUser() caller: Caller, @ListParams(list) query: ListQuery): Promise<Page<SegmentResource>> {
    return (await this.segments.list(caller, query)).map(toSegmentResource);
  }

  @Post('segments')
  @HttpCode(200)
  @UseGuards(ModelAccess('write', 'body'))
  @ApiOperation({
    operationId: 'createSegmentV3',
    summary: 'Create a segment',
    description:
      'The definition is checked against the columns of the model version; all that is wrong with it comes back at once, each with its place. Segments cannot be changed afterwards.',
  })
  @Idempotent()
  @ApiNormal(SegmentResource, 'The segment as stored.', 200, linksOfCreated, replayHeader)
  @ApiBodyErrors(403, 404, 409, 422)
  create(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @OnceOnly() request: KeyedRequest | undefined,
    @CheckedBody() dto: CreateSegmentDto,
  ): Promise<SegmentResource | Replayed> {
    return this.idempotency.once(caller, request, toSegmentResource, (keep) => this.segments.create(caller, dto, keep));
  }

  @Get('segments/:uuid')
  @UseGuards(SegmentAccess('read', 'params', 'queried'))
  @ApiOperation({
    operationId: 'getSegmentV3',
    summary: 'Read a segment',
    description:
      'With the model, project and people that belong to it. With `If-None-Match` it is a 304 until something that is shown changes.',
  })
  @ApiIdParam('uuid', 'segment', 'ac5321d8-70a8-52d7-a00b-90271e308be8')
  @ApiTagged(SegmentResource, 'The segment.')
  @ApiErrors(403, 404)
  get(
    @CurrentUser() caller: Caller,
    @IdParam('uuid') id: string,
    @QueryParams([]) _query: object,
    @IfNoneMatch() known: string | undefined,
  ): Promise<Tagged<SegmentResource>> {
    return readTagged(
      known,
      () => this.segments.require(caller, id, 'read'),
      () => this.segments.get(caller, id),
      toSegmentResource,
    );
  }

  @Delete('segments/:uuid')
  @UseGuards(SegmentAccess('write', 'params', 'queried'))
  @ApiOperation({
    operationId: 'deleteSegmentV3',
    summary: 'Delete a segment',
    description: 'A 409, which names what, while something uses it.',
  })
  @ApiIdParam('uuid', 'segment', 'ac5321d8-70a8-52d7-a00b-90271e308be8')
  @ApiEmpty('It is gone. The answer has no body.')
  @ApiErrors(403, 404, 409)
  delete(@CurrentUser() caller: Caller, @IdParam('uuid') id: string, @QueryParams([]) _query: object): Promise<void> {
    return this.segments.delete(caller, id);
  }

  @Get('models/:model_id/segments')
  @UseGuards(ModelAccess('read', 'params'))
  @ApiOperation({
    operationId: 'getModelSegmentsV3',
    summary: 'List the segments of a model version',
    description: 'As the list of all segments, of one model version.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiListParams(list)
  @ApiPaginated(SegmentResource, 'The segments of the model.')
  @ApiErrors(403, 404)
  async findOfModel(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') modelId: string,
    @ListParams(list) query: ListQuery,
  ): Promise<Page<SegmentResource>> {
    return (await this.segments.listOfModel(caller, modelId, query)).map(toSegmentResource);
  }
}
