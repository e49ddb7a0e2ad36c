import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What the guard and the error filter leave on a request for its line in the log. */
interface Noted {
  /** The caller, once they are let in. */
  readonly user?: { readonly id: string };
  /** Whom a token names that was signed rightly, let in or not. */
  readonly subject?: string;
  refusal?: string;
}

/** The statuses whose lines say why: attempts on what is not the caller's to see (ASVS 16.3.1 and 16.3.2). */
const refusals: ReadonlySet<number> = new Set([401, 403]);

/** Keeps the reason of a 401 or 403. Of no other status: their messages quote what the caller sent. */
export function noteRefusal(request: FastifyRequest, status: number, reason: string): void {
  if (refusals.has(status)) (request as Noted).refusal = reason;
}

/** One line per request: id, user, route pattern, status, time, and why it was refused. Never the address as sent, a header or a body. */
export function registerAccessLog(fastify: FastifyInstance): void {
  fastify.addHook('onResponse', (request, reply, done) => {
    const { user, subject, refusal } = request as Noted;
    request.log.info(
      {
        user_id: user?.id ?? subject,
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        reason: refusal,
        ms: Math.round(reply.elapsedTime * 10) / 10,
      },
      'request',
    );
    done();
  });
}
