import type { FastifyInstance } from 'fastify';

/**
 * Once the server has stopped listening, every answer says `connection: close`: keep-alive clients would otherwise hold the process
 * for Fastify's keep-alive time, 72 seconds (`reliability.md` part 0, row 1). Not before: they would come back at once, and wait
 * where a socket that closes resets them.
 */
export function registerGracefulClose(fastify: FastifyInstance): void {
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (!fastify.server.listening) reply.header('connection', 'close');
    done();
  });
}
