/** What the two database engines do differently when a statement is run, behind one face. A read in a batch touches the rows that it finds. */
export interface Statement {
  readonly sql: string;
  readonly params: readonly SqlValue[];
  /** The least number of rows that it must touch; fewer undoes the whole batch. */
  readonly atLeast?: number;
  /** It touches as many rows as a model or project has segments: it may take ten seconds, where others have three. */
  readonly long?: boolean;
}

export type SqlValue = string | number | null;
export type SqlRow = readonly SqlValue[];

export interface SqlEngine {
  readonly name: 'mysql' | 'sqlite';
  /** Rows of a prepared read, each as an array in the order of the select list. */
  read(sql: string, params: readonly SqlValue[]): Promise<SqlRow[]>;
  /** All statements or none, in one transaction; the number of rows each touched. */
  write(statements: readonly Statement[]): Promise<number[]>;
}
