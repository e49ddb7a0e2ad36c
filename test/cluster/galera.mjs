/** Three Galera nodes on loopback, each a MariaDB server in a directory of its own, small in memory. */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { freePort } from '../support/private-mysql.mjs';

const syncedWithin = 90_000;
/** State transfers run as the server's user, and rsync refuses to be root for them. */
const runAs = process.getuid?.() === 0 ? ['--user=nobody'] : [];

export class Galera {
  nodes = [];
  password = randomBytes(12).toString('hex');

  constructor(programs, directory) {
    this.programs = programs;
    this.directory = directory;
  }

  /** @returns when all are Synced */
  async start(count = 3) {
    for (let at = 1; at <= count; at++) this.nodes.push(new Node(this, at, await ports()));
    for (const node of this.nodes) {
      node.createData();
      node.launch(node.number === 1 ? ['--wsrep-new-cluster', `--init-file=${this.accounts()}`] : []);
      await node.untilSynced();
    }
  }

  async stop() {
    // The last one first: each leaves a cluster that still has a quorum.
    for (const node of this.nodes.toReversed()) await node.stop();
  }

  /** At once. */
  discard() {
    for (const node of this.nodes) node.discard();
  }

  accounts() {
    const file = join(this.directory, 'accounts.sql');
    writeFileSync(
      file,
      `CREATE USER 'segments'@'%' IDENTIFIED BY '${this.password}';\nGRANT ALL PRIVILEGES ON *.* TO 'segments'@'%' WITH GRANT OPTION;\n`,
      { mode: 0o644 },
    );
    return file;
  }
}

const ports = async () => ({ sql: await freePort(), group: await freePort(), increment: await freePort(), snapshot: await freePort() });

class Node {
  constructor(cluster, number, ports) {
    Object.assign(this, { cluster, number, ports, name: `node${number}`, directory: join(cluster.directory, `node${number}`) });
  }

  get url() {
    return `mysql://segments:${this.cluster.password}@127.0.0.1:${this.ports.sql}/`;
  }

  createData() {
    mkdirSync(this.directory, { recursive: true });
    const args = ['--no-defaults', `--datadir=${this.data}`, '--skip-test-db', '--skip-name-resolve', ...runAs];
    const { status, stdout, stderr } = spawnSync(this.cluster.programs.installDb, args, { encoding: 'utf8', cwd: this.directory });
    if (status !== 0) throw new Error(`mariadb-install-db failed:\n${stdout}${stderr}`);
  }

  get data() {
    return join(this.directory, 'data');
  }

  launch(more = []) {
    const log = openSync(this.logFile, 'a');
    // A process group of its own: Ctrl-C reaches us alone, and the state transfer's helpers end with their server.
    this.child = spawn(this.cluster.programs.mariadbd, [...this.options(), ...more], {
      stdio: ['ignore', log, log],
      detached: true,
      env: { ...process.env, PATH: this.cluster.programs.path },
    });
    this.exited = new Promise((resolve) => this.child.once('exit', resolve));
  }

  get logFile() {
    return join(this.directory, 'error.log');
  }

  options() {
    const { sql, group, increment, snapshot } = this.ports;
    const members = this.cluster.nodes.map((node) => `127.0.0.1:${node.ports.group}`).join(',');
    return [
      '--no-defaults',
      ...runAs,
      `--datadir=${this.data}`,
      `--socket=${join(this.data, 'server.sock')}`,
      `--pid-file=${join(this.data, 'server.pid')}`,
      `--port=${sql}`,
      '--bind-address=127.0.0.1',
      '--skip-name-resolve',
      '--performance-schema=OFF',
      '--innodb-buffer-pool-size=32M',
      '--innodb-log-file-size=16M',
      '--innodb-flush-log-at-trx-commit=2',
      '--innodb-autoinc-lock-mode=2',
      '--binlog-format=ROW',
      '--wsrep-on=ON',
      `--wsrep-provider=${this.cluster.programs.galera}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${increment};gcache.size=32M`,
      '--wsrep-cluster-name=segments-test',
      `--wsrep-cluster-address=gcomm://${members}`,
      `--wsrep-node-name=${this.name}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      `--wsrep-node-incoming-address=127.0.0.1:${sql}`,
      '--wsrep-sst-method=rsync',
      `--wsrep-sst-receive-address=127.0.0.1:${snapshot}`,
    ];
  }

  /** What a statement returns, over a connection of its own. @throws Error when the node does not answer */
  async query(sql, params = [], database = undefined) {
    const connection = await createConnection({ uri: this.url, database, connectTimeout: 2_000, dateStrings: true });
    try {
      return (await connection.query({ sql, timeout: 15_000 }, params))[0];
    } finally {
      connection.destroy();
    }
  }

  /** In the cluster and up to date: what a load balancer must ask, since a node that is joining accepts connections too. */
  async isSynced() {
    try {
      const [row] = await this.query("SHOW STATUS LIKE 'wsrep_local_state'");
      return row?.Value === '4';
    } catch {
      return false;
    }
  }

  async untilSynced() {
    for (const deadline = Date.now() + syncedWithin; !(await this.isSynced()); await sleep(100)) {
      if (this.child.exitCode === null && this.child.signalCode === null && Date.now() < deadline) continue;
      throw new Error(
        `${this.name} did not join the cluster:\n${readFileSync(this.logFile, 'utf8').trim().split('\n').slice(-25).join('\n')}`,
      );
    }
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.exited;
  }

  /** As a service manager does after a crash: find the last position in the data, start from there, let the cluster send the rest. */
  async rejoin() {
    const { stderr } = spawnSync(this.cluster.programs.mariadbd, [...this.options(), '--wsrep-recover'], { encoding: 'utf8' });
    const position = /Recovered position:\s*(\S+)/.exec(stderr)?.[1];
    this.launch(position === undefined ? [] : [`--wsrep-start-position=${position}`]);
    await this.untilSynced();
  }

  async stop() {
    if (this.child === undefined || this.child.exitCode !== null || this.child.signalCode !== null) return;
    this.child.kill('SIGTERM');
    const timer = setTimeout(() => this.discard(), 10_000);
    await this.exited;
    clearTimeout(timer);
  }

  /** At once, with whatever its state transfer started. */
  discard() {
    if (this.child?.pid === undefined) return;
    const transfer = join(this.data, 'rsync_sst.pid');
    if (existsSync(transfer)) end(Number(readFileSync(transfer, 'utf8')));
    if (this.child.exitCode === null && this.child.signalCode === null) end(-this.child.pid);
  }
}

function end(pid) {
  if (!Number.isInteger(pid) || Math.abs(pid) < 2) return;
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}
