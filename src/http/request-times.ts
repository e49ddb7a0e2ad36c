import { Injectable } from '@nestjs/common';
import type { FastifyInstance } from 'fastify';

/** @param seconds from the head of the request to the end of the answer */
export type ObserveRequest = (method: string, route: string, status: string, seconds: number) => void;

/** What is no path of ours: one word, since a label for each address that strangers make up would fill the memory. */
const unmatched = 'unmatched';

/** The client was gone before it had its answer. */
const aborted = 'aborted';

/** How long requests take and how many are under way, by route pattern, never by the address as sent. */
@Injectable()
export class RequestTimes {
  inFlight = 0;
  observe: ObserveRequest = () => undefined;

  /** Before all other hooks, so that what they refuse is timed too. The socket's end tells of a client that left; no hook does. */
  watch(fastify: FastifyInstance): void {
    fastify.addHook('onRequest', (request, { raw }, done) => {
      const begun = performance.now();
      this.inFlight += 1;
      raw.once('close', () => {
        this.inFlight -= 1;
        const status = raw.writableFinished ? String(raw.statusCode) : aborted;
        this.observe(request.method, request.routeOptions.url ?? unmatched, status, (performance.now() - begun) / 1_000);
      });
      done();
    });
  }
}
