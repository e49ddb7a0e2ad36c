import { expect, test } from '@jest/globals';
import { databaseTrouble } from './database-trouble.js';

test.each<[unknown, string | undefined]>([
  [{ code: 'ECONNREFUSED' }, 'no database answers at DATABASE_URL.'],
  [{ code: 'ENOTFOUND' }, 'the host of DATABASE_URL is not known.'],
  [{ code: 'ER_ACCESS_DENIED_ERROR', message: 'for hunter2' }, 'the database of DATABASE_URL refuses this user or password.'],
  [{ code: 'ER_BAD_DB_ERROR' }, 'the database named in DATABASE_URL does not exist.'],
  [{ code: 'ER_CON_COUNT_ERROR' }, 'the database of DATABASE_URL takes no more connections.'],
  [{ code: 'HANDSHAKE_SSL_ERROR' }, 'the certificate of the database of DATABASE_URL is not one that DATABASE_CA_FILE vouches for.'],
  [{ code: 'HANDSHAKE_NO_SSL_SUPPORT' }, 'the database of DATABASE_URL offers no TLS, which DATABASE_CA_FILE requires.'],
  [{ code: 'SQLITE_CANTOPEN' }, 'the file of DATABASE_URL cannot be opened.'],
  [new Error('ConnectionFailed("Unable to open connection to local database /x: 14")'), 'the file of DATABASE_URL cannot be opened.'],
  [new Error('file is not a database'), 'the file of DATABASE_URL is not an SQLite database.'],
  [{ code: 'ER_PARSE_ERROR', message: 'x' }, undefined],
  [new Error('x'), undefined],
  [undefined, undefined],
  [null, undefined],
])('%j', (error, trouble) => {
  expect(databaseTrouble(error)).toBe(trouble);
});
