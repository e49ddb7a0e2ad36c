import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * The routes that the router of a build has: `[["GET", "/v3/segments"], …]`, HEAD and OPTIONS left out. Asks the router and not the
 * document, so that a route which the document does not show is seen too.
 *
 * @param {string} build its directory
 * @returns {Promise<[method: string, pattern: string][]>}
 */
export async function routesOf(build) {
  await import('reflect-metadata');
  const [{ createApp }, { loadEnv }, { buildDocument, mountSwagger }] = await Promise.all(
    ['app.js', 'config/env.js', 'swagger.js'].map((path) => import(pathToFileURL(join(build, path)).href)),
  );
  const secret = 'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3';
  const app = await createApp(
    loadEnv(
      { NODE_ENV: 'test', DATABASE_URL: 'sqlite::memory:', JWT_SECRET: secret, LOG_LEVEL: 'fatal' },
      { readFile: () => '', developmentSecret: () => secret },
    ),
  );
  const routes = [];
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onRoute', ({ method, url }) => {
      for (const one of [method].flat()) if (!['HEAD', 'OPTIONS'].includes(one)) routes.push([one, url]);
    });
  mountSwagger(app, buildDocument(app));
  await app.init();
  await app.close();
  return routes;
}
