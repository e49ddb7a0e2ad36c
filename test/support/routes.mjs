/**
 * Prints the routes that the router of a build has, as JSON: `[["GET", "/v3/segments"], …]`, HEAD and OPTIONS left out. Asks the
 * router and not the document, so that a route which the document does not show is seen too.
 *
 *     node test/support/routes.mjs BUILD_DIRECTORY
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const build = resolve(process.argv[2] ?? 'dist');
const load = (path) => import(pathToFileURL(join(build, path)).href);

await import('reflect-metadata');
const [{ createApp }, { loadEnv }, { buildDocument, mountSwagger }] = await Promise.all(
  ['app.js', 'config/env.js', 'swagger.js'].map(load),
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
process.stdout.write(JSON.stringify(routes));
await app.close();
