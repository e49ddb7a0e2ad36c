import { Controller, Get, Query, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { FlagPipe } from '../../http/flag.pipe.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import type { Caller } from '../user/caller.js';
import { JobAccessGuard } from './job-access.guard.js';
import { JobResource, toJobResource } from './job.resource.js';
import { JobService } from './job.service.js';

@ApiTags('Models')
@ApiBearerAuth()
@Controller('v3/jobs')
export class JobController {
  constructor(private readonly jobs: JobService) {}

  @Get(':job_id')
  @UseGuards(JobAccessGuard)
  @ApiOperation({
    operationId: 'getJobV3',
    summary: 'Read a job; any member of the organization may',
    description: 'The jobs of this service are done by the time that they are told of.',
  })
  @ApiIdParam('job_id', 'job', '0190a6b2-7c1e-7000-8000-00000000000b')
  @ApiQuery({
    name: 'verbose',
    required: false,
    schema: { type: 'boolean', default: false, example: false },
    description: 'Known because clients send it, in any letter case; there is no more to tell.',
  })
  @ApiNormal(JobResource, 'The job.')
  @ApiErrors(404)
  async get(
    @CurrentUser() caller: Caller,
    @IdParam('job_id') id: string,
    @QueryParams(['verbose']) _query: object,
    @Query('verbose', FlagPipe) _verbose: boolean,
  ): Promise<JobResource> {
    return toJobResource(await this.jobs.get(caller, id));
  }
}
