import { Module } from '@nestjs/common';
import { ModelModule } from '../model/model.module.js';
import { SegmentModule } from '../segment/segment.module.js';
import { ModelUpdateController } from './model-update.controller.js';
import { ModelUpdateService } from './model-update.service.js';

@Module({ imports: [ModelModule, SegmentModule], controllers: [ModelUpdateController], providers: [ModelUpdateService] })
export class ModelUpdateModule {}
