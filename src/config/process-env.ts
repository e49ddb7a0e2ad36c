import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { effectiveSettings, type EffectiveSetting } from './effective-settings.js';
import { ConfigError, loadEnv, type Env } from './env.js';

const secretFile = join('data', 'jwt-secret');

/** A development start signs with a secret of its own, kept beside the data so that tokens outlive a restart. */
function developmentSecret(): string {
  try {
    return keptSecret();
  } catch {
    mkdirSync('data', { recursive: true });
    writeFileSync(secretFile, `${randomBytes(48).toString('base64url')}\n`, { mode: 0o600, flag: 'a' });
    return keptSecret();
  }
}

const keptSecret = (): string => readFileSync(secretFile, 'utf8').trim();

/** For who only looks: where none is kept none is made. */
function secretIfKept(): string {
  try {
    return keptSecret();
  } catch {
    return randomBytes(48).toString('base64url');
  }
}

const readFile = (path: string): string => readFileSync(path, 'utf8');

/** This process's environment, with nothing written. @throws ConfigError on a bad one */
export const inspectProcessEnv = (): Env => loadEnv(process.env, { readFile, developmentSecret: secretIfKept });

/** The same as people may read it, bad or not. */
export const processSettings = (): EffectiveSetting[] => effectiveSettings(process.env);

/** This process's environment; on a bad one it says what to mend and ends with 1. */
export function processEnv(): Env {
  try {
    return loadEnv(process.env, { readFile, developmentSecret });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  }
}
