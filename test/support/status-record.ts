import { appendFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Notes which statuses of which operations the document promises and which were seen, one a line, for `statuses.mjs` to compare
 * after a whole run. A file for each worker; nothing is noted without STATUSES_DIR.
 */
export function noteStatuses(
  kind: 'documented' | 'seen',
  pairs: readonly (readonly [operationId: string, status: string | number])[],
): void {
  if (directory === undefined) return;
  const lines = pairs.map(([operationId, status]) => `${kind} ${operationId} ${status}\n`).filter((line) => !noted.has(line));
  for (const line of lines) noted.add(line);
  if (lines.length > 0) appendFileSync(join(directory, `worker-${process.env['JEST_WORKER_ID'] ?? 1}`), lines.join(''));
}

const directory = process.env['STATUSES_DIR'];
const noted = new Set<string>();
