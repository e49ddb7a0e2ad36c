import { Controller, Patch, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import { ModelDetailResource, toModelDetailResource } from '../model/model-detail.resource.js';
import type { Caller } from '../user/caller.js';
import { UpdateModelDto } from './model-update.dto.js';
import { ModelUpdateService } from './model-update.service.js';

@ApiTags('Models')
@ApiBearerAuth()
@Controller('v3/models')
export class ModelUpdateController {
  constructor(private readonly updates: ModelUpdateService) {}

  @Patch(':model_id')
  @UseGuards(ModelAccess('write', 'params'))
  @ApiOperation({
    operationId: 'updateModelV3',
    summary: 'Change a model version, as long as no segment of it breaks',
    description:
      'Members that are left out stay as they are. A change of columns that a segment would not survive is a 409, which names the segments.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiNormal(ModelDetailResource, 'The model version as it is now.')
  @ApiBodyErrors(403, 404, 409)
  async update(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') id: string,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: UpdateModelDto,
  ): Promise<ModelDetailResource> {
    return toModelDetailResource(await this.updates.update(caller, id, dto));
  }
}
