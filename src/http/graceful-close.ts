import type { FastifyInstance } from 'fastify';

/**
 * While closing, every answer says `connection: close`: keep-alive clients would otherwise hold the process for Fastify's keep-alive
 * time, 72 seconds (`reliability.md` part 0, row 1).
 */
export function registerGracefulClose(fastify: FastifyInstance): void {
  let closing = false;
  fastify.addHook('preClose', (done) => {
    closing = true;
    done();
  });
  fastify.addHook('onSend', (_request, reply, _payload, done) => {
    if (closing) reply.header('connection', 'close');
    done();
  });
}
