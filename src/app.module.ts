import { Module, type DynamicModule } from '@nestjs/common';
import { AdminModule } from './admin/admin.module.js';
import { AuthModule } from './auth/auth.module.js';
import { EnvModule } from './config/env.module.js';
import type { Env } from './config/env.js';
import { DatabaseModule } from './database/database.module.js';
import { HttpModule } from './http/http.module.js';
import { IdempotencyModule } from './modules/idempotency/idempotency.module.js';
import { ModelModule } from './modules/model/model.module.js';
import { ModelUpdateModule } from './modules/model-update/model-update.module.js';
import { OrganizationModule } from './modules/organization/organization.module.js';
import { ProjectModule } from './modules/project/project.module.js';
import { PruningModule } from './modules/pruning/pruning.module.js';
import { SegmentEventModule } from './modules/segment-event/segment-event.module.js';
import { ReferenceModule } from './modules/reference/reference.module.js';
import { SegmentModule } from './modules/segment/segment.module.js';
import { ServerModule } from './modules/server/server.module.js';
import { UserModule } from './modules/user/user.module.js';
import { SqlModule } from './sql/sql.module.js';

@Module({})
export class AppModule {
  static register(env: Env): DynamicModule {
    return {
      module: AppModule,
      imports: [
        EnvModule.register(env),
        DatabaseModule,
        SqlModule,
        HttpModule,
        OrganizationModule,
        UserModule,
        AuthModule,
        ProjectModule,
        IdempotencyModule,
        ModelModule,
        SegmentModule,
        SegmentEventModule,
        ReferenceModule,
        ModelUpdateModule,
        PruningModule,
        ServerModule,
        AdminModule,
      ],
    };
  }
}
