import { databaseTarget, replicaTargets, type DatabaseTarget, type MysqlTarget } from './database-target.js';
import { envSchema, requiredInProduction } from './env-variables.js';
import { publicKey, readKeySet, secretKey, type SigningKey } from './jwt-keys.js';
import { misspelt } from './misspelt.js';

/** What the process is told by its environment, read once. */
export interface Env {
  readonly mode: 'development' | 'test' | 'production';
  readonly host: string;
  readonly port: number;
  /** Where `/metrics` is served; undefined: nowhere, and nothing is measured. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  readonly database: DatabaseTarget;
  /** Where lists may be read too; usually none. */
  readonly replicas: readonly MysqlTarget[];
  /** PEM text of who vouches for the database's certificate; undefined: no TLS. */
  readonly databaseCa: string | undefined;
  /** Connections of the MySQL pool. */
  readonly poolSize: number;
  readonly jwt: { readonly keys: readonly SigningKey[]; readonly issuer: string; readonly audience: string };
  /** Whether `/docs` and `/openapi.json` are served. */
  readonly docs: boolean;
  /** Origins that browsers may call from; empty: no CORS answer at all. */
  readonly corsOrigins: readonly string[];
  readonly logLevel: string;
  /** What one user, or one address without a valid token, may ask of this process; undefined: any number. */
  readonly rateLimits: { readonly reads: RequestRate | undefined; readonly writes: RequestRate | undefined };
  /** Milliseconds in which a request must have arrived whole. */
  readonly requestTimeout: number;
  /** Milliseconds in which a request that has arrived is answered. */
  readonly requestDeadline: number;
  /** Milliseconds that the process may be behind its own clock; 0: any number. */
  readonly pressureDelay: number;
  /** Days that events of the change feed are kept. */
  readonly eventsKeepDays: number;
  /** Segments of one model, at most. */
  readonly segmentsPerModel: number;
  /** Milliseconds between turning not ready and closing the listening socket. */
  readonly shutdownDelay: number;
  /** Milliseconds after which a shutdown is forced. */
  readonly shutdownTimeout: number;
}

/** Requests, at most. */
export interface RequestRate {
  readonly perSecond: number;
  readonly perMinute: number;
}

interface BadVariable {
  readonly name: string;
  readonly problem: string;
}

/** Every bad variable at once; never a value, since it may be a secret. */
export class ConfigError extends Error {
  constructor(readonly variables: readonly BadVariable[]) {
    super(['The environment is not usable:', ...variables.map(({ name, problem }) => `  ${name}: ${problem}`)].join('\n'));
    this.name = 'ConfigError';
  }
}

/** What comes from outside the variables: files, and the secret a development start makes for itself. */
export interface EnvSources {
  readonly readFile: (path: string) => string;
  readonly developmentSecret: () => string;
}

type Given = Readonly<Record<string, string>>;

/**
 * The environment as one frozen object. An empty variable is one that is not set.
 * @throws ConfigError naming every bad variable, never a value
 */
export function loadEnv(source: Readonly<Record<string, string | undefined>>, sources: EnvSources): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== '')) as Given;
  const production = given['NODE_ENV'] === 'production';
  const bad: BadVariable[] = misspelt(Object.keys(given)).map(({ name, meant }) => ({
    name,
    problem: `is not known; did you mean ${meant}?`,
  }));
  const parsed = envSchema.safeParse(given);
  for (const { path, message } of parsed.error?.issues ?? []) bad.push({ name: String(path[0]), problem: message });
  if (production) for (const [name, problem] of requiredInProduction) if (given[name] === undefined) bad.push({ name, problem });
  const database = attempt('DATABASE_URL', bad, () => databaseTarget(given['DATABASE_URL'] ?? 'sqlite:data/segments.sqlite'));
  const replicas = attempt('DATABASE_REPLICA_URLS', bad, () => {
    const urls = given['DATABASE_REPLICA_URLS'];
    return urls === undefined || database === undefined ? [] : replicaTargets(urls, database);
  });
  const databaseCa = attempt('DATABASE_CA_FILE', bad, () => {
    const file = given['DATABASE_CA_FILE'];
    if (file !== undefined && database?.engine === 'sqlite') throw new RangeError('has no meaning with SQLite, which is not connected to');
    return file === undefined ? undefined : readCertificates(sources.readFile(file));
  });
  const keys = jwtKeys(given, production, sources, bad);
  if (!parsed.success || bad.length > 0 || database === undefined || replicas === undefined) throw new ConfigError(bad);
  const value = parsed.data;
  return Object.freeze({
    mode: value.NODE_ENV,
    host: value.HOST,
    port: value.PORT,
    metrics: value.METRICS_PORT === undefined ? undefined : { host: value.METRICS_HOST, port: value.METRICS_PORT },
    database,
    replicas,
    databaseCa,
    poolSize: value.DATABASE_POOL_SIZE,
    jwt: { keys, issuer: value.JWT_ISSUER, audience: value.JWT_AUDIENCE },
    docs: value.DOCS,
    corsOrigins: value.CORS_ORIGINS,
    logLevel: value.LOG_LEVEL,
    rateLimits: { reads: value.RATE_LIMIT_READS, writes: value.RATE_LIMIT_WRITES },
    requestTimeout: value.REQUEST_TIMEOUT,
    requestDeadline: value.REQUEST_DEADLINE,
    pressureDelay: value.PRESSURE_DELAY,
    eventsKeepDays: value.EVENTS_KEEP_DAYS,
    segmentsPerModel: value.SEGMENTS_PER_MODEL,
    shutdownDelay: value.SHUTDOWN_DELAY,
    shutdownTimeout: value.SHUTDOWN_TIMEOUT,
  });
}

/** PEM certificates; TLS would take any other text for none at all, and refuse every server. */
function readCertificates(text: string): string {
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new RangeError('must name a file with a PEM certificate');
  return text;
}

const keysMissing = 'is required in production (32 bytes or more), or JWT_PUBLIC_KEY or JWT_JWKS_FILE';

function jwtKeys(given: Given, production: boolean, { readFile, developmentSecret }: EnvSources, bad: BadVariable[]): SigningKey[] {
  const { JWT_SECRET: secret, JWT_PUBLIC_KEY: pem, JWT_JWKS_FILE: file } = given;
  if (secret === undefined && pem === undefined && file === undefined) {
    if (production) bad.push({ name: 'JWT_SECRET', problem: keysMissing });
    return production ? [] : [attempt('JWT_SECRET', bad, () => secretKey(developmentSecret()))].flatMap((key) => key ?? []);
  }
  const read = [
    secret === undefined ? undefined : attempt('JWT_SECRET', bad, () => secretKey(secret)),
    pem === undefined ? undefined : attempt('JWT_PUBLIC_KEY', bad, () => publicKey(pem)),
    file === undefined ? undefined : attempt('JWT_JWKS_FILE', bad, () => readKeySet(readFile(file))),
  ];
  return read.flatMap((keys) => keys ?? []);
}

/** The value, or undefined with the problem noted; what went wrong inside is not repeated, since it may quote the value. */
function attempt<T>(name: string, bad: BadVariable[], read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    bad.push({ name, problem: troubleOf(error) });
    return undefined;
  }
}

function troubleOf(error: unknown): string {
  if (error instanceof RangeError) return error.message;
  const { syscall, code } = error as { syscall?: unknown; code?: unknown };
  return syscall === undefined ? 'cannot be read: check its form' : `its file cannot be read or made (${String(code)})`;
}
