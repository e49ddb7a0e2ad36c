/**
 * HAProxy on loopback: one address for the API's processes, and one address of the database for each of them, which lead to
 * different nodes while all are well. A node takes connections before it is up to date, so what HAProxy asks is not its port but
 * whether it is Synced (in production: a `clustercheck` beside each node).
 */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort } from '../support/private-mysql.mjs';
import { start } from '../support/service-process.mjs';

const startsWithin = 5_000;

/**
 * @param {number[]} apiPorts where the processes listen, or will
 * @returns the address of the API, and those of the database, one for each process
 */
export async function startProxy(programs, directory, nodes, apiPorts) {
  const checks = await Promise.all(nodes.map(serveCheck));
  const [api, ...databases] = await Promise.all([0, ...apiPorts].map(() => freePort()));
  const file = join(directory, 'haproxy.cfg');
  writeFileSync(file, configuration({ nodes, checks, apiPorts, api, databases }));
  const checked = spawnSync(programs.haproxy, ['-c', '-f', file], { encoding: 'utf8' });
  if (checked.status !== 0) throw new Error(`HAProxy refuses its configuration:\n${checked.stderr}`);
  const proxy = start(programs.haproxy, ['-db', '-f', file], { PATH: programs.path });
  await untilListening(proxy, databases[0]);
  return { url: `http://127.0.0.1:${api}`, databases, process: proxy };
}

const configuration = ({ nodes, checks, apiPorts, api, databases }) => `global
  maxconn 256
${process.getuid?.() === 0 ? '  user nobody\n  group nogroup\n' : ''}
defaults
  timeout connect 1s
  timeout client 60s
  timeout server 60s
  timeout check 1s
  option redispatch
  retries 2

listen api
  mode http
  bind 127.0.0.1:${api}
  balance roundrobin
  option httpchk GET /health/ready
  http-check send hdr Host api
  default-server inter 300ms fall 1 rise 1
${apiPorts.map((port, at) => `  server api${at + 1} 127.0.0.1:${port} check`).join('\n')}

${databases.map((port, at) => databaseListener(port, at, nodes, checks)).join('\n')}`;

/** The first node of the list takes all; the others stand by, in an order of its own for each process. */
const databaseListener = (port, at, nodes, checks) => `listen database${at + 1}
  mode tcp
  bind 127.0.0.1:${port}
  option httpchk GET /
  default-server inter 500ms fall 2 rise 2 on-marked-down shutdown-sessions
${nodes
  .map((_, step) => (at + step) % nodes.length)
  .map((n, step) => `  server ${nodes[n].name} 127.0.0.1:${nodes[n].ports.sql} check port ${checks[n]}${step === 0 ? '' : ' backup'}`)
  .join('\n')}
`;

/** Answers 200 while the node is Synced, else 503. @returns the port */
async function serveCheck(node) {
  const server = createServer(async (_request, response) => {
    response.statusCode = (await node.isSynced()) ? 200 : 503;
    response.end();
  });
  server.listen(0, '127.0.0.1').unref();
  await once(server, 'listening');
  return server.address().port;
}

async function untilListening(proxy, port) {
  for (const deadline = Date.now() + startsWithin; Date.now() < deadline && proxy.child.exitCode === null; await sleep(50)) {
    const socket = createConnection(port, '127.0.0.1');
    const open = await Promise.race([once(socket, 'connect').then(() => true), sleep(500)]).catch(() => false);
    socket.destroy();
    if (open === true) return;
  }
  throw new Error(`HAProxy did not start:\n${proxy.output}`);
}
