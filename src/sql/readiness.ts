import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createConnection, type Connection, type ConnectionOptions, type RowDataPacket } from 'mysql2';
import { DataSource } from 'typeorm';
import type { MysqlDataSourceOptions } from 'typeorm/driver/mysql/MysqlDataSourceOptions.js';
import { Sql } from './sql.js';

/** Milliseconds that the database may take to say that it is there. */
const patience = 1_000;

const appliedSql = 'SELECT name FROM migration';
const noSuchTable = /no such table|doesn't exist/i;

/**
 * Whether requests can be served. On MySQL it asks over a connection of its own: a full pool is no reason to be taken out of the
 * load balancer, and a ping that hangs must not take a connection from the pool.
 */
@Injectable()
export class Readiness implements OnApplicationShutdown {
  private closing = false;

  private connection: Connection | undefined;

  constructor(
    private readonly sql: Sql,
    @InjectDataSource() private readonly dataSource: DataSource,
  ) {}

  /** From now on the answer is no, so that load balancers look elsewhere while the last requests are answered. */
  close(): void {
    this.closing = true;
  }

  /** Why not, in a word; undefined when all is well. A schema that is newer than this program is: changes are additive. */
  async trouble(): Promise<string | undefined> {
    if (this.closing) return 'shutting down';
    try {
      return (await this.pending()).length > 0 ? 'the schema of the database is older than this program; run admin migrate' : undefined;
    } catch {
      return 'the database is out of reach';
    }
  }

  /** Names of the migrations that the database lacks. @throws when it does not answer */
  async pending(): Promise<string[]> {
    const applied = new Set(await this.applied());
    return this.dataSource.migrations.map(({ name = '' }) => name).filter((name) => !applied.has(name));
  }

  onApplicationShutdown(): void {
    this.connection?.destroy();
  }

  /** Names of the applied migrations, which is also the proof that the database answers. */
  private async applied(): Promise<string[]> {
    try {
      return this.sql.engineName === 'sqlite' ? (await this.sql.read(appliedSql, [])).map(String) : await this.ask();
    } catch (error) {
      if (noSuchTable.test(String((error as Error).message))) return [];
      throw error;
    }
  }

  private ask(): Promise<string[]> {
    const connection = (this.connection ??= this.open());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(this.drop(connection)), patience);
      connection.query<RowDataPacket[]>(appliedSql, (error, rows) => {
        clearTimeout(timer);
        if (error === null) return resolve(rows.map(({ name }) => String(name)));
        this.drop(connection);
        reject(error);
      });
    });
  }

  private open(): Connection {
    const { host, port, username, password, database, ssl } = this.dataSource.options as MysqlDataSourceOptions;
    const tls = ssl === undefined ? {} : { ssl };
    const options = { host, port, user: username, password, database, connectTimeout: patience, ...tls } as ConnectionOptions;
    const connection = createConnection(options);
    connection.on('error', () => this.drop(connection));
    return connection;
  }

  private drop(connection: Connection): Error {
    connection.destroy();
    if (this.connection === connection) this.connection = undefined;
    return new Error('no answer');
  }
}
