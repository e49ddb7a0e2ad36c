import type { FastifyInstance, FastifyReply } from 'fastify';
import { refusals } from '../metrics/tallies.js';
import { Deadlines } from '../sql/deadlines.js';
import { unavailable } from './error-answer.js';
import { sendFailure } from './send-failure.js';

/**
 * 503 for a request that has not been answered in time, counted from when it had arrived: how long it may take to arrive is the
 * server's `requestTimeout`. Fastify's `handlerTimeout` makes a timer, an AbortController and a listener for each request, and would
 * answer 503, which says that it is our fault, to a client that sends slowly.
 *
 * @param ms milliseconds from arrival to answer
 */
export function registerDeadline(fastify: FastifyInstance, ms: number): void {
  const deadlines = new Deadlines<FastifyReply>(giveUp);
  fastify.addHook('preHandler', (_request, reply, done) => {
    deadlines.start(reply, ms);
    done();
  });
  fastify.addHook('onResponse', (_request, reply, done) => {
    deadlines.over(reply);
    done();
  });
}

/** The handler does not know, and will answer yet: into nothing, since the framework would log that with the address as sent. */
function giveUp(reply: FastifyReply): void {
  // A file that is under way has its status already; a client that reads slowly may take its time.
  if (reply.sent || reply.raw.headersSent) return;
  refusals.add('deadline');
  sendFailure(reply, unavailable('The request took too long.'));
  reply.send = () => reply;
}
