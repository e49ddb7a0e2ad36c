import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { answerOf } from './error-answer.js';
import { HttpProblem } from './http-problem.js';
import { immutableHelp } from './immutable-help.js';
import type { RouteTable } from './route-table.js';
import { sendFailure } from './send-failure.js';

/** Known path, wrong verb: 405, or 204 for OPTIONS; else no such route. */
export function answerNoSuchRoute(routes: RouteTable, request: FastifyRequest, reply: FastifyReply): void {
  const path = pathOf(request);
  const allowed = routes.allowed(path);
  if (allowed.length === 0) {
    const problem = { reason: 'RouteNotFound', message: 'No such route.', help: 'The routes are listed at /docs and in /openapi.json.' };
    return sendFailure(reply, answerOf(new HttpProblem(404, [problem])));
  }
  const allow = { allow: allowed.join(', ') };
  if (request.method === 'OPTIONS') return void reply.status(204).headers(allow).send();
  const help = immutableHelp(request.method, path) ?? `This path takes ${allow.allow}.`;
  const problem = { reason: 'MethodNotAllowed', message: `${request.method} is not allowed here.`, help };
  return sendFailure(reply, answerOf(new HttpProblem(405, [problem], allow)));
}

/**
 * The router takes `GET /v3/segments/validate` for a segment with the id "validate", since only POST has a route of that name. The
 * path has a meaning of its own, so this is a wrong verb. Must be called before the first route is added.
 */
export function registerExactPaths(fastify: FastifyInstance, routes: RouteTable): void {
  fastify.addHook('onRequest', (request, reply, done) => {
    const routed = request.routeOptions.url;
    if (routed === undefined || !routes.meansAnother(routed, pathOf(request))) return done();
    answerNoSuchRoute(routes, request, reply);
  });
}

function pathOf({ url }: FastifyRequest): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}
