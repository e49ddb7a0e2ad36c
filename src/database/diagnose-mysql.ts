import { isIP } from 'node:net';
import type { DataSource } from 'typeorm';
import type { MysqlTarget } from '../config/database-target.js';
import type { Env } from '../config/env.js';
import { fine, judged, warning, wrong, type Finding } from './finding.js';

/** Milliseconds by which two clocks may differ: the leeway that tokens have, and where it begins to show in the order of things. */
const skew = { wrong: 5_000, warning: 1_000 };

/** Bytes of one statement that a bulk create of 4 MiB may come to. */
const leastPacket = 16 * 1024 * 1024;

/** Connections that people and backups need beside the pools. */
const spare = 10;

type Row = Readonly<Record<string, unknown>>;
type Variables = ReadonlyMap<string, string>;

/** What MySQL or MariaDB says of itself. That texts arrive whole was checked when the connection was opened. */
export async function diagnoseMysql(dataSource: DataSource, env: Env): Promise<Finding[]> {
  const ask = async (sql: string): Promise<Row[]> => (await dataSource.query(sql)) as Row[];
  const variables = pairs([
    ...(await ask('SHOW VARIABLES')),
    ...(await ask('SHOW GLOBAL STATUS')),
    ...(await ask("SHOW STATUS LIKE 'Ssl_cipher'")),
  ]);
  return [
    version(variables),
    mode(variables),
    isolation(variables),
    fine(
      'charset',
      `utf8mb4 in our sessions; ${variables.get('character_set_database')} is the database's default, which no table of ours has`,
    ),
    judged('writable', variables.get('read_only') === 'ON' ? 'read-only' : 'yes', [
      variables.get('read_only') === 'ON',
      'wrong',
      'Point DATABASE_URL at the primary, or end its read_only.',
    ]),
    await tables(ask),
    connections(variables, env),
    judged('packet', `${variables.get('max_allowed_packet')} bytes`, [
      Number(variables.get('max_allowed_packet')) < leastPacket,
      'warning',
      `Raise max_allowed_packet to ${leastPacket}: a large bulk create would be refused.`,
    ]),
    encryption(variables, env),
    await clock(ask),
    ...cluster(variables),
    ...(await Promise.all(env.replicas.map((target) => replica(dataSource, target)))),
  ];
}

const pairs = (rows: readonly Row[]): Variables => new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]));

function version(variables: Variables): Finding {
  const text = variables.get('version') ?? '';
  const [major = 0, minor = 0] = text.split('.').map(Number);
  const isMaria = text.includes('MariaDB');
  const old = isMaria ? major < 10 || (major === 10 && minor < 11) : major < 8;
  return judged('server', isMaria ? `MariaDB ${text}` : `MySQL ${text}`, [old, 'wrong', 'Use MySQL 8 or MariaDB 10.11, or later ones.']);
}

const mode = (variables: Variables): Finding =>
  judged('sql_mode', variables.get('sql_mode') ?? '', [
    !/STRICT_(?:TRANS|ALL)_TABLES/.test(variables.get('sql_mode') ?? ''),
    'warning',
    'Put STRICT_TRANS_TABLES into sql_mode, so that the server too refuses what does not fit.',
  ]);

function isolation(variables: Variables): Finding {
  const level = variables.get('transaction_isolation') ?? variables.get('tx_isolation') ?? 'unknown';
  return judged('isolation', level, [
    level === 'READ-UNCOMMITTED',
    'wrong',
    'Set transaction_isolation to REPEATABLE-READ or READ-COMMITTED.',
  ]);
}

async function tables(ask: (sql: string) => Promise<Row[]>): Promise<Finding> {
  const rows = await ask(
    "SELECT table_name AS name, engine AS engine FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'BASE TABLE'",
  );
  const others = rows.filter(({ engine }) => engine !== 'InnoDB').map(({ name }) => String(name));
  return judged('tables', others.length === 0 ? `${rows.length}, all InnoDB` : `not InnoDB: ${others.join(', ')}`, [
    others.length > 0,
    'wrong',
    'ALTER TABLE … ENGINE=InnoDB: others have no transactions and no foreign keys.',
  ]);
}

function connections(variables: Variables, { poolSize }: Env): Finding {
  const [most, used] = [Number(variables.get('max_connections')), Number(variables.get('Threads_connected'))];
  const value = `${poolSize} at most in each process; the server has ${used} of ${most} in use`;
  const fix = `Raise max_connections, or lower DATABASE_POOL_SIZE: it must hold the pools of all processes and ${spare} more.`;
  return judged('pool', value, [most < poolSize, 'wrong', fix], [most < poolSize + spare || used > most * 0.9, 'warning', fix]);
}

function encryption(variables: Variables, { database, databaseCa }: Env): Finding {
  const cipher = variables.get('Ssl_cipher') ?? '';
  if (cipher !== '') return fine('TLS', cipher);
  const isLocal =
    database.engine === 'mysql' && (database.host === 'localhost' || (isIP(database.host) !== 0 && /^127\.|^::1$/.test(database.host)));
  if (isLocal && databaseCa === undefined) return fine('TLS', 'none, on this computer');
  return warning(
    'TLS',
    'none',
    'Name the authority of the server’s certificate in DATABASE_CA_FILE, unless the network between is trusted.',
  );
}

/** The server's clock against ours, taken in the middle between question and answer. */
async function clock(ask: (sql: string) => Promise<Row[]>): Promise<Finding> {
  const before = Date.now();
  const [row] = await ask("SELECT DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%f') AS now");
  const after = Date.now();
  const ahead = Date.parse(`${String(row?.['now']).slice(0, 23)}Z`) - (before + after) / 2;
  const value = `the database is ${Math.abs(Math.round(ahead))} ms ${ahead < 0 ? 'behind' : 'ahead of'} this process, give or take ${Math.ceil((after - before) / 2)}`;
  const fix = 'Keep both clocks by NTP (chrony, systemd-timesyncd): times and tokens are judged by this process’s.';
  return judged('clock', value, [Math.abs(ahead) > skew.wrong, 'wrong', fix], [Math.abs(ahead) > skew.warning, 'warning', fix]);
}

function cluster(variables: Variables): Finding[] {
  if (variables.get('wsrep_on') !== 'ON') return [];
  const [state, size] = [variables.get('wsrep_local_state_comment'), variables.get('wsrep_cluster_size')];
  const value = `Galera, ${size} nodes, this one ${state}`;
  return [
    variables.get('wsrep_ready') === 'ON'
      ? fine('cluster', value)
      : wrong('cluster', value, 'Wait until the node is Synced, or point DATABASE_URL at another one.'),
  ];
}

/** What it takes is loaded only where there are replicas. */
async function replica(dataSource: DataSource, target: MysqlTarget): Promise<Finding> {
  const [{ MysqlEngine }, { longestLag, Replica }, { replicaPool }] = await Promise.all([
    import('../sql/mysql-engine.js'),
    import('../sql/replica.js'),
    import('../sql/replica-pool.js'),
  ]);
  const pool = replicaPool(dataSource, target);
  const one = new Replica(
    `${target.host}:${target.port}`,
    new MysqlEngine(pool, dataSource.options.type === 'mariadb' ? 'mariadb' : 'mysql'),
    pool,
  );
  const { replica: name, lag } = await one.state();
  one.close();
  const value = lag === Infinity ? `${name} does not answer, or does not replicate` : `${name} is ${lag} s behind`;
  return judged('replica', value, [
    lag > longestLag,
    'warning',
    'Lists are read from the primary until it keeps up: look at its replication.',
  ]);
}
