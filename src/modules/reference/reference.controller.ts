import { applyDecorators, Controller, Delete, Get, Param, Put, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { limits } from '../../config/limits.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiEmpty, ApiErrors, ApiNormal, ApiPaginated } from '../../http/api-answers.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { ApiListParams, ListParams } from '../../http/list-params.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { SegmentAccess } from '../segment/segment-access.guard.js';
import type { Caller } from '../user/caller.js';
import { keyForm, kindForm } from './reference-address.js';
import { ReferenceAddressPipe } from './reference-address.pipe.js';
import { PutReferenceDto } from './reference.dto.js';
import { referenceFields } from './reference.fields.js';
import { ReferenceResource, toReferenceResource } from './reference.resource.js';
import { ReferenceService } from './reference.service.js';

const list = { fields: referenceFields };

const segmentParam: MethodDecorator = ApiIdParam('uuid', 'segment', 'ac5321d8-70a8-52d7-a00b-90271e308be8');
const addressParams: MethodDecorator = applyDecorators(
  segmentParam,
  ApiParam({
    name: 'kind',
    schema: { type: 'string', pattern: kindForm.source, example: 'alert' },
    description: 'What sort of thing uses it.',
  }),
  ApiParam({
    name: 'key',
    schema: { type: 'string', minLength: 1, maxLength: limits.referenceKey, pattern: keyForm.source, example: '42' },
    description: 'Which one, in the words of its system.',
  }),
);

/** What uses a segment (`contract.md` section 7). */
@ApiTags('References')
@ApiBearerAuth()
@Controller('v3/segments/:uuid/references')
export class ReferenceController {
  constructor(private readonly references: ReferenceService) {}

  @Get()
  @UseGuards(SegmentAccess('read', 'params'))
  @ApiOperation({
    operationId: 'getSegmentReferences',
    summary: 'List what uses a segment',
    description: 'A segment that something uses cannot be deleted, nor can its model or its project.',
  })
  @segmentParam
  @ApiListParams(list)
  @ApiPaginated(ReferenceResource, 'The references.')
  @ApiErrors(403, 404)
  async find(
    @CurrentUser() caller: Caller,
    @IdParam('uuid') id: string,
    @ListParams(list) query: ListQuery,
  ): Promise<Page<ReferenceResource>> {
    return (await this.references.list(caller, id, query)).map(toReferenceResource);
  }

  @Put(':kind/:key')
  @UseGuards(SegmentAccess('write', 'params'))
  @ApiOperation({
    operationId: 'putSegmentReference',
    summary: 'Say that something uses a segment, so that it is not deleted',
    description:
      'Under a kind and a key of the system that does. Put again it gets another name and address; when and by whom it was first put stays.',
  })
  @addressParams
  @ApiNormal(ReferenceResource, 'The reference as it is now.')
  @ApiBodyErrors(403, 404, 409)
  async put(
    @CurrentUser() caller: Caller,
    @IdParam('uuid') id: string,
    @Param('kind', ReferenceAddressPipe) kind: string,
    @Param('key', ReferenceAddressPipe) key: string,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: PutReferenceDto,
  ): Promise<ReferenceResource> {
    return toReferenceResource(await this.references.put(caller, id, { kind, key }, dto));
  }

  @Delete(':kind/:key')
  @UseGuards(SegmentAccess('write', 'params'))
  @ApiOperation({
    operationId: 'deleteSegmentReference',
    summary: 'Say that something uses a segment no more',
    description: 'When nothing uses the segment any more, it can be deleted.',
  })
  @addressParams
  @ApiEmpty('It is gone. The answer has no body.')
  @ApiErrors(403, 404)
  delete(
    @CurrentUser() caller: Caller,
    @IdParam('uuid') id: string,
    @Param('kind', ReferenceAddressPipe) kind: string,
    @Param('key', ReferenceAddressPipe) key: string,
    @QueryParams([]) _query: object,
  ): Promise<void> {
    return this.references.delete(caller, id, { kind, key });
  }
}
