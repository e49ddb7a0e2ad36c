import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection, type RowDataPacket } from 'mysql2/promise';
import { projectRoot } from './service.js';

/** A primary with a replica of its own, on which the suite may do as it likes. */
export interface ReplicaPair {
  /** Addresses of one database that is on both. */
  readonly primaryUrl: string;
  readonly replicaUrl: string;
  onPrimary(sql: string): Promise<RowDataPacket[]>;
  onReplica(sql: string): Promise<RowDataPacket[]>;
  /** Resolves once the replica has what the primary has now. */
  caughtUp(): Promise<void>;
  signalReplica(signal: NodeJS.Signals): void;
  /** After SIGKILL. */
  startReplica(): Promise<void>;
  stop(): Promise<void>;
}

/** Where no MariaDB is installed, these suites have nothing to work with; `global-setup.mjs` has looked. */
export const mariadbIsHere = Boolean(process.env['MARIADBD']);

export async function startReplicaPair(database: string): Promise<ReplicaPair> {
  const child = spawn(process.execPath, [join(projectRoot, 'test', 'support', 'replicated-mysql.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (done === true) throw new Error('The primary and its replica did not start.');
    return JSON.parse(value) as { primary: string; replica: string; replicaPid: number };
  };
  const { primary, replica, ...first } = await answer();
  let { replicaPid } = first;
  const at = async (url: string, sql: string): Promise<RowDataPacket[]> => {
    const connection = await createConnection({ uri: url, dateStrings: true });
    try {
      return (await connection.query<RowDataPacket[]>(sql))[0];
    } finally {
      await connection.end();
    }
  };
  await at(primary, `CREATE DATABASE ${database}`);
  const [primaryUrl, replicaUrl] = [primary + database, replica + database];
  return {
    primaryUrl,
    replicaUrl,
    onPrimary: (sql) => at(primaryUrl, sql),
    onReplica: (sql) => at(replicaUrl, sql),
    async caughtUp() {
      const [position] = await at(primary, 'SELECT @@gtid_binlog_pos AS gtid');
      const [{ waited } = { waited: -1 }] = await at(replica, `SELECT MASTER_GTID_WAIT('${String(position?.['gtid'])}', 20) AS waited`);
      if (Number(waited) !== 0) throw new Error('The replica does not catch up.');
    },
    signalReplica: (signal) => process.kill(replicaPid, signal),
    async startReplica() {
      child.stdin.write('start\n');
      ({ replicaPid } = await answer());
    },
    async stop() {
      const exited = once(child, 'exit');
      child.stdin.end();
      await Promise.race([exited, sleep(15_000, undefined, { ref: false })]);
    },
  };
}
