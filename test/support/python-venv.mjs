import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const candidates = ['python3', 'python3.14', 'python3.13', 'python3.12', 'python3.11'];
const newEnough = 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))';

/** A Python of 3.11 or later that can make virtual environments, or undefined. */
export const findPython = () => candidates.find((python) => spawnSync(python, ['-c', newEnough]).status === 0);

/**
 * The `bin` directory of a virtual environment under `.venv/` with exactly these requirements, from PyPI; made when it is missing or of
 * other versions.
 * @throws Error with what the installer said
 */
export function virtualEnvironment(name, requirements) {
  const venv = join(root, '.venv', name);
  const stamp = join(venv, 'installed.txt');
  if (read(stamp) === requirements) return join(venv, 'bin');
  const python = findPython();
  if (python === undefined) throw new Error('Python 3.11 or later with venv is needed.');
  console.log(`Installing ${requirements.trim().replaceAll('\n', ', ')} into .venv/${name}.`);
  mkdirSync(join(root, '.venv'), { recursive: true });
  run(python, '-m', 'venv', '--clear', venv);
  run(join(venv, 'bin', 'pip'), 'install', '--quiet', '--disable-pip-version-check', ...requirements.trim().split('\n'));
  writeFileSync(stamp, requirements);
  return join(venv, 'bin');
}

function run(command, ...args) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} failed:\n${error ?? `${stdout}${stderr}`}`);
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
