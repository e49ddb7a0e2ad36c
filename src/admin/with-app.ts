import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { getDataSourceToken } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { AppModule } from '../app.module.js';
import type { Env } from '../config/env.js';
import { processEnv } from '../config/process-env.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { migrate } from '../database/migrate.js';
import { AppError } from '../errors/app-error.js';

export interface AdminApp {
  readonly app: INestApplicationContext;
  readonly env: Env;
}

/** Runs a command with the application's services over an up-to-date schema. */
export async function withApp(command: (admin: AdminApp) => Promise<void>): Promise<void> {
  const env = processEnv();
  await reported(async () => {
    const app = await NestFactory.createApplicationContext(AppModule.register(env), { logger: false, abortOnError: false });
    try {
      await migrate(app.get<DataSource>(getDataSourceToken()));
      await command({ app, env });
    } finally {
      await app.close();
    }
  });
}

/** Runs a command with nothing but the connection. */
export async function withDataSource(command: (dataSource: DataSource) => Promise<void>): Promise<void> {
  const env = processEnv();
  await reported(async () => {
    const dataSource = await new DataSource(await dataSourceOptions(env)).initialize();
    try {
      await command(dataSource);
    } finally {
      await dataSource.destroy();
    }
  });
}

/** What went wrong, for a person, on standard error; the exit code is then 1. */
async function reported(work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const lines =
      error instanceof AppError
        ? error.problems.map(({ message, help }) => (help ? `${message}\n  ${help}` : message))
        : [`Failed: ${(error as Error).message}`];
    process.stderr.write(`${lines.join('\n')}\n`);
    process.exitCode = 1;
  }
}
