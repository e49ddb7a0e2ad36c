import { createPool, type Pool } from 'mysql2';
import type { DataSource } from 'typeorm';
import type { MysqlTarget } from '../config/database-target.js';

/** What a replica's pool takes over from the primary's, by TypeORM's names, which are mysql2's too. */
interface PoolSettings {
  readonly charset: string;
  readonly timezone: string;
  readonly dateStrings: boolean;
  readonly supportBigNumbers: boolean;
  readonly connectTimeout: number;
  readonly poolSize: number;
  readonly extra: object;
  readonly ssl?: object;
}

/** A pool on a replica that behaves as the primary's does: its options are written once, in `data-source-options.ts`. */
export function replicaPool(primary: DataSource, { host, port, user, password, name }: MysqlTarget): Pool {
  const { charset, timezone, dateStrings, supportBigNumbers, connectTimeout, poolSize, extra, ssl } =
    primary.options as unknown as PoolSettings;
  const same = { charset, timezone, dateStrings, supportBigNumbers, connectTimeout, ...(ssl === undefined ? {} : { ssl }) };
  return createPool({ ...same, ...extra, host, port, user, password, database: name, connectionLimit: poolSize });
}
