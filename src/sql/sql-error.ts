import { databaseErrors } from '../metrics/tallies.js';

/** What a database error means to us; the driver's numbers stay in the tables below. */
export type SqlErrorKind =
  'duplicate' | 'missing parent' | 'in use' | 'try again' | 'unavailable' | 'too slow' | 'read only' | 'full' | 'refused value';

/** A database error in our words. The driver's own is the `cause`, for the log only: it may quote SQL and values. */
export class SqlError extends Error {
  constructor(
    readonly kind: SqlErrorKind,
    readonly code: string,
    cause: unknown,
  ) {
    super(`the database answered: ${kind} (${code})`, { cause });
    this.name = 'SqlError';
  }
}

/** MySQL, MariaDB, Galera, Group Replication and TiDB by number (`reliability.md` c.1). */
const numbers: Readonly<Record<SqlErrorKind, readonly number[]>> = {
  duplicate: [1062, 1586],
  'missing parent': [1452, 1216],
  'in use': [1451, 1217],
  'try again': [1213, 1205, 3101, 1020, 8002, 8005, 8022, 8028, 9007],
  unavailable: [1180, 1047, 1053, 1927, 2006, 2013, 4031, 1040, 1203, 1226, 1461, 9001],
  'too slow': [1969, 3024, 1317],
  'read only': [1290, 1792, 1836],
  full: [1114, 1021, 28],
  'refused value': [1153, 1406, 1366, 1264],
};

/** Codes of drivers, sockets and SQLite. */
const codes: Readonly<Record<SqlErrorKind, readonly string[]>> = {
  duplicate: ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'],
  'missing parent': ['SQLITE_CONSTRAINT_FOREIGNKEY'],
  'in use': [],
  'try again': [],
  unavailable: [
    'PROTOCOL_CONNECTION_LOST',
    'ECONNREFUSED',
    'ECONNRESET',
    'ETIMEDOUT',
    'EPIPE',
    'ENOTFOUND',
    'EHOSTUNREACH',
    'POOL_WAIT',
    'SQLITE_BUSY',
    'SQLITE_LOCKED',
    'SQLITE_CANTOPEN',
    'SQLITE_IOERR',
  ],
  'too slow': ['PROTOCOL_SEQUENCE_TIMEOUT', 'SQLITE_INTERRUPT'],
  'read only': ['SQLITE_READONLY'],
  full: ['SQLITE_FULL', 'ENOSPC'],
  'refused value': ['SQLITE_TOOBIG'],
};

/** What the server or mysql2 says under a number that may mean anything, or under none. */
const messages: readonly [RegExp, SqlErrorKind][] = [
  [/queue limit reached/i, 'unavailable'],
  [/connection is in closed state|pool is closed/i, 'unavailable'],
  [/\b(?:error|errno:) 28\b/, 'full'],
];

const byNumber = new Map(Object.entries(numbers).flatMap(([kind, list]) => list.map((n) => [n, kind as SqlErrorKind] as const)));
const byCode = new Map(Object.entries(codes).flatMap(([kind, list]) => list.map((c) => [c, kind as SqlErrorKind] as const)));

/** Whoever speaks MySQL's protocol, this SQLSTATE says that the transaction lost against another one. */
const lostTransaction = '40001';

/** After these the connection may be of no more use, or point at a server that is no longer the primary. */
export const brokenConnection: ReadonlySet<SqlErrorKind> = new Set(['unavailable', 'read only', 'too slow']);

/** SQLite's codes go into detail, as in SQLITE_IOERR_SHORT_READ: what is not listed as it is stands for its first two words. */
const kindOfCode = (code: string): SqlErrorKind | undefined => byCode.get(code) ?? byCode.get(/^SQLITE_[A-Z]+(?=_)/.exec(code)?.[0] ?? '');

/** As `sqlErrorOf`, for a statement that has just ended with it: it is counted. */
export function endedWith(error: unknown): unknown {
  const known = sqlErrorOf(error);
  databaseErrors.add(known instanceof SqlError ? known.kind.replaceAll(' ', '_') : 'unknown');
  return known;
}

/** The driver's error in our words, or itself when it is none that we know: a bug of ours. */
export function sqlErrorOf(error: unknown): unknown {
  if (error instanceof SqlError || typeof error !== 'object' || error === null) return error;
  const { errno, code, sqlState, message } = error as { errno?: unknown; code?: unknown; sqlState?: unknown; message?: unknown };
  const kind =
    byNumber.get(Number(errno)) ??
    kindOfCode(String(code)) ??
    messages.find(([pattern]) => pattern.test(String(message)))?.[1] ??
    (sqlState === lostTransaction ? 'try again' : undefined);
  return kind === undefined ? error : new SqlError(kind, String(code ?? errno), error);
}
