/** One Galera node: a MariaDB server in a directory of its own, small in memory, on loopback only. */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createConnection } from 'mysql2/promise';
import { start } from '../support/service-process.mjs';

const syncedWithin = 60_000;
/** State transfers run as the server's user, and rsync refuses to be root for them. */
const runAs = process.getuid?.() === 0 ? ['--user=nobody'] : [];

export class Node {
  constructor(cluster, number, ports) {
    Object.assign(this, { cluster, number, ports, name: `node${number}`, directory: join(cluster.directory, `node${number}`) });
  }

  get url() {
    return `mysql://segments:${this.cluster.password}@127.0.0.1:${this.ports.sql}/`;
  }

  get data() {
    return join(this.directory, 'data');
  }

  get logFile() {
    return join(this.directory, 'error.log');
  }

  /** The first node's tables; the others get everything from it. */
  createData() {
    mkdirSync(this.data, { recursive: true });
    if (this.number > 1) return runAs.length > 0 ? this.run('chown', ['nobody', this.data]) : undefined;
    this.run(this.cluster.programs.installDb, [
      '--no-defaults',
      `--datadir=${this.data}`,
      '--skip-test-db',
      '--skip-name-resolve',
      ...runAs,
    ]);
  }

  run(command, args) {
    const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8', cwd: this.directory });
    if (status !== 0) throw new Error(`${command} failed:\n${stdout}${stderr}`);
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
      '--innodb-doublewrite=0',
      '--innodb-autoinc-lock-mode=2',
      '--binlog-format=ROW',
      '--wsrep-on=ON',
      `--wsrep-provider=${this.cluster.programs.galera}`,
      `--wsrep-provider-options=gmcast.listen_addr=tcp://127.0.0.1:${group};ist.recv_addr=127.0.0.1:${increment};gcache.size=16M`,
      '--wsrep-cluster-name=segments-test',
      `--wsrep-cluster-address=gcomm://${members}`,
      `--wsrep-node-name=${this.name}`,
      `--wsrep-node-address=127.0.0.1:${group}`,
      `--wsrep-node-incoming-address=127.0.0.1:${sql}`,
      '--wsrep-sst-method=rsync',
      `--wsrep-sst-receive-address=127.0.0.1:${snapshot}`,
    ];
  }

  /** What a statement returns, with all that is committed anywhere. @throws Error when the node does not answer */
  query(sql, params = [], database = undefined) {
    return this.connected(database, async (connection) => {
      await connection.query('SET SESSION wsrep_sync_wait = 7');
      return (await connection.query({ sql, timeout: 15_000 }, params))[0];
    });
  }

  /** In the cluster and up to date: what a load balancer must ask, since a node that is joining accepts connections too. */
  async isSynced() {
    try {
      const ask = (connection) => connection.query({ sql: "SHOW STATUS LIKE 'wsrep_local_state'", timeout: 1_000 });
      const [[row]] = await this.connected(undefined, ask);
      return row?.Value === '4';
    } catch {
      return false;
    }
  }

  async connected(database, work) {
    const connection = await createConnection({ uri: this.url, database, connectTimeout: 1_000, dateStrings: true });
    try {
      return await work(connection);
    } finally {
      connection.destroy();
    }
  }

  get isRunning() {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  async untilSynced() {
    for (const deadline = Date.now() + syncedWithin; !(await this.isSynced()); await sleep(100)) {
      if (this.isRunning && Date.now() < deadline) continue;
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
    const recovery = start(this.cluster.programs.mariadbd, [...this.options(), '--wsrep-recover'], process.env);
    await recovery.done;
    const position = /Recovered position:\s*(\S+)/.exec(recovery.output)?.[1];
    this.launch(position === undefined ? [] : [`--wsrep-start-position=${position}`]);
    await this.untilSynced();
  }

  pause() {
    this.child.kill('SIGSTOP');
  }

  /**
   * It finds that the others have gone on without it, and joins them anew. Until it finds that it still calls itself Synced; what waits
   * for the others it cannot answer.
   */
  async resume() {
    this.child.kill('SIGCONT');
    const answers = () =>
      this.query('SELECT COUNT(*) FROM mysql.user').then(
        () => this.isSynced(),
        () => false,
      );
    for (const deadline = Date.now() + syncedWithin; !(await answers()); await sleep(100))
      if (Date.now() > deadline) throw new Error(`${this.name} did not join the cluster again`);
  }

  async stop() {
    if (!this.isRunning) return;
    this.child.kill('SIGCONT');
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
    if (this.isRunning) end(-this.child.pid);
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
