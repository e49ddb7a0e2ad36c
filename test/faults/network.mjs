/** The link to the database is bad. */
import { setTimeout as sleep } from 'node:timers/promises';
import { counted, load, onlyStatuses, slowest, tallyText } from './client.mjs';
import { connectionsOf, create, leftBehind, logged, slack, until } from './lab.mjs';
import { tcpProxy } from './tcp-proxy.mjs';

/** What the link is made to be, and what may come of it. */
const links = {
  F24a: { breaks: 'a link of 200 ms each way', link: { delay: 200 }, statuses: [200], promise: 'only 200, within the 15 s of a request' },
  F24b: {
    breaks: 'a link of 1 kB/s',
    link: { bytesPerSecond: 1_000 },
    statuses: [200, 503],
    promise: '200 or 503 in 15 s; well again in 2 s; no connection left over',
  },
  F24c: {
    breaks: 'a link reset after 20 kB',
    link: { cutAfter: 20_000 },
    statuses: [200, 503],
    promise: '200 or 503; no create lost or twice; well again in 2 s',
  },
  F24d: {
    breaks: 'a half-open link: all stays open, nothing arrives',
    link: { silent: true },
    statuses: [503],
    promise: '503 in 5 s; well again in 5 s',
  },
};

async function badLink(lab, { link, statuses }) {
  const database = await lab.filled();
  const proxy = await tcpProxy(Number(new URL(lab.server.url).port));
  lab.closers.push(proxy.close);
  const url = new URL(database.url);
  url.port = proxy.port;
  const service = await lab.service(url.href, { env: { DATABASE_POOL_SIZE: '4' } });
  const client = service.client({ connections: 8 });
  await load(4, () => client.get('/v3/segments?limit=2'), counted(40));
  const usual = { ...proxy.link };
  Object.assign(proxy.link, link);
  const start = performance.now();
  const isOver = () => performance.now() - start > 6_000;
  const [reads, creates] = await Promise.all([
    load(4, () => client.get('/v3/segments?limit=2'), isOver),
    load(2, () => create(client), isOver),
  ]);
  Object.assign(proxy.link, usual);
  const all = [...reads, ...creates];
  const wellAfter = await until(10_000, async () => (await create(client)).status === 200);
  await sleep(1_000);
  const left = await leftBehind(lab, database, creates);
  // The readiness connection and the pool; what else is there leaked.
  const connections = await connectionsOf(lab, database);
  const limit = link.silent || link.cutAfter !== undefined ? 5_000 : 15_000;
  return {
    pass:
      onlyStatuses(all, ...statuses) &&
      all.length > 0 &&
      slowest(all) < limit &&
      wellAfter < (link.silent ? 5_000 : 2_000) * slack &&
      left.lost + left.twice === 0 &&
      proxy.connections() <= 5,
    measured: `${tallyText(all)}, slowest ${slowest(all)} ms; well ${wellAfter} ms after; ${left.lost} creates lost, ${left.twice} twice; ${proxy.connections()} links, ${connections.length} connections of a pool of 4; ${logged(service.log(), 'error', 'fatal').length} errors logged`,
  };
}

const bad = Object.entries(links).map(([id, { breaks, promise, link, statuses }]) => ({
  id,
  breaks,
  promise,
  run: (lab) => badLink(lab, { link, statuses }),
}));

/** Named, so that the list of faults has no gap. */
const absent = {
  id: 'F20',
  breaks: 'Redis is down or slow',
  promise: 'requests go on',
  run: () => ({ skipped: true, measured: 'there is none: each process counts its limits in its own memory' }),
};

export const network = [...bad, absent];
