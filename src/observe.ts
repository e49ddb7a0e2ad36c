import type { Server } from 'node:http';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { Env } from './config/env.js';
import { releaseOf } from './config/release.js';
import { RequestTimes } from './http/request-times.js';
import { serveMetrics } from './metrics/listener.js';
import { Readiness } from './sql/readiness.js';
import { Sql } from './sql/sql.js';

/**
 * Serves the metrics of the application where the environment wants them. The library is loaded only then.
 * @throws Error of `listen`, such as EADDRINUSE
 */
export async function observe(app: NestFastifyApplication, env: Env): Promise<Server | undefined> {
  if (env.metrics === undefined) return undefined;
  const { Exposition } = await import('./metrics/exposition.js');
  const [times, sql, readiness] = [app.get(RequestTimes), app.get(Sql), app.get(Readiness)];
  const exposition = new Exposition(
    {
      inFlight: () => times.inFlight,
      pools: () => sql.pools(),
      replicas: () => sql.replicaStates(),
      pendingMigrations: () =>
        readiness.pending().then(
          ({ length }) => length,
          () => undefined,
        ),
      isReady: async () => (await readiness.trouble()) === undefined,
    },
    { version: releaseOf(), database: sql.engineName },
  );
  times.observe = (...request) => exposition.observe(...request);
  return serveMetrics(env.metrics, () => exposition.scrape(), exposition.contentType);
}
