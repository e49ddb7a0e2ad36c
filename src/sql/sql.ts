import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'mysql2';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import { ENV } from '../config/env.module.js';
import type { Env } from '../config/env.js';
import type { PoolState, ReplicaState } from '../metrics/exposition.js';
import type { SqlEngine, SqlRow, SqlValue, Statement } from './engine.js';
import { insertOf } from './insert-of.js';
import { MysqlEngine } from './mysql-engine.js';
import { poolState } from './pool-state.js';
import { replicaPool } from './replica-pool.js';
import { Replica } from './replica.js';
import { Replicas, type Read } from './replicas.js';
import { SqliteEngine, type SqliteDatabase } from './sqlite-engine.js';

/**
 * How repositories speak to the database: prepared reads, and writes as batches that happen whole or not at all. TypeORM knows the
 * entities and writes the statements; the batch is known before it starts, so it can be run again after a deadlock.
 */
@Injectable()
export class Sql implements OnApplicationShutdown {
  private readonly engine: SqlEngine;
  private readonly replicas: Replicas;
  private readonly pool: Pool | undefined;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(ENV) env: Env,
  ) {
    const driver = dataSource.driver as unknown as { pool?: Pool; databaseConnection?: SqliteDatabase };
    this.pool = driver.pool;
    this.engine =
      driver.pool === undefined ? new SqliteEngine(driver.databaseConnection!) : new MysqlEngine(driver.pool, flavourOf(dataSource));
    const replicas = env.replicas.map((target) => {
      const pool = replicaPool(dataSource, target);
      return new Replica(`${target.host}:${target.port}`, new MysqlEngine(pool, flavourOf(dataSource)), pool);
    });
    this.replicas = new Replicas(replicas, (sql, params) => this.engine.read(sql, params));
  }

  get engineName(): SqlEngine['name'] {
    return this.engine.name;
  }

  /** @throws SqlError for every fault of the database that has a name */
  read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.engine.read(sql, params);
  }

  /**
   * What one list reads, all on one server: a replica where there is one, unless somebody wrote here a moment ago with one of these
   * ids, which are the list's scope. Everything else reads the primary.
   */
  list<T>(scope: readonly SqlValue[], work: (read: Read) => Promise<T>): Promise<T> {
    return this.replicas.list(scope, work);
  }

  /**
   * All statements in one transaction. A statement that touches fewer rows than its `atLeast` undoes the batch and ends the list.
   * @returns the number of rows that each statement touched
   * @throws SqlError, with nothing written
   */
  write(statements: readonly Statement[]): Promise<number[]> {
    return this.engine.write(statements).finally(() => this.replicas.noteWrite(statements));
  }

  /** How full the pools are, the primary's first; none with SQLite, which has one connection. */
  pools(): PoolState[] {
    return this.pool === undefined ? [] : [poolState('primary', this.pool), ...this.replicas.pools()];
  }

  /** How well the replicas keep up, asked now if it was not a moment ago. */
  replicaStates(): Promise<ReplicaState[]> {
    return this.replicas.states();
  }

  onApplicationShutdown(): void {
    this.replicas.close();
  }

  /** The INSERT of one or more rows of an entity, which all have the same members. */
  insert<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: QueryDeepPartialEntity<T> | QueryDeepPartialEntity<T>[]): Statement {
    return insertOf(this.dataSource, entity, Array.isArray(rows) ? rows : [rows]);
  }

  /** The UPDATE of an entity's row with this id. */
  update<T extends ObjectLiteral>(entity: EntityTarget<T>, id: string, changes: QueryDeepPartialEntity<T>): Statement {
    const [sql, params] = this.dataSource
      .createQueryBuilder()
      .update(entity)
      .set(changes)
      .where('id = :id', { id })
      .getQueryAndParameters();
    return { sql, params: params as SqlValue[] };
  }
}

const flavourOf = ({ options }: DataSource): 'mariadb' | 'mysql' => (options.type === 'mariadb' ? 'mariadb' : 'mysql');
