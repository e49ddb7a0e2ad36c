import { mkdirSync } from 'node:fs';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import libsql from 'libsql';
import { createConnection } from 'mysql2/promise';
import type { DataSourceOptions } from 'typeorm';
import type { MysqlTarget } from '../config/database-target.js';
import type { Env } from '../config/env.js';
import { adaptEntities } from './dialect.js';
import { entities } from './entities.js';
import { migrations } from './migrations/index.js';
import { NamingStrategy } from './naming-strategy.js';
import { sessionOf, sessionTrouble } from './session-check.js';

/** Milliseconds that an embedded database waits for another process's write. */
const busyTimeout = 5_000;
const connectTimeout = 3_000;
const charset = 'utf8mb4';

/** Requests that may wait for a connection, for each connection of the pool. */
const queuePerConnection = 10;

/**
 * Statements that the server keeps ready for one connection. The hot ones are some dozens, lists with filters make the rest; all connections
 * of all processes share its `max_prepared_stmt_count` (16,382 where nobody set it).
 */
const maxPreparedStatements = 100;

const common = {
  entities,
  migrations,
  namingStrategy: new NamingStrategy(),
  synchronize: false,
  migrationsTransactionMode: 'each',
  migrationsTableName: 'migration',
  logging: false,
} as const;

/** What the application, the admin commands and the tests open: written here only. */
export async function dataSourceOptions(env: Pick<Env, 'database' | 'poolSize' | 'databaseCa'>): Promise<DataSourceOptions> {
  const { database, databaseCa } = env;
  adaptEntities(database.engine);
  return database.engine === 'sqlite' ? sqliteOptions(database.path) : mysqlOptions(database, env.poolSize, databaseCa);
}

function sqliteOptions(path: string): DataSourceOptions {
  if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true });
  return { ...common, type: 'better-sqlite3', driver: libsql, database: path, enableWAL: path !== ':memory:', timeout: busyTimeout };
}

async function mysqlOptions(target: MysqlTarget, poolSize: number, ca: string | undefined): Promise<DataSourceOptions> {
  const { host, port, user, password, name } = target;
  // mysql2 compares the certificate's names with a host name only; of an address it would demand to be called localhost.
  const tls = ca === undefined ? {} : { ssl: { ca, verifyIdentity: isIP(host) === 0 } };
  return {
    ...common,
    type: await serverKind(target, tls),
    host,
    port,
    username: user,
    password,
    database: name,
    charset,
    timezone: 'Z',
    dateStrings: true,
    supportBigNumbers: true,
    connectTimeout,
    ...tls,
    poolSize,
    extra: { queueLimit: poolSize * queuePerConnection, enableKeepAlive: true, maxPreparedStatements },
  };
}

/**
 * TypeORM must be told which of the two it is: 'mysql' against MariaDB finds differences for ever. The server is asked in a session
 * as the pool's will be, which must not garble texts.
 * @throws Error for the operator
 */
async function serverKind({ host, port, user, password, name }: MysqlTarget, tls: object): Promise<'mysql' | 'mariadb'> {
  const connection = await createConnection({ host, port, user, password, database: name, charset, connectTimeout, ...tls });
  try {
    const session = await sessionOf(connection);
    const trouble = sessionTrouble(session);
    if (trouble !== undefined) throw new Error(trouble);
    return session.version.includes('MariaDB') ? 'mariadb' : 'mysql';
  } finally {
    await connection.end();
  }
}
