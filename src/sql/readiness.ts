import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { createConnection, type Connection, type ConnectionOptions } from 'mysql2';
import { DataSource } from 'typeorm';
import { Sql } from './sql.js';

/** Milliseconds that the database may take to say that it is there. */
const patience = 1_000;

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

  /** Why not, in a word; undefined when all is well. */
  async trouble(): Promise<string | undefined> {
    if (this.closing) return 'shutting down';
    try {
      await (this.sql.engineName === 'sqlite' ? this.sql.read('SELECT 1', []) : this.ping());
      return undefined;
    } catch {
      return 'the database is out of reach';
    }
  }

  onApplicationShutdown(): void {
    this.connection?.destroy();
  }

  private ping(): Promise<void> {
    const connection = (this.connection ??= this.open());
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(this.drop(connection)), patience);
      connection.query('SELECT 1', (error: unknown) => {
        clearTimeout(timer);
        if (error) reject(this.drop(connection));
        else resolve();
      });
    });
  }

  private open(): Connection {
    const {
      host,
      port,
      username: user,
      password,
      database,
    } = this.dataSource.options as { host: string; port: number; username: string; password: string; database: string };
    const options: ConnectionOptions = { host, port, user, password, database, connectTimeout: patience };
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
