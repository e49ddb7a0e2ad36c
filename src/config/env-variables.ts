import { z } from 'zod';
import { limits } from './limits.js';

/** One variable of the environment: what it may be, and what people are told of it. */
interface EnvVariable {
  readonly schema: z.ZodType;
  /** What holds when it is not set, as `env.example` and the README write it; empty where that is no value. */
  readonly byDefault: string;
  /** One sentence for `env.example` and the README. */
  readonly meaning: string;
  /** Production does not start without it; the text is what the refusal says after "is required in production". */
  readonly inProduction?: string;
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

/** How many requests in any second and in any minute, such as 30/1000. */
const requestRate = z
  .string()
  .regex(/^(?:off|[1-9]\d{0,5}\/[1-9]\d{0,5})$/, 'must be off, or requests per second and per minute such as 30/1000')
  .default('off')
  .transform((text) => {
    const [perSecond = 0, perMinute = 0] = text.split('/').map(Number);
    return text === 'off' ? undefined : { perSecond, perMinute };
  });

const modes = ['development', 'test', 'production'] as const;
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

/** A browser's `Origin` header is compared as it is, so what no browser sends would never match and say nothing. */
const origins = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ''),
  )
  .refine(
    (list) => list.every(isOrigin),
    'must be origins such as https://app.example.com, separated by commas: no path, no slash at the end, no *',
  );

const isOrigin = (text: string): boolean => URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) && new URL(text).origin === text;

/** Every variable that the service reads, in the order in which people want to know of them. */
export const envVariables = {
  NODE_ENV: {
    schema: z.enum(modes, 'must be development, test or production').default('development'),
    byDefault: 'development',
    meaning: 'production seeds nothing, makes up no secret, and refuses to start until it is told what it needs.',
  },
  HOST: {
    schema: z.string().regex(/^\S+$/, 'must be an address to listen on, such as 0.0.0.0').default('127.0.0.1'),
    byDefault: '127.0.0.1',
    meaning: 'Address to listen on; 0.0.0.0 in a container.',
  },
  PORT: { schema: wholeNumber(0, 65_535, 3_000), byDefault: '3000', meaning: 'Port to listen on; 0 takes any free one.' },
  METRICS_PORT: {
    schema: z
      .string()
      .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535')
      .transform(Number)
      .refine((n) => n <= 65_535, 'must be a port from 0 to 65535')
      .optional(),
    byDefault: '',
    meaning: 'Port of /metrics for Prometheus, without a token and apart from the API, so that no tenant can read it; none: no metrics.',
  },
  METRICS_HOST: {
    schema: z.string().regex(/^\S+$/, 'must be an address to listen on, such as 0.0.0.0').default('127.0.0.1'),
    byDefault: '127.0.0.1',
    meaning: 'Address that /metrics is served on; 0.0.0.0 in a container, in a network that tenants cannot reach.',
  },
  DATABASE_URL: {
    schema: z.string().optional(),
    byDefault: 'sqlite:data/segments.sqlite',
    meaning: 'mysql://user:password@host:port/database (MySQL 8, MariaDB 10.11 or later), sqlite:PATH or sqlite::memory:.',
    inProduction: 'for example mysql://user:password@host:3306/segments',
  },
  DATABASE_REPLICA_URLS: {
    schema: z.string().optional(),
    byDefault: '',
    meaning: 'Replicas that lists may be read from, as DATABASE_URL, separated by commas (one inside a password is %2C).',
  },
  DATABASE_CA_FILE: {
    schema: z.string().optional(),
    byDefault: '',
    meaning:
      'A PEM file: TLS to the database is then required; its certificate must be vouched for by this one and, unless the host is an address, bear its name.',
  },
  DATABASE_POOL_SIZE: {
    schema: wholeNumber(1, 1_000, 10),
    byDefault: '10',
    meaning: 'Connections in the pool of each process, to MySQL and to each replica, at most.',
  },
  JWT_SECRET: {
    schema: z.string().optional(),
    byDefault: '',
    meaning:
      'Secret of 32 bytes or more that HS256 tokens are signed with; make one with: openssl rand -base64 48. Development makes its own.',
  },
  JWT_PUBLIC_KEY: {
    schema: z.string().optional(),
    byDefault: '',
    meaning: 'Instead of the secret: the PEM public key of whoever issues tokens (RS256 or ES256); line breaks may be written as \\n.',
  },
  JWT_JWKS_FILE: {
    schema: z.string().optional(),
    byDefault: '',
    meaning: 'A file with a JWK set; keys are chosen by kid, the first that can sign signs. This is how keys are rotated.',
  },
  JWT_ISSUER: {
    schema: z.string().default('segments'),
    byDefault: 'segments',
    meaning: 'The iss claim that tokens must have.',
    inProduction: 'the iss claim of the tokens to accept',
  },
  JWT_AUDIENCE: {
    schema: z.string().default('segments-api'),
    byDefault: 'segments-api',
    meaning: 'The aud claim that tokens must have.',
    inProduction: 'the aud claim of the tokens to accept',
  },
  DOCS: { schema: onOff, byDefault: 'on', meaning: 'off hides the Swagger UI (/docs) and /openapi.json.' },
  CORS_ORIGINS: {
    schema: origins,
    byDefault: '',
    meaning: 'Origins that browsers may call from, separated by commas; none: no CORS at all.',
  },
  LOG_LEVEL: {
    schema: z.enum(logLevels, `must be one of ${logLevels.join(', ')}`).default('info'),
    byDefault: 'info',
    meaning: `One of ${logLevels.join(', ')}; the log is JSON lines on standard output.`,
  },
  RATE_LIMIT_READS: {
    schema: requestRate,
    byDefault: 'off',
    meaning:
      'GET and HEAD requests of one user per second and per minute, such as 30/1000, for each process; past them 429. off: any number.',
  },
  RATE_LIMIT_WRITES: { schema: requestRate, byDefault: 'off', meaning: 'The same for all other requests, such as 10/300.' },
  REQUEST_TIMEOUT: {
    schema: wholeNumber(100, 600_000, limits.request.arrival),
    byDefault: String(limits.request.arrival),
    meaning: 'Milliseconds in which a request must have arrived whole; past them 408.',
  },
  REQUEST_DEADLINE: {
    schema: wholeNumber(100, 60_000, limits.request.answer),
    byDefault: String(limits.request.answer),
    meaning: 'Milliseconds in which a request that has arrived is answered; past them 503.',
  },
  PRESSURE_DELAY: {
    schema: wholeNumber(0, 60_000, limits.delay),
    byDefault: String(limits.delay),
    meaning: 'Milliseconds that the process may be behind its own clock before it sheds requests with 503; 0: it never does.',
  },
  EVENTS_KEEP_DAYS: {
    schema: wholeNumber(1, 3_650, 90),
    byDefault: '90',
    meaning: 'Days that the feed of changes (GET /v3/segments/events) reaches back; older events are deleted.',
  },
  SEGMENTS_PER_MODEL: {
    schema: wholeNumber(1, 100_000_000, 100_000),
    byDefault: '100000',
    meaning: 'Segments that one model may have; a create, bulk create, copy or import past them is 409.',
  },
  SHUTDOWN_DELAY: {
    schema: wholeNumber(0, 60_000, 0),
    byDefault: '0',
    meaning: 'Milliseconds between turning not ready and closing, for a load balancer to notice.',
  },
  SHUTDOWN_TIMEOUT: {
    schema: wholeNumber(100, 120_000, 25_000),
    byDefault: '25000',
    meaning: 'Milliseconds, after the delay, in which requests may end before the process is ended by force.',
  },
} as const satisfies Readonly<Record<string, EnvVariable>>;

export type EnvName = keyof typeof envVariables;

export const envNames = Object.keys(envVariables) as EnvName[];

/** The names that production must be given, with the text of the refusal. */
export const requiredInProduction: readonly (readonly [name: EnvName, reason: string])[] = envNames.flatMap((name) => {
  const variable: EnvVariable = envVariables[name];
  return variable.inProduction === undefined ? [] : [[name, `is required in production: ${variable.inProduction}`] as const];
});

type Schemas = { readonly [name in EnvName]: (typeof envVariables)[name]['schema'] };

/** The variables by themselves; what needs files or keys is read by `loadEnv`. */
export const envSchema = z.object(Object.fromEntries(envNames.map((name) => [name, envVariables[name].schema])) as unknown as Schemas);
