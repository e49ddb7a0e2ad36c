import { Module } from '@nestjs/common';
import { ModelModule } from '../model/model.module.js';
import { SegmentController } from './segment.controller.js';
import { SegmentRepository } from './segment.repository.js';
import { SegmentService } from './segment.service.js';

@Module({
  imports: [ModelModule],
  controllers: [SegmentController],
  providers: [SegmentRepository, SegmentService],
  exports: [SegmentService, SegmentRepository],
})
export class SegmentModule {}
