import type { SqlEngine } from './engine.js';

type Given = (column: string) => string;

const forms: Readonly<Record<SqlEngine['name'], { head(key: string): string; readonly given: Given }>> = {
  mysql: { head: () => 'ON DUPLICATE KEY UPDATE', given: (column) => `VALUES(${column})` },
  sqlite: { head: (key) => `ON CONFLICT (${key}) DO UPDATE SET`, given: (column) => `excluded.${column}` },
};

/**
 * The end of an INSERT that changes the row where there is one already.
 * @param key the columns that tell whether there is
 * @param set what is assigned, such as `total = total + ?`; `given` is the value that a column would have got
 */
export function whenThere(engine: SqlEngine['name'], key: readonly string[], set: (given: Given) => string): string {
  const { head, given } = forms[engine];
  return `${head(key.join(', '))} ${set(given)}`;
}
