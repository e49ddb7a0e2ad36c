import type { Problem } from '../../errors/app-error.js';

/** A segment as a file gives it, not yet checked, with where it stands. */
export interface ImportRow {
  /** From 1, the header of a CSV file not counted. */
  readonly row: number;
  /** `line 7` of a CSV file, `segments[2]` of a JSON file. */
  readonly place: string;
  /** The members that a segment is created with; unknown ones are still there, to be refused. */
  readonly value: unknown;
  /** What the reader already found. */
  readonly problems: readonly Problem[];
}

/** What a file holds, and what its reader wants to be known of it. */
export interface ImportRows {
  readonly rows: readonly ImportRow[];
  /** Such as that it is the first page of three. */
  readonly notes: readonly string[];
}

/** What is imported of a segment; the model is named on the command line. */
export const importedMembers = ['name', 'definition', 'description'] as const;
