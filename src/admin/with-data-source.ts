import { DataSource } from 'typeorm';
import type { Env } from '../config/env.js';
import { processEnv } from '../config/process-env.js';
import { dataSourceOptions } from '../database/data-source-options.js';
import { reported } from './reported.js';

/** Runs a command with nothing but the connection. */
export async function withDataSource(
  json: boolean | undefined,
  command: (dataSource: DataSource, env: Env) => Promise<void>,
): Promise<void> {
  const env = processEnv();
  await reported(json, async () => {
    const dataSource = await new DataSource(await dataSourceOptions(env)).initialize();
    try {
      await command(dataSource, env);
    } finally {
      await dataSource.destroy();
    }
  });
}
