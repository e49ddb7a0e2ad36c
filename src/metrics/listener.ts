import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Milliseconds in which a request must have arrived, and in which a socket may be silent. */
const patience = 10_000;

/** Sockets at once: one for each Prometheus, and some. */
const sockets = 20;

/**
 * Serves `/metrics` and nothing else on a port of its own. It keeps no process alive, and serves until the process ends: a shutdown is
 * measured too.
 * @throws Error of `listen`, such as EADDRINUSE
 */
export async function serveMetrics(
  at: { host: string; port: number },
  scrape: () => Promise<string>,
  contentType: string,
): Promise<Server> {
  const server = createServer({ requestTimeout: patience, headersTimeout: patience, keepAliveTimeout: 75_000 }, (request, response) => {
    const status = request.url?.split('?')[0] !== '/metrics' ? 404 : ['GET', 'HEAD'].includes(request.method ?? '') ? 200 : 405;
    if (status !== 200) return void response.writeHead(status, status === 405 ? { allow: 'GET, HEAD' } : {}).end();
    scrape().then(
      (text) => response.writeHead(200, { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }).end(text),
      () => response.writeHead(500).end(),
    );
  });
  server.maxConnections = sockets;
  server.listen(at.port, at.host);
  await once(server, 'listening');
  return server.unref();
}

/** Such as `http://127.0.0.1:9464/metrics`. */
export function addressOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}/metrics`;
}
