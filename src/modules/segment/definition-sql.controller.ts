import { Controller, HttpCode, Post, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiBody, ApiExtraModels, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { CheckedBody } from '../../http/checked-body.decorator.js';
import { ApiBodyErrors, ApiNormal } from '../../http/api-answers.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { definitionSqlBody, DefinitionSqlDto } from './definition-sql.dto.js';
import { DefinitionSqlResource } from './definition-sql.resource.js';
import { DefinitionSqlService } from './definition-sql.service.js';
import { SegmentAccess } from './segment-access.guard.js';

/** A definition as SQL, to run it where the rows are (`contract.md` section 7). */
@ApiTags('Definitions')
@ApiBearerAuth()
@Controller('v3/segments/sql')
export class DefinitionSqlController {
  constructor(private readonly definitions: DefinitionSqlService) {}

  @Post()
  @HttpCode(200)
  @UseGuards(ModelAccess('read', 'body'), SegmentAccess('read', 'body'))
  @ApiOperation({
    operationId: 'getDefinitionSql',
    summary: 'Write a definition as an SQL predicate with bound values',
    description:
      'For where the rows are. Values stand beside the text, never in it. What a database cannot do as `evaluate` does is refused, with its place in the definition.',
  })
  @ApiExtraModels(DefinitionSqlDto)
  @ApiBody({ schema: definitionSqlBody })
  @ApiNormal(DefinitionSqlResource, 'The predicate.')
  @ApiBodyErrors(403, 404)
  toSql(
    @CurrentUser() caller: Caller,
    @QueryParams([]) _query: object,
    @CheckedBody() dto: DefinitionSqlDto,
  ): Promise<DefinitionSqlResource> {
    return this.definitions.toSql(caller, dto);
  }
}
