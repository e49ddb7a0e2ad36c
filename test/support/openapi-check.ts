import type { Answer, Watcher } from './api.js';
import { schemaCheck, type SchemaCheck } from './schema-check.js';
import { noteStatuses } from './status-record.js';

/** The check against the document that the service itself publishes. */
export async function openApiCheck(url: string): Promise<SchemaCheck> {
  const response = await fetch(`${url}/openapi.json`);
  if (response.status !== 200) throw new Error(`/openapi.json answers ${response.status}.`);
  const check = schemaCheck((await response.json()) as Record<string, any>);
  noteStatuses('documented', check.statuses);
  return check;
}

/**
 * Holds every answer of a documented path against the document, so that each suite tests the document too, and notes that it was
 * seen. A verb that the path does not take has no operation: its answer is documented with each one that the path has.
 */
export const documentWatcher =
  (check: SchemaCheck): Watcher =>
  (method, path, answer: Answer) => {
    const operations = check.operationsOf(method, path);
    noteStatuses(
      'seen',
      operations.map((operation) => [operation, answer.status]),
    );
    const type = answer.headers.get('content-type')?.split(';')[0];
    for (const operation of operations) {
      const problems = check.problems(operation, answer.status, answer.text === '' ? undefined : (answer.body ?? answer.text), type);
      if (problems.length > 0) {
        throw new Error(
          `${method} ${path} answers ${answer.status}, and /openapi.json says otherwise (${operation}):\n${problems.join('\n')}\n${answer.text.slice(0, 2_000)}`,
        );
      }
    }
  };
