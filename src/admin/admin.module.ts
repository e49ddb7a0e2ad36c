import { Module } from '@nestjs/common';
import { ModelModule } from '../modules/model/model.module.js';
import { OrganizationModule } from '../modules/organization/organization.module.js';
import { ProjectModule } from '../modules/project/project.module.js';
import { SegmentModule } from '../modules/segment/segment.module.js';
import { UserModule } from '../modules/user/user.module.js';
import { ApplyService } from './apply.service.js';
import { ImportService } from './import/import.service.js';
import { ModelFinder } from './import/model-finder.js';
import { ModelPlanner } from './model-planner.js';
import { OrganizationPlanner } from './organization-planner.js';
import { PeopleService } from './people.service.js';
import { ProjectPlanner } from './project-planner.js';
import { SegmentPlanner } from './segment-planner.js';

@Module({
  imports: [OrganizationModule, UserModule, ProjectModule, ModelModule, SegmentModule],
  providers: [ApplyService, OrganizationPlanner, ProjectPlanner, ModelPlanner, SegmentPlanner, ModelFinder, ImportService, PeopleService],
  exports: [ApplyService, ModelFinder, ImportService, PeopleService],
})
export class AdminModule {}
