import { spawnSync } from 'node:child_process';
import { findProgram } from './find-program.mjs';

/**
 * Installs Debian packages that a suite cannot do without, and says so first.
 * @param {string} what is missing, as the beginning of a sentence
 * @param {readonly string[]} packages
 * @param {string} instead what to do where that is not possible
 * @throws Error that says why it is not possible, with the end of apt-get's output
 */
export function aptInstall(what, packages, instead) {
  if (findProgram('apt-get') === undefined) throw new Error(`${what}, and no apt-get to install one. ${instead}`);
  if (process.getuid?.() !== 0) throw new Error(`${what}, and installing one needs root. ${instead}`);
  console.log(`${what}: installing ${packages.join(', ')} by apt-get.`);
  for (const args of [['update'], ['install', '--no-install-recommends', ...packages]]) {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    const result = spawnSync('apt-get', ['-q', '-y', ...args], { env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
    const output = `${result.stdout}${result.stderr}`.trim().split('\n').slice(-15).join('\n');
    if (result.status !== 0) throw new Error(`apt-get ${args.join(' ')} failed:\n${output}\n${instead}`);
  }
}
