import { describe, expect, test } from '@jest/globals';
import { brokenConnection, SqlError, sqlErrorOf, type SqlErrorKind } from './sql-error.js';

/** A driver's error with these members. */
const driverError = (members: object) => Object.assign(new Error('hunter2'), members);

/** One row for each number and code of `reliability.md` c.1, and SQLite's own. */
const table: [SqlErrorKind, object][] = [
  ...[1062, 1586].map((errno): [SqlErrorKind, object] => ['duplicate', { errno }]),
  ...[1452, 1216].map((errno): [SqlErrorKind, object] => ['missing parent', { errno }]),
  ...[1451, 1217].map((errno): [SqlErrorKind, object] => ['in use', { errno }]),
  ...[1213, 1205, 3101, 1020, 8002, 8005, 8022, 8028, 9007].map((errno): [SqlErrorKind, object] => ['try again', { errno }]),
  ['try again', { errno: 15_001, sqlState: '40001' }],
  ...[1180, 1047, 1053, 1927, 2006, 2013, 4031, 1040, 1203, 1226, 1461, 9001].map((errno): [SqlErrorKind, object] => [
    'unavailable',
    { errno },
  ]),
  ...['PROTOCOL_CONNECTION_LOST', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ENOTFOUND', 'EHOSTUNREACH', 'POOL_WAIT'].map(
    (code): [SqlErrorKind, object] => ['unavailable', { code, errno: -111, fatal: true }],
  ),
  ['unavailable', { message: 'Queue limit reached.' }],
  ['unavailable', { message: "Can't add new command when connection is in closed state" }],
  ['unavailable', { message: 'Pool is closed.' }],
  ...[1969, 3024, 1317].map((errno): [SqlErrorKind, object] => ['too slow', { errno }]),
  ['too slow', { code: 'PROTOCOL_SEQUENCE_TIMEOUT' }],
  ...[1290, 1792, 1836].map((errno): [SqlErrorKind, object] => ['read only', { errno }]),
  ...[1114, 1021, 28].map((errno): [SqlErrorKind, object] => ['full', { errno }]),
  ['full', { code: 'ENOSPC', errno: -28 }],
  ['full', { errno: 1030, message: 'Got error 28 "No space left on device" from storage engine InnoDB' }],
  ['full', { errno: 1026, message: 'Error writing file \'./x\' (errno: 28 "No space left on device")' }],
  ...[1153, 1406, 1366, 1264].map((errno): [SqlErrorKind, object] => ['refused value', { errno }]),
  ['duplicate', { code: 'SQLITE_CONSTRAINT_UNIQUE' }],
  ['duplicate', { code: 'SQLITE_CONSTRAINT_PRIMARYKEY' }],
  ['missing parent', { code: 'SQLITE_CONSTRAINT_FOREIGNKEY' }],
  ...['SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_CANTOPEN', 'SQLITE_IOERR'].map((code): [SqlErrorKind, object] => ['unavailable', { code }]),
  ...['SQLITE_BUSY_SNAPSHOT', 'SQLITE_CANTOPEN_ISDIR', 'SQLITE_IOERR_SHORT_READ'].map((code): [SqlErrorKind, object] => [
    'unavailable',
    { code },
  ]),
  ['read only', { code: 'SQLITE_READONLY_DBMOVED' }],
  ['too slow', { code: 'SQLITE_INTERRUPT' }],
  ['read only', { code: 'SQLITE_READONLY' }],
  ['full', { code: 'SQLITE_FULL' }],
  ['refused value', { code: 'SQLITE_TOOBIG' }],
];

describe('sqlErrorOf', () => {
  test.each(table)('%s: %j', (kind, members) => {
    const cause = driverError(members);
    const error = sqlErrorOf(cause) as SqlError;
    expect(error).toBeInstanceOf(SqlError);
    const { code, errno } = members as { code?: string; errno?: number };
    expect({ name: error.name, kind: error.kind, code: error.code, cause: error.cause }).toEqual({
      name: 'SqlError',
      kind,
      code: String(code ?? errno),
      cause,
    });
    expect(error.message).toBe(`the database answered: ${kind} (${error.code})`);
  });

  test.each<[string, unknown]>([
    ['an error in the SQL', driverError({ errno: 1064, code: 'ER_PARSE_ERROR' })],
    ['no such table', driverError({ errno: 1146, sqlState: '42S02' })],
    ['another error of the storage', driverError({ errno: 1030, message: 'Got error 128 from storage engine' })],
    ['a bug of ours', new TypeError('x is not a function')],
    ['a failed check of SQLite', driverError({ code: 'SQLITE_CONSTRAINT_CHECK' })],
    ['a code with one of SQLite in it', driverError({ code: 'NOT_SQLITE_BUSY_AT_ALL' })],
    ['what is no error', 'text'],
    ['nothing', undefined],
    ['null', null],
    ['what is translated already', new SqlError('full', 'SQLITE_FULL', undefined)],
  ])('%s stays itself', (_, error) => {
    expect(sqlErrorOf(error)).toBe(error);
  });
});

test('the connections that are given up', () => {
  expect([...brokenConnection].sort()).toEqual(['read only', 'too slow', 'unavailable']);
});
