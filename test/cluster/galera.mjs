/** Three Galera nodes on loopback. */
import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../support/private-mysql.mjs';
import { Node } from './node.mjs';

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
