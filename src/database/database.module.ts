import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ENV } from '../config/env.module.js';
import type { Env } from '../config/env.js';
import { dataSourceOptions } from './data-source-options.js';

/** The connection, opened at start; the schema is brought up by `migrate` before the application listens. */
@Module({
  imports: [
    TypeOrmModule.forRootAsync({
      inject: [ENV],
      useFactory: async (env: Env) => ({ ...(await dataSourceOptions(env)), retryAttempts: 0 }),
    }),
  ],
})
export class DatabaseModule {}
