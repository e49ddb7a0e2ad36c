import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { RecheckSegmentsDto } from './recheck.dto.js';
import { RecheckResource } from './recheck.resource.js';
import { RecheckService } from './recheck.service.js';

@ApiTags('Segments')
@ApiBearerAuth()
@Controller('v3/models/:model_id/segments/recheck')
export class RecheckController {
  constructor(private readonly rechecks: RecheckService) {}

  @Post()
  @HttpCode(200)
  @UseGuards(ModelAccess('read', 'params'))
  @ApiOperation({
    operationId: 'recheckSegments',
    summary: 'Tell which segments would break if the model had other columns',
    description:
      'Nothing is changed. Which segments read a column at all, the list of segments tells: filter by the field `columns` with the operator `any`.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiNormal(RecheckResource, 'What would become of the segments.')
  @ApiBodyErrors(403, 404)
  recheck(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') modelId: string,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: RecheckSegmentsDto,
  ): Promise<RecheckResource> {
    return this.rechecks.recheck(caller, modelId, dto);
  }
}
