import { Controller, Get, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { functionCatalogue } from '../../fql/function-catalogue.js';
import { ApiBodyErrors, ApiErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { EvaluateDefinitionDto, evaluationBody, ValidateDefinitionDto } from './definition.dto.js';
import { EvaluationResource, FunctionCatalogueResource, ValidationResource } from './definition.resource.js';
import { DefinitionService } from './definition.service.js';
import { SegmentAccess } from './segment-access.guard.js';

const catalogue: FunctionCatalogueResource = { functions: functionCatalogue() };

/** Definitions without storing them (`contract.md` section 7). */
@ApiTags('Definitions')
@ApiBearerAuth()
@Controller('v3')
export class DefinitionController {
  constructor(private readonly definitions: DefinitionService) {}

  @Post('segments/validate')
  @HttpCode(200)
  @UseGuards(ModelAccess('read', 'body'))
  @ApiOperation({
    operationId: 'validateDefinition',
    summary: 'Check a definition: what is wrong, how to mend it, what it means',
    description:
      'Nothing is stored. A wrong definition is a 200 too, with `valid: false` and all that is wrong with it; warnings tell what is accepted but probably not meant.',
  })
  @ApiNormal(ValidationResource, 'The verdict; also for a wrong definition.')
  @ApiBodyErrors(403, 404)
  validate(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: ValidateDefinitionDto,
  ): Promise<ValidationResource> {
    return this.definitions.validate(caller, dto);
  }

  @Post('segments/evaluate')
  @HttpCode(200)
  @UseGuards(ModelAccess('read', 'body'), SegmentAccess('read', 'body'))
  @ApiOperation({
    operationId: 'evaluateDefinition',
    summary: 'Try a definition on rows, and see which clauses decided',
    description:
      'Give either `model_id` and `definition`, or `segment_id`. A row belongs to the segment only where the result is true; null is unknown, as in SQL.',
  })
  @ApiExtraModels(EvaluateDefinitionDto)
  @ApiBody({ schema: evaluationBody })
  @ApiNormal(EvaluationResource, 'What each row came to.')
  @ApiBodyErrors(403, 404)
  evaluate(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: EvaluateDefinitionDto,
  ): Promise<EvaluationResource> {
    return this.definitions.evaluate(caller, dto);
  }

  @Get('fql-expressions')
  @ApiOperation({
    operationId: 'getFqlExpressions',
    summary: 'List the functions of the language',
    description: 'With their parameters and results. Only row functions may stand in a segment.',
  })
  @ApiNormal(FunctionCatalogueResource, 'The functions.')
  @ApiErrors()
  functions(@QueryParams([]) _query: object): FunctionCatalogueResource {
    return catalogue;
  }
}
