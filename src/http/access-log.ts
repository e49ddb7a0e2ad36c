import type { FastifyInstance } from 'fastify';

/** One line per request: id, user, route pattern, status, time. Never the address as sent, a header or a body. */
export function registerAccessLog(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const user = (request as { user?: { id: string } }).user?.id;
    request.log.info(
      {
        request_id: request.id,
        user_id: user,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
}
