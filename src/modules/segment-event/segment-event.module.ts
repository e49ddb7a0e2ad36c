import { Module } from '@nestjs/common';
import { SegmentEventController } from './segment-event.controller.js';
import { SegmentEventRepository } from './segment-event.repository.js';
import { SegmentEventService } from './segment-event.service.js';

@Module({
  controllers: [SegmentEventController],
  providers: [SegmentEventRepository, SegmentEventService],
  exports: [SegmentEventRepository],
})
export class SegmentEventModule {}
