import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ConfigError, loadEnv, type Env } from './env.js';

const secretFile = join('data', 'jwt-secret');

/** A development start signs with a secret of its own, kept beside the data so that tokens outlive a restart. */
function developmentSecret(): string {
  try {
    return readFileSync(secretFile, 'utf8').trim();
  } catch {
    mkdirSync('data', { recursive: true });
    writeFileSync(secretFile, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'a' });
    return readFileSync(secretFile, 'utf8').trim();
  }
}

/** This process's environment; on a bad one it says what to mend and ends with 1. */
export function processEnv(): Env {
  try {
    return loadEnv(process.env, { readFile: (path) => readFileSync(path, 'utf8'), developmentSecret });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
