import { Module } from '@nestjs/common';
import { ProjectModule } from '../project/project.module.js';
import { JobController } from './job.controller.js';
import { JobRepository } from './job.repository.js';
import { JobService } from './job.service.js';
import { ModelController } from './model.controller.js';
import { ModelRepository } from './model.repository.js';
import { ModelService } from './model.service.js';

@Module({
  imports: [ProjectModule],
  controllers: [ModelController, JobController],
  providers: [ModelRepository, JobRepository, ModelService, JobService],
  exports: [ModelRepository, ModelService],
})
export class ModelModule {}
