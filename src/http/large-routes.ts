import type { FastifyInstance } from 'fastify';
import { limits } from '../config/limits.js';

/** The routes whose body may be large (`contract.md` section 8); every other one takes a plain body. */
const largeRoutes: ReadonlySet<string> = new Set([
  'POST /v3/models',
  'PATCH /v3/models/:model_id',
  'POST /v3/models/:model_id/segments/bulk',
  'POST /v3/models/:model_id/segments/copy',
  'POST /v3/models/:model_id/segments/recheck',
  'POST /v3/segments/evaluate',
]);

/** Must be called before the first route is added. */
export function registerLargeRoutes(fastify: FastifyInstance): void {
  fastify.addHook('onRoute', (route) => {
    if ([route.method].flat().some((method) => largeRoutes.has(`${method} ${route.url}`))) route.bodyLimit = limits.body.large;
  });
}
