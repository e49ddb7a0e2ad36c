import { existsSync } from 'node:fs';
import { DataSource } from 'typeorm';
import { databaseTrouble } from '../config/database-trouble.js';
import type { Env } from '../config/env.js';
import { dataSourceOptions } from './data-source-options.js';
import { diagnoseMysql } from './diagnose-mysql.js';
import { diagnoseSqlite } from './diagnose-sqlite.js';
import { fine, warning, wrong, type Finding } from './finding.js';
import { schemaState } from './migrate.js';

/** What is to be known of the database before one trusts it. Writes nothing, and makes no file where there is none. */
export async function diagnose(env: Env): Promise<Finding[]> {
  const { database } = env;
  if (database.engine === 'sqlite' && database.path !== ':memory:' && !existsSync(database.path))
    return [wrong('database', 'the file is not there', 'Check the path in DATABASE_URL; admin migrate makes a new one.')];
  let dataSource: DataSource;
  try {
    dataSource = await new DataSource(await dataSourceOptions(env)).initialize();
  } catch (error) {
    return [
      wrong('database', databaseTrouble(error) ?? firstLine(error), 'Check DATABASE_URL and DATABASE_CA_FILE, and that the server runs.'),
    ];
  }
  try {
    const engine = database.engine === 'sqlite' ? diagnoseSqlite(dataSource, database.path) : diagnoseMysql(dataSource, env);
    return [...(await engine), await migrations(dataSource)];
  } finally {
    await dataSource.destroy();
  }
}

async function migrations(dataSource: DataSource): Promise<Finding> {
  const { applied, pending, unknown } = await schemaState(dataSource);
  if (pending.length > 0)
    return wrong(
      'migrations',
      `${applied.length} applied, ${pending.length} pending: ${pending.join(', ')}`,
      'Bring the schema up: admin migrate.',
    );
  if (unknown.length > 0)
    return warning(
      'migrations',
      `${applied.length} applied, and ${unknown.length} of a newer program: ${unknown.join(', ')}`,
      'It works; bring this program to the same release.',
    );
  return fine('migrations', `${applied.length} applied, none pending`);
}

const firstLine = (error: unknown): string => String((error as Error | null)?.message ?? error).split('\n')[0]!;
