import { Controller, Get } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { ApiErrors, ApiPaginated } from '../../http/api-answers.decorator.js';
import { ApiListParams, ListParams } from '../../http/list-params.decorator.js';
import type { ListQuery } from '../../list-query/list-query.js';
import type { Page } from '../../list-query/page.js';
import type { Caller } from '../user/caller.js';
import { segmentEventFields } from './segment-event.fields.js';
import { SegmentEventResource, toSegmentEventResource } from './segment-event.resource.js';
import { SegmentEventService } from './segment-event.service.js';

const list = { fields: segmentEventFields };

/** The change feed (`contract.md` section 7). */
@ApiTags('Segments')
@ApiBearerAuth()
@Controller('v3')
export class SegmentEventController {
  constructor(private readonly events: SegmentEventService) {}

  @Get('segments/events')
  @ApiOperation({
    operationId: 'getSegmentEvents',
    summary: 'List what was created and deleted',
    description:
      'To follow, ask for a `sequence` greater than the last one you have seen, in the default order: nothing is missed, nothing comes twice.',
  })
  @ApiListParams(list)
  @ApiPaginated(SegmentEventResource, 'The events, oldest first.')
  @ApiErrors()
  async find(@CurrentUser() caller: Caller, @ListParams(list) query: ListQuery): Promise<Page<SegmentEventResource>> {
    return (await this.events.list(caller, query)).map(toSegmentEventResource);
  }
}
