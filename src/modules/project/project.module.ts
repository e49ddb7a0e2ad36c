import { Module } from '@nestjs/common';
import { UserModule } from '../user/user.module.js';
import { ProjectController } from './project.controller.js';
import { ProjectRepository } from './project.repository.js';
import { ProjectService } from './project.service.js';
import { SegmentUseRepository } from './segment-use.repository.js';
import { SegmentUseService } from './segment-use.service.js';

@Module({
  imports: [UserModule],
  controllers: [ProjectController],
  providers: [ProjectRepository, ProjectService, SegmentUseRepository, SegmentUseService],
  exports: [ProjectRepository, ProjectService, SegmentUseService],
})
export class ProjectModule {}
