import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { ConfigError, loadEnv, type EnvSources } from './env.js';

const strong = 'Zr7c0vQm4Xw9LtBn2Kp6Ys1Hd8Jf5Ga3';
const made = 'q9cV7w2mX4tL8bN1zR6kP3yF5hD0sJgA';
const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = publicKey.export({ type: 'spki', format: 'pem' }) as string;
const keySet = JSON.stringify({ keys: [{ kid: 'new', ...publicKey.export({ format: 'jwk' }) }] });

const noSuchFile = () => {
  throw Object.assign(new Error('ENOENT: hunter2'), { code: 'ENOENT', syscall: 'open' });
};
const sources: EnvSources = { readFile: (path) => (path === 'keys.json' ? keySet : noSuchFile()), developmentSecret: () => made };
const load = (variables: Record<string, string | undefined>, from = sources) => loadEnv(variables, from);
const production = { NODE_ENV: 'production', DATABASE_URL: 'mysql://u:p@db/s', JWT_SECRET: strong, JWT_ISSUER: 'i', JWT_AUDIENCE: 'a' };

/** Names and problems of a refusal. */
function refusal(variables: Record<string, string | undefined>, from = sources): [string, string][] {
  try {
    load(variables, from);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).not.toContain('hunter2');
    return (error as ConfigError).variables.map(({ name, problem }) => [name, problem]);
  }
  throw new Error('was taken');
}

describe('what is taken', () => {
  test('nothing set: a development start with a secret of its own', () => {
    const { jwt, ...env } = load({});
    expect(env).toEqual({
      mode: 'development',
      host: '127.0.0.1',
      port: 3_000,
      database: { engine: 'sqlite', path: 'data/segments.sqlite' },
      replicas: [],
      databaseCa: undefined,
      poolSize: 10,
      docs: true,
      corsOrigins: [],
      logLevel: 'info',
      rateLimits: { reads: undefined, writes: undefined },
      requestTimeout: 30_000,
      requestDeadline: 15_000,
      pressureDelay: 1_000,
      eventsKeepDays: 90,
      segmentsPerModel: 100_000,
      shutdownDelay: 0,
      shutdownTimeout: 25_000,
    });
    expect(jwt).toMatchObject({ issuer: 'segments', audience: 'segments-api', keys: [{ kid: undefined, algorithm: 'HS256' }] });
    expect(jwt.keys[0]?.sign?.export().toString()).toBe(made);
  });

  test('it cannot be changed', () => {
    expect(Object.isFrozen(load({}))).toBe(true);
  });

  test.each<[string, Record<string, string>, object]>([
    [
      'production with what it needs',
      production,
      { mode: 'production', database: { engine: 'mysql', port: 3_306 }, jwt: { issuer: 'i', audience: 'a' } },
    ],
    ['test', { NODE_ENV: 'test' }, { mode: 'test' }],
    ['an address and a port', { HOST: '0.0.0.0', PORT: '0' }, { host: '0.0.0.0', port: 0 }],
    ['metrics', { METRICS_PORT: '9464' }, { metrics: { host: '127.0.0.1', port: 9_464 } }],
    [
      'replicas',
      { DATABASE_URL: 'mysql://u:p@db/s', DATABASE_REPLICA_URLS: 'mysql://u:p@one/s, mysql://u:p%2Cq@two:3307/s' },
      {
        replicas: [
          { host: 'one', port: 3_306 },
          { host: 'two', port: 3_307, password: 'p,q' },
        ],
      },
    ],
    ['a pool', { DATABASE_POOL_SIZE: '1000' }, { poolSize: 1_000 }],
    ['no documents', { DOCS: 'off' }, { docs: false }],
    [
      'origins',
      { CORS_ORIGINS: 'https://a.example, http://localhost:5173 ,' },
      { corsOrigins: ['https://a.example', 'http://localhost:5173'] },
    ],
    ['a log level', { LOG_LEVEL: 'silent' }, { logLevel: 'silent' }],
    ['rates', { RATE_LIMIT_READS: '30/1000' }, { rateLimits: { reads: { perSecond: 30, perMinute: 1_000 }, writes: undefined } }],
    ['a rate that is off', { RATE_LIMIT_WRITES: 'off' }, { rateLimits: { reads: undefined, writes: undefined } }],
    ['times of a request', { REQUEST_TIMEOUT: '100', REQUEST_DEADLINE: '60000' }, { requestTimeout: 100, requestDeadline: 60_000 }],
    ['no pressure gauge', { PRESSURE_DELAY: '0' }, { pressureDelay: 0 }],
    ['segments of a model', { SEGMENTS_PER_MODEL: '1' }, { segmentsPerModel: 1 }],
    ['days of events', { EVENTS_KEEP_DAYS: '3650' }, { eventsKeepDays: 3_650 }],
    ['times of shutdown', { SHUTDOWN_DELAY: '60000', SHUTDOWN_TIMEOUT: '100' }, { shutdownDelay: 60_000, shutdownTimeout: 100 }],
    [
      'an empty variable is one that is not set',
      { PORT: '', JWT_SECRET: '', DATABASE_URL: '', NODE_ENV: '' },
      { mode: 'development', port: 3_000 },
    ],
    ['variables of other programs', { PATH: '/bin', DATABASE_PORT: 'tcp://x' }, { mode: 'development' }],
  ])('%s', (_, variables, env) => {
    expect(load(variables)).toMatchObject(env);
  });

  test.each<[string, Record<string, string>, [string | undefined, string, boolean][]]>([
    ['a secret', { JWT_SECRET: strong }, [[undefined, 'HS256', true]]],
    ['a public key alone: tokens are checked, none is issued', { JWT_PUBLIC_KEY: pem }, [[undefined, 'ES256', false]]],
    ['a public key on one line', { JWT_PUBLIC_KEY: pem.replaceAll('\n', '\\n') }, [[undefined, 'ES256', false]]],
    ['a key set', { JWT_JWKS_FILE: 'keys.json' }, [['new', 'ES256', false]]],
    [
      'all three',
      { JWT_SECRET: strong, JWT_PUBLIC_KEY: pem, JWT_JWKS_FILE: 'keys.json' },
      [
        [undefined, 'HS256', true],
        [undefined, 'ES256', false],
        ['new', 'ES256', false],
      ],
    ],
  ])('keys: %s', (_, variables, keys) => {
    for (const base of [{}, { ...production, JWT_SECRET: undefined }])
      expect(load({ ...base, ...variables }).jwt.keys.map(({ kid, algorithm, sign }) => [kid, algorithm, sign !== undefined])).toEqual(
        keys,
      );
  });
});

describe('what is refused, by the name of its variable and without its value', () => {
  const whole = (min: number, max: number) => `must be a whole number from ${min} to ${max}`;
  const origins = 'must be origins such as https://app.example.com, separated by commas: no path, no slash at the end, no *';
  const levels = 'must be one of fatal, error, warn, info, debug, trace, silent';
  const rate = 'must be off, or requests per second and per minute such as 30/1000';
  const mode = 'must be development, test or production';
  test.each<[string, string, string]>([
    ['NODE_ENV', 'prod', mode],
    ['NODE_ENV', 'Production', mode],
    ['HOST', '0.0.0.0 ', 'must be an address to listen on, such as 0.0.0.0'],
    ['PORT', 'http', whole(0, 65_535)],
    ['PORT', '-1', whole(0, 65_535)],
    ['PORT', '65536', whole(0, 65_535)],
    ['PORT', '3000.5', whole(0, 65_535)],
    ['PORT', ' 3000', whole(0, 65_535)],
    ['PORT', '0x10', whole(0, 65_535)],
    ['METRICS_PORT', '65536', 'must be a port from 0 to 65535'],
    ['METRICS_PORT', 'on', 'must be a port from 0 to 65535'],
    ['METRICS_HOST', ' ', 'must be an address to listen on, such as 0.0.0.0'],
    ['DATABASE_URL', 'postgres://u:hunter2@h/d', 'must be mysql://user:password@host:port/database, sqlite:PATH or sqlite::memory:'],
    ['DATABASE_REPLICA_URLS', 'mysql://u:hunter2@h/d', 'has no meaning with SQLite, which has no replicas'],
    ['DATABASE_POOL_SIZE', '0', whole(1, 1_000)],
    ['DATABASE_POOL_SIZE', '1001', whole(1, 1_000)],
    ['JWT_SECRET', 'hunter2', 'must have a secret of at least 32 bytes (it has 7); make one with: openssl rand -base64 48'],
    ['JWT_PUBLIC_KEY', 'hunter2', 'cannot be read: check its form'],
    ['JWT_JWKS_FILE', 'hunter2.json', 'its file cannot be read or made (ENOENT)'],
    ['DOCS', 'true', 'must be on or off'],
    ['DOCS', 'OFF', 'must be on or off'],
    ['CORS_ORIGINS', '*', origins],
    ['CORS_ORIGINS', 'a.example', origins],
    ['CORS_ORIGINS', 'https://a.example/', origins],
    ['CORS_ORIGINS', 'https://a.example,https://A.example', origins],
    ['CORS_ORIGINS', 'file:///a', origins],
    ['LOG_LEVEL', 'loud', levels],
    ['LOG_LEVEL', 'INFO', levels],
    ['RATE_LIMIT_READS', '1000', rate],
    ['RATE_LIMIT_READS', '0/1000', rate],
    ['RATE_LIMIT_WRITES', '10/', rate],
    ['RATE_LIMIT_WRITES', '10 / 300', rate],
    ['RATE_LIMIT_WRITES', 'on', rate],
    ['REQUEST_TIMEOUT', '99', whole(100, 600_000)],
    ['REQUEST_TIMEOUT', '600001', whole(100, 600_000)],
    ['REQUEST_DEADLINE', '0', whole(100, 60_000)],
    ['REQUEST_DEADLINE', '60001', whole(100, 60_000)],
    ['PRESSURE_DELAY', '60001', whole(0, 60_000)],
    ['EVENTS_KEEP_DAYS', '0', whole(1, 3_650)],
    ['EVENTS_KEEP_DAYS', '3651', whole(1, 3_650)],
    ['SEGMENTS_PER_MODEL', '0', whole(1, 100_000_000)],
    ['SEGMENTS_PER_MODEL', '100000001', whole(1, 100_000_000)],
    ['SHUTDOWN_DELAY', '60001', whole(0, 60_000)],
    ['SHUTDOWN_DELAY', '5s', whole(0, 60_000)],
    ['SHUTDOWN_TIMEOUT', '99', whole(100, 120_000)],
    ['SHUTDOWN_TIMEOUT', '120001', whole(100, 120_000)],
    ['JWT_SECERT', strong, 'is not known; did you mean JWT_SECRET?'],
  ])('%s=%s', (name, value, problem) => {
    expect(refusal({ [name]: value })).toEqual([[name, problem]]);
  });

  test('production without settings: everything that it needs', () => {
    expect(
      refusal({ NODE_ENV: 'production' })
        .map(([name]) => name)
        .sort(),
    ).toEqual(['DATABASE_URL', 'JWT_AUDIENCE', 'JWT_ISSUER', 'JWT_SECRET']);
    expect(refusal({ NODE_ENV: 'production' }).every(([, problem]) => problem.startsWith('is required in production'))).toBe(true);
  });

  test('production makes no secret', () => {
    const neverAsked: EnvSources = {
      ...sources,
      developmentSecret: () => {
        throw new Error('was asked');
      },
    };
    expect(refusal({ ...production, JWT_SECRET: undefined }, neverAsked)).toEqual([
      ['JWT_SECRET', 'is required in production (32 bytes or more), or JWT_PUBLIC_KEY or JWT_JWKS_FILE'],
    ]);
  });

  test('every bad variable at once', () => {
    const bad = {
      NODE_ENV: 'production',
      PORT: 'x',
      DATABASE_URL: 'x',
      JWT_SECRET: 'x',
      JWT_PUBLIC_KEY: 'x',
      DOCS: 'x',
      LOG_LEVEL: 'x',
      CORS_ORIGIN: 'x',
    };
    expect(new Set(refusal(bad).map(([name]) => name))).toEqual(
      new Set(['PORT', 'DATABASE_URL', 'JWT_SECRET', 'JWT_PUBLIC_KEY', 'JWT_ISSUER', 'JWT_AUDIENCE', 'DOCS', 'LOG_LEVEL', 'CORS_ORIGIN']),
    );
  });

  test('a development secret that cannot be kept', () => {
    expect(refusal({}, { ...sources, developmentSecret: noSuchFile })).toEqual([
      ['JWT_SECRET', 'its file cannot be read or made (ENOENT)'],
    ]);
  });

  test('a development secret whose file was emptied', () => {
    expect(refusal({}, { ...sources, developmentSecret: () => '' })).toEqual([
      ['JWT_SECRET', expect.stringMatching(/^must have a secret of at least 32 bytes/)],
    ]);
  });
});
