import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { ModelModule } from '../model/model.module.js';
import { ProjectModule } from '../project/project.module.js';
import { ComparisonController } from './comparison.controller.js';
import { ComparisonService } from './comparison.service.js';
import { DefinitionSqlController } from './definition-sql.controller.js';
import { DefinitionSqlService } from './definition-sql.service.js';
import { DefinitionController } from './definition.controller.js';
import { DefinitionService } from './definition.service.js';
import { RecheckController } from './recheck.controller.js';
import { RecheckService } from './recheck.service.js';
import { SegmentBatchController } from './segment-batch.controller.js';
import { SegmentBatchService } from './segment-batch.service.js';
import { SegmentCopyService } from './segment-copy.service.js';
import { SegmentTextRepository } from './segment-text.repository.js';
import { SegmentWriteRepository } from './segment-write.repository.js';
import { SegmentController } from './segment.controller.js';
import { SegmentExportController } from './segment-export.controller.js';
import { SegmentExportService } from './segment-export.service.js';
import { SegmentRepository } from './segment.repository.js';
import { SegmentService } from './segment.service.js';

@Module({
  imports: [IdempotencyModule, ProjectModule, ModelModule],
  controllers: [
    DefinitionController,
    DefinitionSqlController,
    ComparisonController,
    RecheckController,
    SegmentBatchController,
    SegmentExportController,
    SegmentController,
  ],
  providers: [
    SegmentRepository,
    SegmentTextRepository,
    SegmentWriteRepository,
    SegmentService,
    SegmentBatchService,
    SegmentCopyService,
    DefinitionService,
    DefinitionSqlService,
    ComparisonService,
    RecheckService,
    SegmentExportService,
  ],
  exports: [SegmentService, SegmentTextRepository, SegmentWriteRepository, SegmentExportService, SegmentCopyService],
})
export class SegmentModule {}
