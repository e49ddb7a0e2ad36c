import { Readable } from 'node:stream';
import { Controller, Get, StreamableFile, UseGuards } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import { CurrentUser } from '../../auth/current-user.decorator.js';
import { ApiIdParam } from '../../http/api-id-param.decorator.js';
import { ApiErrors } from '../../http/api-answers.decorator.js';
import { IdParam } from '../../http/id-param.decorator.js';
import { QueryParams } from '../../http/query-params.decorator.js';
import { ModelAccess } from '../model/model-access.guard.js';
import type { Caller } from '../user/caller.js';
import { ApiSegmentFile } from './segment-export.resource.js';
import { SegmentExportService, type SegmentExport } from './segment-export.service.js';
import { segmentFormatNames } from './segment-file.js';

@ApiTags('Segments')
@ApiBearerAuth()
@Controller('v3/models/:model_id/segments/export')
export class SegmentExportController {
  constructor(private readonly exports: SegmentExportService) {}

  @Get()
  @UseGuards(ModelAccess('read', 'params'))
  @ApiOperation({
    operationId: 'exportSegments',
    summary: 'All segments of a model version as a file',
    description:
      'The file itself, in no envelope. What it holds can be imported again, here or into another model: the JSON is the body of a bulk create too. In the CSV a field that a spreadsheet would run as a formula has an apostrophe in front, which an import takes off.',
  })
  @ApiIdParam('model_id', 'model version', '3d02465f-858d-5fc0-9c87-915b693b94c3')
  @ApiQuery({
    name: 'format',
    required: false,
    schema: { type: 'string', enum: segmentFormatNames, default: 'json', example: 'json' },
    description: 'Format of the file.',
  })
  @ApiSegmentFile()
  @ApiErrors(403, 404)
  async export(
    @CurrentUser() caller: Caller,
    @IdParam('model_id') modelId: string,
    @QueryParams(['format']) { format }: { format?: string },
  ): Promise<StreamableFile> {
    return fileOf(await this.exports.export(caller, modelId, format));
  }
}

const fileOf = ({ fileName, type, pieces }: SegmentExport): StreamableFile =>
  new StreamableFile(Readable.from(pieces, { objectMode: false }), { type, disposition: `attachment; filename="${fileName}"` });
