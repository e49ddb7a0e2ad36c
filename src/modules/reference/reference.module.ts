import { Module } from '@nestjs/common';
import { SegmentModule } from '../segment/segment.module.js';
import { ReferenceController } from './reference.controller.js';
import { ReferenceRepository } from './reference.repository.js';
import { ReferenceService } from './reference.service.js';

@Module({ imports: [SegmentModule], controllers: [ReferenceController], providers: [ReferenceRepository, ReferenceService] })
export class ReferenceModule {}
