import { Controller, Delete, Get, HttpCode, Post, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiBodyErrors, ApiEmpty, ApiErrors, ApiNormal, ApiPaginated, idInBody, idInPath } from '../../http/api-answers.decorator.js';
import { ApiTagged } from '../../http/api-tagged.decorator.js';
import { FlagPipe } from '../../http/flag.pipe.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { ApiListParams, ListParams } from '../../http/list-params.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { IfNoneMatch, readTagged, type Tagged } from '../../http/tagged.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import type { Caller } from '../user/caller.js';
import { ProjectAccess } from './project-access.guard.js';
import { CreateProjectDto } from './project.dto.js';
import { projectFields } from './project.fields.js';
import { ProjectResource, toProjectResource } from './project.resource.js';
import { ProjectService } from './project.service.js';

const list = { fields: projectFields, extra: ['with_asset_count'] };

@ApiTags('Projects')
@ApiBearerAuth()
@Controller('v3/projects')
export class ProjectController {
  constructor(private readonly projects: ProjectService) {}

  @Get()
  @ApiOperation({
    operationId: 'getProjectsV3',
    summary: 'List the projects that you may see',
    description: 'Those of your organization that you have a role in; an Org Admin sees all of them.',
  })
  @ApiListParams(list)
  @ApiQuery({
    name: 'with_asset_count',
    type: Boolean,
    required: false,
    example: false,
    description: 'Known because clients send it; projects are answered without counts.',
  })
  @ApiPaginated(ProjectResource, 'The projects.')
  @ApiErrors()
  async find(
    @CurrentUser() caller: Caller,
    @ListParams(list) query: ListQuery,
    @Query('with_asset_count', FlagPipe) _withAssetCount: boolean,
  ): Promise<Page<ProjectResource>> {
    return (await this.projects.list(caller, query)).map(toProjectResource);
  }

  @Post()
  @HttpCode(200)
  @UseGuards(ProjectAccess('create project', 'nowhere'))
  @ApiOperation({
    operationId: 'createProjectV3',
    summary: 'Create a project; you become its Project Admin',
    description: 'For Org Admins. The name is unique in the organization; one that is taken is a 409.',
  })
  @ApiNormal(ProjectResource, 'The project.', 200, {
    ...idInPath({ getProjectV3: 'project_id', deleteProjectV3: 'project_id' }),
    ...idInBody({ addModelV3: 'project_id' }),
  })
  @ApiBodyErrors(403, 409)
  async create(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: CreateProjectDto,
  ): Promise<ProjectResource> {
    return toProjectResource(await this.projects.create(caller, dto));
  }

  @Get(':project_id')
  @UseGuards(ProjectAccess('read project', 'params'))
  @ApiOperation({
    operationId: 'getProjectV3',
    summary: 'Read a project',
    description: 'For those who have a role in it. With `If-None-Match` it is a 304 until something that is shown changes.',
  })
  @ApiIdParam('project_id', 'project', 'f8ed92fe-188f-5446-8279-7b863ebf27f0')
  @ApiTagged(ProjectResource, 'The project.')
  @ApiErrors(403, 404)
  get(
    @CurrentUser() caller: Caller,
    @IdParam('project_id') id: string,
    @QueryParams([]) _query: object,
    @IfNoneMatch() known: string | undefined,
  ): Promise<Tagged<ProjectResource>> {
    return readTagged(
      known,
      () => this.projects.state(caller, id),
      () => this.projects.get(caller, id),
      toProjectResource,
    );
  }

  @Delete(':project_id')
  @UseGuards(ProjectAccess('delete project', 'params'))
  @ApiOperation({
    operationId: 'deleteProjectV3',
    summary: 'Delete a project with its models and their segments',
    description: 'For its Project Admins and for Org Admins. A 409, which names what, while something uses a segment in it.',
  })
  @ApiIdParam('project_id', 'project', 'f8ed92fe-188f-5446-8279-7b863ebf27f0')
  @ApiEmpty('It is gone. The answer has no body.')
  @ApiErrors(403, 404, 409)
  delete(@CurrentUser() caller: Caller, @IdParam('project_id') id: string, @QueryParams([]) _query: object): Promise<void> {
    return this.projects.delete(caller, id);
  }
}
