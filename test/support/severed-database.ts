import { once } from 'node:events';
import { copyFile, truncate } from 'node:fs/promises';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { engine, type TestDatabase } from './database.js';

/** A database that can be taken out of the reach of a service which already runs on it. */
export interface SeveredDatabase {
  /** What the service is to be started with. */
  readonly url: string;
  sever(): Promise<void>;
  mend(): Promise<void>;
}

export const severable = (database: TestDatabase): Promise<SeveredDatabase> =>
  engine === 'sqlite' ? unreadableFile(database) : cutConnection(new URL(database.url));

/** Each page is put into the write-ahead log, and the log taken away: whatever is read then is an I/O error, as of a lost disk. */
async function unreadableFile(database: TestDatabase): Promise<SeveredDatabase> {
  const log = `${database.url.slice('sqlite:'.length)}-wal`;
  return {
    url: database.url,
    async sever() {
      await database.query('VACUUM');
      await copyFile(log, `${log}.kept`);
      await truncate(log, 0);
    },
    // The service has the file open: it must get its bytes back, not a successor.
    mend: () => copyFile(`${log}.kept`, log),
  };
}

/** A relay between the service and its server, which hangs up and takes no more calls. */
async function cutConnection(server: URL): Promise<SeveredDatabase> {
  const open = new Set<Socket>();
  const relay = createServer((near) => {
    const far = connect(Number(server.port), server.hostname);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      open.add(from);
      from.pipe(to);
      from.once('error', () => to.destroy()).once('close', () => open.delete(from) && to.destroy());
    }
  });
  await once(relay.listen(0, '127.0.0.1'), 'listening');
  const { port } = relay.address() as AddressInfo;
  const url = Object.assign(new URL(server), { hostname: '127.0.0.1', port: String(port) });
  return {
    url: url.href,
    async sever() {
      const closed = once(relay.close(), 'close');
      for (const socket of open) socket.destroy();
      await closed;
    },
    mend: async () => void (await once(relay.listen(port, '127.0.0.1'), 'listening')),
  };
}
