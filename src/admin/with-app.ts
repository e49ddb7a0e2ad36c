import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import type { Env } from '../config/env.js';
import { processEnv } from '../config/process-env.js';
import { migrate, pendingMigrations } from '../database/migrate.js';
import { exitCodes } from './exit-codes.js';
import { reported } from './reported.js';

export interface AdminApp {
  readonly app: INestApplicationContext;
  readonly env: Env;
}

interface Options {
  /** What to do when the schema is behind: bring it up, or refuse, as a command must that only reads. */
  readonly pending: 'migrate' | 'refuse';
  /** Errors are written as JSON. */
  readonly json?: boolean | undefined;
}

/** Runs a command with the application's services. */
export async function withApp({ pending, json }: Options, command: (admin: AdminApp) => Promise<void>): Promise<void> {
  const env = processEnv();
  await reported(json, async () => {
    const app = await NestFactory.createApplicationContext(AppModule.register(env), { logger: false, abortOnError: false });
    try {
      const dataSource = app.get<DataSource>(getDataSourceToken());
      if (pending === 'migrate') await migrate(dataSource);
      else if ((await pendingMigrations(dataSource)).length > 0) return refuseOldSchema();
      await command({ app, env });
    } finally {
      await app.close();
    }
  });
}

function refuseOldSchema(): void {
  process.stderr.write('The schema of the database is behind this program.\n  Bring it up first: admin migrate\n');
  process.exitCode = exitCodes.pendingMigrations;
}
