/** A TCP link that can be made bad: slow, thin, cut after so many bytes, or half open. It stands between the service and its database. */
import { connect, createServer } from 'node:net';
import { once } from 'node:events';

/**
 * @param {number} port that it leads to, on this machine
 * @returns what `link` says holds for connections that exist as well as for new ones: `delay` in milliseconds and
 *   `bytesPerSecond` each way, `cutAfter` bytes from the server, `silent` when nothing is passed on though all stays open
 */
export async function tcpProxy(port) {
  const link = { delay: 0, bytesPerSecond: Infinity, cutAfter: Infinity, silent: false };
  const open = new Set();
  const server = createServer((client) => {
    const upstream = connect(port, '127.0.0.1');
    const pair = { client, upstream };
    open.add(pair);
    const end = () => {
      open.delete(pair);
      for (const socket of [client, upstream]) socket.destroy();
    };
    for (const socket of [client, upstream]) socket.setNoDelay(true).on('error', end).on('close', end);
    pass(client, upstream, link, () => Infinity);
    let received = 0;
    pass(upstream, client, link, (bytes) => {
      received += bytes;
      return link.cutAfter - received;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    link,
    port: server.address().port,
    connections: () => open.size,
    close: () => {
      server.close();
      for (const { client, upstream } of open) for (const socket of [client, upstream]) socket.destroy();
    },
  };
}

/** `budget` is told how much came and answers how much may still pass; below zero the receiver is reset. Order is kept throughout. */
function pass(from, to, link, budget) {
  let queue = Promise.resolve();
  let queued = 0;
  from.on('data', (chunk) => {
    if (link.silent) return;
    const wait = link.delay + (chunk.length / link.bytesPerSecond) * 1_000;
    const send = budget(chunk.length) < 0 ? () => to.resetAndDestroy() : () => to.write(chunk);
    if (wait === 0 && queued === 0) return void send();
    queued += 1;
    queue = queue.then(() => new Promise((resolve) => setTimeout(resolve, wait)));
    queue.then(() => {
      queued -= 1;
      send();
    });
  });
}
