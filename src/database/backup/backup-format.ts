import { z } from 'zod';
import { AppError } from '../../errors/app-error.js';

/**
 * A backup is a gzip file of lines. The first one is this header; then come the rows, each a JSON array, table after table in the
 * header's order; the last one has the SHA-256 of all bytes before it. It knows no engine: what MySQL wrote SQLite reads.
 */
export interface BackupHeader {
  readonly format: typeof formatName;
  readonly version: typeof formatVersion;
  /** ISO 8601, UTC: when its snapshot was taken. */
  readonly made_at: string;
  readonly engine: 'mysql' | 'sqlite';
  /** Names of the migrations that had made the schema. */
  readonly migrations: readonly string[];
  /** Parents before those that refer to them. */
  readonly tables: readonly BackupTable[];
}

export interface BackupTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
}

export type BackupValue = string | number | null;

export const formatName = 'segments backup';
export const formatVersion = 1;

/** A name that goes into SQL: as we name tables and columns, and nothing else. */
const identifier = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

export const headerSchema: z.ZodType<BackupHeader> = z.object({
  format: z.literal(formatName),
  version: z.literal(formatVersion),
  made_at: z.string(),
  engine: z.enum(['mysql', 'sqlite']),
  migrations: z.array(z.string()),
  tables: z.array(z.object({ name: identifier, columns: z.array(identifier).min(1), rows: z.int().min(0) })),
});

export const totalRows = ({ tables }: Pick<BackupHeader, 'tables'>): number => tables.reduce((sum, { rows }) => sum + rows, 0);

/** What stands in the way of a backup or a restore. */
export const obstacle = (reason: string, message: string, help: string): AppError => new AppError('invalid', [{ reason, message, help }]);
