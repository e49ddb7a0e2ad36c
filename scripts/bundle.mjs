/**
 * Bundles the two programs of a build, the service and the admin commands, into `dist/bundled`: one file to read at a start instead of
 * two thousand, which saves two fifths of its processor time. `npm run build` runs it on what the compiler wrote, since decorators
 * need the types that only the compiler sees.
 *
 *     node scripts/bundle.mjs [BUILD_DIRECTORY]
 */
import { writeFileSync, mkdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { build } from 'esbuild';

const directory = resolve(process.argv[2] ?? 'dist');

/**
 * What looks for files beside itself, must be there before all else, or is also asked for by name at run time, where a second copy
 * would not know what the first one was told: it stays where it was installed.
 */
const inPlace = [
  'reflect-metadata',
  'class-transformer',
  'class-transformer/*',
  'class-validator',
  'typeorm',
  'libsql',
  '@libsql/*',
  'swagger-ui-dist',
  '@fastify/static',
  'pino',
  'pino-pretty',
];

/** Frameworks ask for packages that are not installed, and do without: they must find out at run time, as they do unbundled. */
const optional = {
  name: 'optional packages stay imports',
  setup({ onResolve, resolve: find }) {
    onResolve({ filter: /^[^./]/ }, async ({ path, pluginData, ...place }) => {
      if (pluginData === optional) return undefined;
      const { kind, resolveDir, importer } = place;
      const found = await find(path, { kind, resolveDir, importer, pluginData: optional });
      return found.errors.length > 0 ? { path, external: true } : found;
    });
  },
};

/** CommonJS packages inside an ES module still expect these; and decorators, in whatever file they stand, their metadata. */
const banner = `import 'reflect-metadata';
import { createRequire as __createRequire } from 'node:module';
import { fileURLToPath as __fileURLToPath } from 'node:url';
import { dirname as __directoryOf } from 'node:path';
const require = __createRequire(import.meta.url);
const __filename = __fileURLToPath(import.meta.url);
const __dirname = __directoryOf(__filename);
const __asItIs = (made) => made;`;

const { outputFiles } = await build({
  entryPoints: ['main.js', 'admin/main.js'].map((file) => join(directory, file)),
  outbase: directory,
  outdir: join(directory, 'bundled'),
  bundle: true,
  // What both share is loaded from one place, so that a class is the same class in both.
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // Names of entities and providers are read at run time.
  keepNames: true,
  external: inPlace,
  plugins: [optional],
  banner: { js: banner },
  logLevel: 'warning',
  write: false,
});

/**
 * `keepNames` names each function whenever it is made, closures of a request too, by `Object.defineProperty`, which gives it a shape of
 * its own: a twentieth of a read by id. Only the names of classes are read, and these are named by `__name(this, …)`, once.
 */
const namesFunction = /\/\* @__PURE__ \*\/ __name\(|(?<=^ +)__name\((?!this\b)/gm;
for (const { path, text } of outputFiles) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text.replace(namesFunction, '__asItIs('));
}
