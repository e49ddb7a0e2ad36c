import { createPrivateKey, createPublicKey, createSecretKey, type KeyObject } from 'node:crypto';
import { z } from 'zod';
import { databaseTarget, type DatabaseTarget } from './database-target.js';
import { readKeySet, type SigningKey } from './jwt-keys.js';
import { weakSecret } from './weak-secret.js';

/** What the process is told by its environment, read once. */
export interface Env {
  readonly mode: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  readonly database: DatabaseTarget;
  /** Connections of the MySQL pool. */
  readonly poolSize: number;
  readonly jwt: { readonly keys: readonly SigningKey[]; readonly issuer: string; readonly audience: string };
  /** Whether `/docs` and `/openapi.json` are served. */
  readonly docs: boolean;
  /** Origins that browsers may call from; empty: no CORS answer at all. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: string;
  /** Milliseconds between turning not ready and closing the listening socket. */
  readonly shutdownDelay: number;
  /** Milliseconds after which a shutdown is forced. */
  readonly shutdownTimeout: number;
}

/** Every bad variable at once; never a value, since it may be a secret. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly { name: string; problem: string }[]) {
    super(['The environment is not usable:', ...variables.map(({ name, problem }) => `  ${name}: ${problem}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

const wholeNumber = (min: number, max: number, fallback: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be a whole number from ${min} to ${max}`)
    .default(fallback);

const onOff = z
  .enum(['on', 'off'], 'must be on or off')
  .default('on')
  .transform((value) => value === 'on');

const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production'], 'must be development, test or production').default('development'),
  HOST: z.string().min(1).default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 3000),
  DATABASE_URL: z.string().optional(),
  DATABASE_POOL_SIZE: wholeNumber(1, 1_000, 10),
  JWT_SECRET: z.string().optional(),
  JWT_PUBLIC_KEY: z.string().optional(),
  JWT_JWKS_FILE: z.string().optional(),
  JWT_ISSUER: z.string().min(1).optional(),
  JWT_AUDIENCE: z.string().min(1).optional(),
  DOCS: onOff,
  CORS_ORIGINS: z.string().default(''),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], 'must be a log level such as info').default('info'),
  SHUTDOWN_DELAY: wholeNumber(0, 60_000, 0),
  SHUTDOWN_TIMEOUT: wholeNumber(100, 120_000, 25_000),
});

/** What production must be told, with the reason. */
const requiredInProduction: Readonly<Record<string, string>> = {
  DATABASE_URL: 'is required in production, for example mysql://user:password@host:3306/segments',
  JWT_ISSUER: 'is required in production: the iss claim of the tokens to accept',
  JWT_AUDIENCE: 'is required in production: the aud claim of the tokens to accept',
};

/** What comes from outside the variables: files, and the secret a development start makes for itself. */
export interface EnvSources {
  readonly readFile: (path: string) => string;
  readonly developmentSecret: () => string;
}

/**
 * The environment as one frozen object.
 * @throws ConfigError naming every bad variable, never a value
 */
export function loadEnv(source: Readonly<Record<string, string | undefined>>, sources: EnvSources): Env {
  const bad: { name: string; problem: string }[] = [];
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  if (!parsed.success) for (const issue of parsed.error.issues) bad.push({ name: String(issue.path[0]), problem: issue.message });
  const production = given['NODE_ENV'] === 'production';
  if (production) {
    for (const [name, problem] of Object.entries(requiredInProduction)) if (given[name] === undefined) bad.push({ name, problem });
  }
  const database = attempt('DATABASE_URL', bad, () => databaseTarget(given['DATABASE_URL'] ?? 'sqlite:data/segments.sqlite'));
  const keys = jwtKeys(given, production, sources, bad);
  if (!parsed.success || bad.length > 0 || database === undefined) throw new ConfigError(bad);
  const value = parsed.data;
  return Object.freeze({
    mode: value.NODE_ENV,
    host: value.HOST,
    port: value.PORT,
    database,
    poolSize: value.DATABASE_POOL_SIZE,
    jwt: { keys, issuer: value.JWT_ISSUER ?? 'segments', audience: value.JWT_AUDIENCE ?? 'segments-api' },
    docs: value.DOCS,
    corsOrigins: value.CORS_ORIGINS.split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
    logLevel: value.LOG_LEVEL,
    shutdownDelay: value.SHUTDOWN_DELAY,
    shutdownTimeout: value.SHUTDOWN_TIMEOUT,
  });
}

function jwtKeys(
  given: Readonly<Record<string, string | undefined>>,
  production: boolean,
  sources: EnvSources,
  bad: { name: string; problem: string }[],
): SigningKey[] {
  const keys: SigningKey[] = [];
  const { JWT_SECRET: secret, JWT_PUBLIC_KEY: publicKey, JWT_JWKS_FILE: jwksFile } = given;
  if (secret !== undefined) {
    const weakness = weakSecret(secret);
    if (weakness === undefined) keys.push(secretKey(secret));
    else bad.push({ name: 'JWT_SECRET', problem: weakness });
  }
  if (publicKey !== undefined) {
    const key = attempt('JWT_PUBLIC_KEY', bad, () => asymmetricKey(publicKey));
    if (key !== undefined) keys.push(key);
  }
  if (jwksFile !== undefined) keys.push(...(attempt('JWT_JWKS_FILE', bad, () => readKeySet(sources.readFile(jwksFile))) ?? []));
  if (secret === undefined && publicKey === undefined && jwksFile === undefined) {
    if (production)
      bad.push({ name: 'JWT_SECRET', problem: 'is required in production (32 bytes or more), or JWT_PUBLIC_KEY or JWT_JWKS_FILE' });
    else keys.push(secretKey(sources.developmentSecret()));
  }
  return keys;
}

const secretKey = (secret: string): SigningKey => {
  const key = createSecretKey(Buffer.from(secret, 'utf8'));
  return { kid: undefined, algorithm: 'HS256', verify: key, sign: key };
};

/** A PEM public key; line breaks may be written as `\n`, as environment files do. */
function asymmetricKey(pem: string): SigningKey {
  const text = pem.replaceAll('\\n', '\n');
  if (text.includes('PRIVATE KEY')) createPrivateKey(text);
  const key: KeyObject = createPublicKey(text);
  const algorithm = key.asymmetricKeyType === 'ec' ? 'ES256' : 'RS256';
  return { kid: undefined, algorithm, verify: key, sign: undefined };
}

/** The value, or undefined with the problem noted; what went wrong inside is not repeated, since it may quote the value. */
function attempt<T>(name: string, bad: { name: string; problem: string }[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    bad.push({ name, problem: error instanceof RangeError ? error.message : 'cannot be read: check its form' });
    return undefined;
  }
}
