import { wireTime } from '../../sql/time-text.js';
import type { SqlRow } from '../../sql/engine.js';
import type { UserCompact } from './user.resource.js';

/** The audit part of a select list, and the joins it needs, for a base table under this alias. */
export const auditColumns = (alias: string): string =>
  `${alias}.created_at, ${alias}.updated_at, cu.id, cu.full_name, cu.email, uu.id, uu.full_name, uu.email`;

export const auditJoins = (alias: string) => [
  { table: 'user', alias: 'cu', key: `${alias}.created_by_id` },
  { table: 'user', alias: 'uu', key: `${alias}.updated_by_id` },
];

/** What tells one state of the thing from the next: when it, or somebody whom it names, was last changed. */
export const stateColumns = (alias: string): string => `${alias}.id, ${alias}.updated_at, cu.updated_at, uu.updated_at`;

/** What `stateColumns` selected, and more of that sort behind it, as one opaque text: from this place in the row to its end. */
export const stateOf = (row: SqlRow, at: number): string => row.slice(at).join(' ');

export interface Stated {
  readonly state: string;
}

/** The state of something, and where it is: enough to say who may know it. */
export interface Standing extends Stated {
  readonly projectId: string;
}

export interface Audit {
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly createdBy: UserCompact;
  readonly updatedBy: UserCompact;
}

/** What `auditColumns` selected, from this place in the row on. */
export const auditOf = (row: SqlRow, at: number): Audit => ({
  createdAt: wireTime(row[at] as string),
  updatedAt: wireTime(row[at + 1] as string),
  createdBy: { id: row[at + 2] as string, full_name: row[at + 3] as string, email: row[at + 4] as string },
  updatedBy: { id: row[at + 5] as string, full_name: row[at + 6] as string, email: row[at + 7] as string },
});
