/**
 * Writes `openapi.json`, the document that the build publishes about itself, so that a change of the API is seen in a review.
 *
 *     npm run generate:openapi
 *     node scripts/openapi.mjs [BUILD_DIRECTORY] [FILE]     of a build that is there, into FILE; `-` is standard output
 */
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = join(import.meta.dirname, '..');
const [build = join(root, 'dist'), file = join(root, 'openapi.json')] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(resolve(build), path)).href);

await import('reflect-metadata');
const [{ createApp }, { loadEnv }, { buildDocument }] = await Promise.all(['app.js', 'config/env.js', 'swagger.js'].map(load));
// The document is of the code alone: neither the database nor the key is used.
const settings = { DATABASE_URL: 'sqlite::memory:', LOG_LEVEL: 'fatal' };
const app = await createApp(loadEnv(settings, { readFile: () => '', developmentSecret: () => 'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3' }));
const document = `${JSON.stringify(buildDocument(app), undefined, 2)}\n`;
await app.close();
if (file === '-') process.stdout.write(document);
else writeFileSync(file, document);
