import { Controller, Delete, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiErrors, ApiNormal, ApiPaginated, idInBody, idInPath } from '../../http/api-answers.decorator.js';
import { ApiTagged } from '../../http/api-tagged.decorator.js';
import { FlagPipe } from '../../http/flag.pipe.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { ApiListParams, ListParams } from '../../http/list-params.decorator.js';
import { OptionalIdPipe } from '../../http/optional-id.pipe.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { IfNoneMatch, readTagged, type Tagged } from '../../http/tagged.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import { ProjectAccess } from '../project/project-access.guard.js';
import type { Caller } from '../user/caller.js';
import { DeletedModelResource } from './job.resource.js';
import { ModelAccess } from './model-access.guard.js';
import { ModelDetailResource, toModelDetailResource } from './model-detail.resource.js';
import { CreateModelDto } from './model.dto.js';
import { modelFields } from './model.fields.js';
import { ModelResource, toModelResource } from './model.resource.js';
import { ModelService } from './model.service.js';

const list = { fields: modelFields, extra: ['project_id', 'latest_only'] };

/** Model versions (`contract.md` section 6); changing one is the business of the module above the segments. */
@ApiTags('Models')
@ApiBearerAuth()
@Controller('v3/models')
export class ModelController {
  constructor(private readonly models: ModelService) {}

  @Get()
  @ApiOperation({
    operationId: 'getModelsV3',
    summary: 'List the models that you may read, each version by itself',
    description: 'Of all projects that you have a role in, without their columns.',
  })
  @ApiListParams(list)
  @ApiQuery({
    name: 'project_id',
    required: false,
    schema: { type: 'string', format: 'uuid' },
    description: 'Only models of this project. For example `f8ed92fe-188f-5446-8279-7b863ebf27f0`.',
  })
  @ApiQuery({
    name: 'latest_only',
    required: false,
    schema: { type: 'boolean', default: false, example: false },
    description: 'Of each name in a project only the version that was made last; any letter case.',
  })
  @ApiPaginated(ModelResource, 'The models, without their columns.')
  @ApiErrors()
  async find(
    @CurrentUser() caller: Caller,
    @ListParams(list) query: ListQuery,
    @Query('project_id', OptionalIdPipe) projectId: string | undefined,
    @Query('latest_only', FlagPipe) latestOnly: boolean,
  ): Promise<Page<ModelResource>> {
    return (await this.models.list(caller, query, { projectId, latestOnly })).map(toModelResource);
  }

  @Post()
  @HttpCode(200)
  @UseGuards(ProjectAccess('write', 'body'))
  @ApiOperation({
    operationId: 'addModelV3',
    summary: 'Create a model version',
    description:
      'With its columns, which definitions of its segments are checked against. Name and version are unique in the project; what is taken is a 409.',
  })
  @ApiNormal(ModelDetailResource, 'The model version as stored.', 200, {
    ...idInPath({ getModelV3: 'model_id', updateModelV3: 'model_id', deleteModelV3: 'model_id', getModelSegmentsV3: 'model_id' }),
    ...idInBody({ createSegmentV3: 'model_id', validateDefinition: 'model_id' }),
  })
  @ApiBodyErrors(403, 404, 409)
  async create(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: CreateModelDto,
  ): Promise<ModelDetailResource> {
    return toModelDetailResource(await this.models.create(caller, dto));
  }

  @Get(':model_id')
  @UseGuards(ModelAccess('read', 'params'))
  @ApiOperation({
    operationId: 'getModelV3',
    summary: 'Read a model version',
    description:
      'With its columns, spec and parameters; what has no value is left out of these. With `If-None-Match` it is a 304 until something that is shown changes.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiTagged(ModelDetailResource, 'The model version.')
  @ApiErrors(403, 404)
  get(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') id: string,
    @QueryParams([]) _query: object,
    @IfNoneMatch() known: string | undefined,
  ): Promise<Tagged<ModelDetailResource>> {
    return readTagged(
      known,
      () => this.models.state(caller, id),
      () => this.models.get(caller, id),
      toModelDetailResource,
    );
  }

  @Delete(':model_id')
  @HttpCode(202)
  @UseGuards(ModelAccess('write', 'params'))
  @ApiOperation({
    operationId: 'deleteModelV3',
    summary: 'Delete a model version with its segments',
    description:
      'It is gone when the answer comes; there is a job because clients ask for one. A 409, which names what, while something uses a segment of it.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiNormal(DeletedModelResource, 'It is gone already; the job says so.', 202, idInPath({ getJobV3: 'job_id' }, 'job/id'))
  @ApiErrors(403, 404, 409)
  async delete(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') id: string,
    @QueryParams([]) _query: object,
  ): Promise<DeletedModelResource> {
    return new DeletedModelResource(await this.models.delete(caller, id));
  }
}
