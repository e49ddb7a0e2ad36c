import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import type { Pool } from 'mysql2';
import { DataSource, type EntityTarget, type ObjectLiteral } from 'typeorm';
import type { QueryDeepPartialEntity } from 'typeorm/query-builder/QueryPartialEntity.js';
import type { SqlEngine, SqlRow, SqlValue, Statement } from './engine.js';
import { MysqlEngine } from './mysql-engine.js';
import { SqliteEngine, type SqliteDatabase } from './sqlite-engine.js';

/**
 * How repositories speak to the database: prepared reads, and writes as batches that happen whole or not at all. TypeORM knows the
 * entities and writes the statements; the batch is known before it starts, so it can be run again after a deadlock.
 */
@Injectable()
export class Sql {
  private readonly engine: SqlEngine;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {
    const driver = dataSource.driver as unknown as { pool?: Pool; databaseConnection?: SqliteDatabase };
    this.engine =
      driver.pool === undefined
        ? new SqliteEngine(driver.databaseConnection!)
        : new MysqlEngine(driver.pool, dataSource.options.type === 'mariadb' ? 'mariadb' : 'mysql');
  }

  get engineName(): SqlEngine['name'] {
    return this.engine.name;
  }

  /** @throws SqlError for every fault of the database that has a name */
  read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]> {
    return this.engine.read(sql, params);
  }

  /**
   * All statements in one transaction. A statement that touches fewer rows than its `atLeast` undoes the batch and ends the list.
   * @returns the number of rows that each statement touched
   * @throws SqlError, with nothing written
   */
  write(statements: readonly Statement[]): Promise<number[]> {
    return this.engine.write(statements);
  }

  /** The INSERT of one or more rows of an entity. */
  insert<T extends ObjectLiteral>(entity: EntityTarget<T>, rows: QueryDeepPartialEntity<T> | QueryDeepPartialEntity<T>[]): Statement {
    const [sql, params] = this.dataSource
      .createQueryBuilder()
      .insert()
      .into(entity)
      .values(rows)
      .updateEntity(false)
      .getQueryAndParameters();
    return { sql, params: params as SqlValue[] };
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
