import type { Connection, RowDataPacket } from 'mysql2/promise';

/** What the server tells of a session: how it reads the texts that are sent to it, and which server it is. */
export interface Session {
  readonly version: string;
  readonly sqlMode: string;
  readonly characterSets: readonly string[];
}

const question =
  'SELECT VERSION() AS version, @@SESSION.sql_mode AS sqlMode, @@SESSION.character_set_client AS client, ' +
  '@@SESSION.character_set_connection AS conn, @@SESSION.character_set_results AS results';

export async function sessionOf(connection: Connection): Promise<Session> {
  const [rows] = await connection.query<RowDataPacket[]>(question);
  const { version, sqlMode, client, conn, results } = rows[0] as Record<string, unknown>;
  return { version: String(version), sqlMode: String(sqlMode), characterSets: [client, conn, results].map(String) };
}

/**
 * Why texts would not arrive as they are sent in sessions like this one; undefined when they do. Where statements are put together,
 * values are escaped by backslashes, which a server may have been told to take for plain characters: then a value could end its text
 * and become SQL (`reliability.md` S64). Another character set than utf8mb4 loses letters.
 */
export function sessionTrouble({ sqlMode, characterSets }: Session): string | undefined {
  if (sqlMode.split(',').includes('NO_BACKSLASH_ESCAPES'))
    return 'the database has NO_BACKSLASH_ESCAPES in its sql_mode, under which values cannot be told from SQL; take it out (sql_mode, init_connect).';
  const other = characterSets.find((name) => name !== 'utf8mb4');
  return other === undefined
    ? undefined
    : `the database speaks ${other} with its clients although utf8mb4 was asked for, which would lose letters; look at init_connect and skip-character-set-client-handshake.`;
}
