import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** S69: what is installed is what was locked, from the public registry alone, and without running anything. */
const root = join(import.meta.dirname, '..');
const json = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));
const manifest = json('package.json');
const lock = json('package-lock.json');

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly dev?: boolean;
}
const packages = Object.entries<Locked>(lock.packages).filter(([path]) => path !== '');
const breaking = (isFine: (one: Locked, path: string) => unknown): string[] =>
  packages.flatMap(([path, one]) => (isFine(one, path) ? [] : [path]));

describe('S69 the lock file', () => {
  test('S69 is of the manifest', () => {
    expect(packages.length).toBeGreaterThan(300);
    const { dependencies, devDependencies } = lock.packages[''];
    expect({ dependencies, devDependencies }).toEqual({ dependencies: manifest.dependencies, devDependencies: manifest.devDependencies });
  });

  test('S69 pins one version of each package, by a hash of what is in it', () => {
    expect(breaking(({ version }) => /^\d+\.\d+\.\d+/.test(version ?? ''))).toEqual([]);
    expect(breaking(({ integrity }) => /^sha512-[A-Za-z0-9+/]{86}==$/.test(integrity ?? ''))).toEqual([]);
  });

  test('S69 names no other place than the public registry', () => {
    expect(breaking(({ resolved }) => resolved === undefined || resolved.startsWith('https://registry.npmjs.org/'))).toEqual([]);
    expect(JSON.stringify(manifest)).not.toMatch(/"(?:git\+|github:|https?:|file:|link:)/);
    expect(existsSync(join(root, '.npmrc')) ? readFileSync(join(root, '.npmrc'), 'utf8') : '').not.toMatch(/registry|_auth/);
  });
});

describe('S69 nothing is run by an install', () => {
  test('S69 no script of our own', () => {
    expect(Object.keys(manifest.scripts).filter((name) => /^(?:pre|post)?(?:install|prepare|prepublish)/.test(name))).toEqual([]);
  });

  test('S69 reports of usage are off', () => {
    expect(manifest.scarfSettings).toEqual({ enabled: false });
  });

  /** Each with why it does not matter that its script is left unrun: `npm ci --ignore-scripts` is enough to run and to test. */
  const scripts: Readonly<Record<string, string>> = {
    'node_modules/@parcel/watcher': 'compiles where there is no binary for the platform; only the watch mode of the build tool uses it',
    'node_modules/@scarf/scarf': 'reports that it was installed, which is off',
    'node_modules/esbuild': 'puts the binary for the platform in the place of a script that finds it as well',
    'node_modules/@swc/core': 'looks whether the binary for the platform is there',
  };
  test('S69 packages that would run a script are these, and none needs it', () => {
    expect(breaking(({ hasInstallScript }) => hasInstallScript !== true).sort()).toEqual(Object.keys(scripts).sort());
  });
});

// Without `--omit dev`, which leaves out what development needs as well: npm 11 so forgets the framework itself.
test('S69 a bill of materials can be made of the lock file alone', () => {
  const made = spawnSync('npm', ['sbom', '--package-lock-only', '--sbom-format', 'cyclonedx', '--loglevel=error', '--no-update-notifier'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
  expect({ status: made.status, stderr: made.stderr }).toEqual({ status: 0, stderr: '' });
  const { bomFormat, components } = JSON.parse(made.stdout) as { bomFormat: string; components: { name: string; hashes?: unknown[] }[] };
  expect(bomFormat).toBe('CycloneDX');
  const names = components.map(({ name }) => name);
  for (const name of Object.keys(manifest.dependencies)) expect(names).toContain(name);
  expect(components.filter(({ hashes }) => (hashes?.length ?? 0) === 0)).toEqual([]);
});
