/**
 * The other direction of the check that each answer fits the OpenAPI document: each documented status of each operation was seen
 * in a test. Reads what `status-record.ts` noted.
 *
 *     node test/support/statuses.mjs DIRECTORY
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** @returns {{ documented: number, unseen: string[] }} how many pairs the document has, and those (`operationId status`) that nobody saw */
export function compareStatuses(directory) {
  const lines = readdirSync(directory).flatMap((file) => readFileSync(join(directory, file), 'utf8').split('\n'));
  const pairs = (kind) => new Set(lines.filter((line) => line.startsWith(`${kind} `)).map((line) => line.slice(kind.length + 1)));
  const seen = pairs('seen');
  const documented = [...pairs('documented')].sort();
  return { documented: documented.length, unseen: documented.filter((pair) => !seen.has(pair)) };
}

/** Says how it stands, naming what was not seen. @returns whether all was seen; a run that recorded nothing has seen nothing */
export function reportStatuses(directory) {
  const { documented, unseen } = compareStatuses(directory);
  console.log(`statuses: ${documented - unseen.length} of ${documented} documented pairs seen`);
  for (const pair of unseen) console.log(`  not seen: ${pair}`);
  return documented > 0 && unseen.length === 0;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exitCode = reportStatuses(process.argv[2]) ? 0 : 1;
