/**
 * A private MariaDB and a replica of it, for `replica-pair.ts`: prints both addresses and the replica's process id as one line of
 * JSON, then serves until its input ends. The line `start` starts a replica again that was killed, and prints its new process id.
 */
import { createInterface } from 'node:readline';
import { createConnection } from 'mysql2/promise';
import { startPrivateMysql } from './private-mysql.mjs';

const primary = await startPrivateMysql(['--log-bin=primary', '--server-id=1', '--binlog-format=ROW']);
const replica = await startPrivateMysql(['--relay-log=relay', '--server-id=2', '--slave-net-timeout=2']);

async function query(url, sql) {
  const connection = await createConnection(url);
  const [rows] = await connection.query(sql).finally(() => connection.end());
  return rows;
}

const [{ File, Position }] = await query(primary.url, 'SHOW MASTER STATUS');
const { port, username, password } = new URL(primary.url);
await query(
  replica.url,
  `CHANGE MASTER TO MASTER_HOST = '127.0.0.1', MASTER_PORT = ${port}, MASTER_USER = '${username}', MASTER_PASSWORD = '${password}',
   MASTER_LOG_FILE = '${File}', MASTER_LOG_POS = ${Position}, MASTER_CONNECT_RETRY = 1`,
);
await query(replica.url, 'START SLAVE');
console.log(JSON.stringify({ primary: primary.url, replica: replica.url, replicaPid: replica.pid() }));

for await (const line of createInterface({ input: process.stdin })) {
  if (line !== 'start') continue;
  await replica.relaunch();
  console.log(JSON.stringify({ replicaPid: replica.pid() }));
}
await replica.stop();
await primary.stop();
