/** Why the database of `DATABASE_URL` cannot be used, by the code that the driver gives. */
const troubles: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'no database answers at DATABASE_URL.',
  ENOTFOUND: 'the host of DATABASE_URL is not known.',
  EAI_AGAIN: 'the host of DATABASE_URL is not known.',
  ETIMEDOUT: 'the database of DATABASE_URL does not answer.',
  ER_ACCESS_DENIED_ERROR: 'the database of DATABASE_URL refuses this user or password.',
  ER_DBACCESS_DENIED_ERROR: 'the user of DATABASE_URL may not use this database.',
  ER_BAD_DB_ERROR: 'the database named in DATABASE_URL does not exist.',
  ER_CON_COUNT_ERROR: 'the database of DATABASE_URL takes no more connections.',
  HANDSHAKE_SSL_ERROR: 'the certificate of the database of DATABASE_URL is not one that DATABASE_CA_FILE vouches for.',
  HANDSHAKE_NO_SSL_SUPPORT: 'the database of DATABASE_URL offers no TLS, which DATABASE_CA_FILE requires.',
  SQLITE_CANTOPEN: 'the file of DATABASE_URL cannot be opened.',
  SQLITE_NOTADB: 'the file of DATABASE_URL is not an SQLite database.',
  SQLITE_READONLY: 'the file of DATABASE_URL may not be written.',
  SQLITE_BUSY: 'another process holds the database of DATABASE_URL.',
};

/** libsql gives no code when it cannot open a file. */
const messages: readonly [RegExp, string][] = [
  [/unable to open (?:connection to local )?database/i, 'SQLITE_CANTOPEN'],
  [/file is not a database/i, 'SQLITE_NOTADB'],
];

/** One sentence for the operator, or undefined when the error says nothing of the kind. */
export function databaseTrouble(error: unknown): string | undefined {
  const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
  return troubles[String(code)] ?? troubles[String(messages.find(([pattern]) => pattern.test(String(message)))?.[1])];
}
