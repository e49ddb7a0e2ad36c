import type { Answer, Watcher } from './api.js';
import { schemaCheck, type SchemaCheck } from './schema-check.js';

/** The check against the document that the service itself publishes. */
export async function openApiCheck(url: string): Promise<SchemaCheck> {
  const response = await fetch(`${url}/openapi.json`);
  if (response.status !== 200) throw new Error(`/openapi.json answers ${response.status}.`);
  return schemaCheck((await response.json()) as Record<string, any>);
}

/** Holds every answer of a documented operation against the document, so that each suite tests the document too. */
export const documentWatcher =
  (check: SchemaCheck): Watcher =>
  (method, path, answer: Answer) => {
    const operation = check.operationOf(method, path);
    if (operation === undefined) return;
    const problems = check.problems(operation, answer.status, answer.text === '' ? undefined : (answer.body ?? answer.text));
    if (problems.length > 0) {
      throw new Error(
        `${method} ${path} answers ${answer.status}, and /openapi.json says otherwise (${operation}):\n${problems.join('\n')}\n${answer.text.slice(0, 2_000)}`,
      );
    }
  };
