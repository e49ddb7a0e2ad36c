/** A TCP link that can be made bad: slow, thin, cut after so many bytes, or half open. It stands between the service and its database. */
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

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

/**
 * As a wire does it: what is on its way delays nothing behind it, what is being sent does. `budget` is told how much came and answers
 * how much may still pass; below zero the receiver is reset. Order is kept throughout.
 */
function pass(from, to, link, budget) {
  let last = Promise.resolve();
  let underWay = 0;
  let sentAt = 0;
  from.on('data', (chunk) => {
    if (link.silent) return;
    const now = performance.now();
    sentAt = Math.max(now, sentAt) + (chunk.length / link.bytesPerSecond) * 1_000;
    const wait = sentAt + link.delay - now;
    const send = budget(chunk.length) < 0 ? () => to.resetAndDestroy() : () => to.write(chunk);
    if (wait === 0 && underWay === 0) return void send();
    underWay += 1;
    last = Promise.all([last, sleep(wait)]).then(() => {
      underWay -= 1;
      send();
    });
  });
}
