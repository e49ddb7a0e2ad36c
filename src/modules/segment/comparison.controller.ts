import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiBodyErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { ComparisonAccessGuard } from './comparison-access.guard.js';
import { CompareDefinitionsDto } from './comparison.dto.js';
import { ComparisonResource, toComparisonResource } from './comparison.resource.js';
import { ComparisonService } from './comparison.service.js';

@ApiTags('Definitions')
@ApiBearerAuth()
@Controller('v3/segments/compare')
export class ComparisonController {
  constructor(private readonly comparisons: ComparisonService) {}

  @Post()
  @HttpCode(200)
  @UseGuards(ModelAccess('read', 'body'), ComparisonAccessGuard)
  @ApiOperation({
    operationId: 'compareDefinitions',
    summary: 'Tell how two definitions relate, with rows that show it',
    description:
      'Each is a definition, or a segment by its id. A relation is named only when it holds for every row that the types of the columns allow; otherwise it is `unknown`.',
  })
  @ApiNormal(ComparisonResource, 'How they relate.')
  @ApiBodyErrors(403, 404)
  async compare(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: CompareDefinitionsDto,
  ): Promise<ComparisonResource> {
    return toComparisonResource(await this.comparisons.compare(caller, dto));
  }
}
