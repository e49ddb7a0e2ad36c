import { Module } from '@nestjs/common';
import { ProjectModule } from '../project/project.module.js';
import { ModelRepository } from './model.repository.js';
import { ModelService } from './model.service.js';

@Module({ imports: [ProjectModule], providers: [ModelRepository, ModelService], exports: [ModelRepository, ModelService] })
export class ModelModule {}
