import type { FastifyInstance } from 'fastify';
import { answerOf } from './error-answer.js';
import { sendFailure } from './send-failure.js';

/** RFC 9112 section 3.2: a request without Host is malformed. Node's own check is switched off, since it answers without an envelope. */
export function registerRequireHost(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    if (request.headers.host !== undefined || request.raw.httpVersion !== '1.1') return done();
    sendFailure(reply, answerOf({ statusCode: 400 }));
  });
}
