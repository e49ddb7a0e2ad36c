import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { Readiness } from '../sql/readiness.js';
import { AppError } from '../errors/app-error.js';
import { ApiNormal, ApiPublicErrors } from './api-answers.decorator.js';
import { Public } from './public.decorator.js';

class HealthResource {
  @ApiProperty({ example: 'ok', enum: ['ok'], description: 'It is well.' })
  status!: string;
}

/** For orchestrators; no token needed. */
@ApiTags('Health')
@Public()
@Controller('health')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  @Get('live')
  @ApiOperation({
    operationId: 'getLiveness',
    summary: 'The process answers; the database is not asked',
    description: 'For an orchestrator that restarts what hangs. What is wrong with the database, a restart would not mend.',
  })
  @ApiNormal(HealthResource, 'Alive.')
  @ApiPublicErrors()
  live(): HealthResource {
    return { status: 'ok' };
  }

  @Get('ready')
  @ApiOperation({
    operationId: 'getReadiness',
    summary: 'Requests can be served; 503 when not',
    description:
      'For a balancer. Asks the database, over a connection of its own, and whether its schema fits this program; not ready while it shuts down.',
  })
  @ApiNormal(HealthResource, 'Ready.')
  @ApiPublicErrors(503)
  async ready(): Promise<HealthResource> {
    const trouble = await this.readiness.trouble();
    if (trouble === undefined) return { status: 'ok' };
    throw new AppError('unavailable', [
      { reason: 'ServiceUnavailable', message: `Not ready: ${trouble}.`, help: 'Ask again in a moment.' },
    ]);
  }
}
