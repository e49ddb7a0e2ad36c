import { Module } from '@nestjs/common';
import { ModelModule } from '../model/model.module.js';
import { ProjectModule } from '../project/project.module.js';
import { DefinitionController } from './definition.controller.js';
import { DefinitionService } from './definition.service.js';
import { SegmentController } from './segment.controller.js';
import { SegmentRepository } from './segment.repository.js';
import { SegmentService } from './segment.service.js';

@Module({
  imports: [ProjectModule, ModelModule],
  controllers: [DefinitionController, SegmentController],
  providers: [SegmentRepository, SegmentService, DefinitionService],
  exports: [SegmentService, SegmentRepository],
})
export class SegmentModule {}
