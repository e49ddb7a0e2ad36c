/**
 * The programs that the cluster is made of. Where they are missing they come from Debian's archive, and it is said first.
 *
 * What only brings programs and libraries is installed. `mariadb-server` (the scripts that copy a node's state) and `haproxy`
 * would also set up system services: they are downloaded and unpacked into the run's own directory, so nothing is started or
 * configured on the machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram } from '../support/find-program.mjs';

const galeraLibraries = ['/usr/lib/galera/libgalera_smm.so', '/usr/lib64/galera-4/libgalera_smm.so', '/usr/lib/libgalera_smm.so'];

/** Package → what tells that it is there. */
const installed = {
  'mariadb-server-core': () => findProgram('mariadbd'),
  'mariadb-client-core': () => findProgram('my_print_defaults'),
  'galera-4': () => galeraLibraries.find((path) => existsSync(path)),
  rsync: () => findProgram('rsync'),
  lsof: () => findProgram('lsof') ?? findProgram('ss'),
};
const unpacked = { 'mariadb-server': () => findProgram('wsrep_sst_rsync'), haproxy: () => findProgram('haproxy') };
const missing = (packages) => Object.keys(packages).filter((name) => !packages[name]());

/**
 * @param {string} directory of the run, where packages may be unpacked
 * @returns {{ mariadbd: string, installDb: string, haproxy: string, galera: string, path: string, versions: Record<string, string> }}
 *   `path` is the PATH that finds the state transfer scripts
 */
export function findPrograms(directory) {
  const [toInstall, toUnpack] = [missing(installed), missing(unpacked)];
  if (toInstall.length + toUnpack.length > 0) fetchPackages(directory, toInstall, toUnpack);
  const path = `${process.env.PATH}:${join(directory, 'usr', 'bin')}:${join(directory, 'usr', 'sbin')}:/usr/sbin`;
  const haproxy = findProgram('haproxy') ?? join(directory, 'usr', 'sbin', 'haproxy');
  const mariadbd = installed['mariadb-server-core']();
  const galera = installed['galera-4']();
  const versions = {
    MariaDB: firstMatch(mariadbd, ['--no-defaults', '--version'], /Ver (\S+)/),
    Galera: firstMatch('dpkg-query', ['-W', '-f', '${Version}', 'galera-4'], /^(\S+)/),
    HAProxy: firstMatch(haproxy, ['-v'], /version (\S+)/),
    Node: process.version,
  };
  return { mariadbd, installDb: findProgram('mariadb-install-db'), haproxy, galera, path, versions };
}

function fetchPackages(directory, toInstall, toUnpack) {
  if (findProgram('apt-get') === undefined || process.getuid?.() !== 0)
    throw new Error(`Missing here: ${[...toInstall, ...toUnpack].join(', ')}. On Debian, as root, this script installs them.`);
  if (toInstall.length > 0) console.log(`Installing by apt-get: ${toInstall.join(', ')}.`);
  if (toUnpack.length > 0)
    console.log(`Downloading and unpacking, not installing, since they would start services: ${toUnpack.join(', ')}.`);
  try {
    fetchNow(directory, toInstall, toUnpack);
  } catch {
    // The package lists may be old, or not there at all.
    run('apt-get', ['-q', 'update']);
    fetchNow(directory, toInstall, toUnpack);
  }
}

function fetchNow(directory, toInstall, toUnpack) {
  const libraries = toUnpack.includes('haproxy') ? librariesOf('haproxy') : [];
  const packages = [...toInstall, ...libraries];
  if (packages.length > 0) run('apt-get', ['-q', '-y', 'install', '--no-install-recommends', ...packages]);
  if (toUnpack.length === 0) return;
  const downloads = join(directory, 'packages');
  mkdirSync(downloads, { recursive: true });
  run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', 'download', ...toUnpack], downloads);
  for (const file of readdirSync(downloads)) run('dpkg', ['-x', join(downloads, file), directory]);
}

/** The shared libraries that a package depends on. */
const librariesOf = (name) => [...run('apt-cache', ['depends', name]).matchAll(/Depends: (lib\S+)/g)].map((match) => match[1]);

function run(command, args, cwd) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status, stdout, stderr } = spawnSync(command, args, { cwd, env, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed:\n${`${stdout}${stderr}`.trim().split('\n').slice(-15).join('\n')}`);
  return stdout;
}

function firstMatch(command, args, pattern) {
  const { stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  return pattern.exec(`${stdout ?? ''}${stderr ?? ''}`)?.[1] ?? 'unknown';
}
