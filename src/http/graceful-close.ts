import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyInstance } from 'fastify';

/** How many requests a connection has had, this one included. On the request as well: more may arrive before it is answered. */
const place = Symbol('place');
type Counted<T> = T & { [place]?: number };

/**
 * The answers that say `connection: close`.
 *
 * Once the server has stopped listening, every one: keep-alive clients would otherwise hold the process for Fastify's keep-alive time,
 * 72 seconds (`reliability.md` part 0, row 1). Not before: they would come back at once, and wait where a socket that closes resets
 * them.
 *
 * And the last one that a connection may have. Node's own `maxRequestsPerSocket` answers what a client has sent behind it by a 503
 * without a body, and leaves the connection open.
 *
 * @param requests how many a connection may have
 */
export function registerGracefulClose(fastify: FastifyInstance, requests: number): void {
  fastify.addHook('onRequest', ({ raw }, _reply, done) => {
    const socket: Counted<Socket> = raw.socket;
    (raw as Counted<IncomingMessage>)[place] = socket[place] = (socket[place] ?? 0) + 1;
    done();
  });
  fastify.addHook('onSend', ({ raw }, reply, _payload, done) => {
    if (!fastify.server.listening || (raw as Counted<IncomingMessage>)[place]! >= requests) reply.header('connection', 'close');
    done();
  });
}
