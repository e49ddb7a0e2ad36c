import type { FastifyInstance } from 'fastify';

/** On every answer, errors and what no route sees included (`reliability.md` S56). */
export const securityHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'x-frame-options': 'DENY',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
} as const;

/** The Swagger UI brings its own scripts and styles; nothing from elsewhere, and no upgrade to https, which would blank it over http. */
const docsPolicy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; connect-src 'self'; frame-ancestors 'none'";

/** No other site may load it as a script: in the demo start it holds a token. */
const docsHeaders = { 'content-security-policy': docsPolicy, 'cross-origin-resource-policy': 'same-origin' } as const;

export function registerSecurityHeaders(fastify: FastifyInstance): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    reply.headers(securityHeaders);
    if (request.url.startsWith('/docs')) reply.headers(docsHeaders);
    reply.header('x-request-id', request.id);
    done();
  });
}
