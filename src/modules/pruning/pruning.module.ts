import { Module } from '@nestjs/common';
import { IdempotencyModule } from '../idempotency/idempotency.module.js';
import { SegmentEventModule } from '../segment-event/segment-event.module.js';
import { Pruner } from './pruner.js';

@Module({ imports: [IdempotencyModule, SegmentEventModule], providers: [Pruner] })
export class PruningModule {}
