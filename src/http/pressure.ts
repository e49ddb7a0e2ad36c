import type { FastifyInstance } from 'fastify';
import { refusals } from '../metrics/tallies.js';
import { unavailable } from './error-answer.js';
import { sendFailure } from './send-failure.js';

/** Milliseconds between two looks at the clock. */
const interval = 250;

/** What must be answered above all when the service is hard pressed: that it lives. How it is, `/metrics` tells on its own port. */
const exempt = '/health/live';

/**
 * Sheds load when the process is behind its own clock: what has piled up meanwhile is answered 503 at once, cheaply, until a look
 * is on time again. A process that is busy all the time but not late sheds nothing. `@fastify/under-pressure` judges by the mean of
 * samples 10 ms apart, in which a halt of two seconds came to 42 ms, and builds the route's description for each request.
 *
 * @param limit milliseconds that it may be late; 0: any number
 */
export function registerPressure(fastify: FastifyInstance, limit: number): void {
  if (limit === 0) return;
  let pressed = false;
  let due = performance.now() + interval;
  const timer = setInterval(() => {
    const now = performance.now();
    pressed = now - due > limit;
    due = now + interval;
  }, interval).unref();
  fastify.addHook('onRequest', (request, reply, done) => {
    if (!pressed || request.url === exempt) return done();
    refusals.add('pressure');
    sendFailure(reply, unavailable('The service is overloaded.'));
  });
  fastify.addHook('onClose', (_fastify, done) => {
    clearInterval(timer);
    done();
  });
}
