import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { ModelModule } from '../model/model.module.js';
import { ProjectModule } from '../project/project.module.js';
import { DefinitionSqlController } from './definition-sql.controller.js';
import { DefinitionSqlService } from './definition-sql.service.js';
import { DefinitionController } from './definition.controller.js';
import { DefinitionService } from './definition.service.js';
import { SegmentBatchController } from './segment-batch.controller.js';
import { SegmentBatchService } from './segment-batch.service.js';
import { SegmentController } from './segment.controller.js';
import { SegmentCopyService } from './segment-copy.service.js';
import { SegmentRepository } from './segment.repository.js';
import { SegmentService } from './segment.service.js';

@Module({
  imports: [IdempotencyModule, ProjectModule, ModelModule],
  controllers: [DefinitionController, DefinitionSqlController, SegmentBatchController, SegmentController],
  providers: [SegmentRepository, SegmentService, SegmentBatchService, SegmentCopyService, DefinitionService, DefinitionSqlService],
  exports: [SegmentService, SegmentRepository],
})
export class SegmentModule {}
