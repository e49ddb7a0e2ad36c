import type { Request } from './api.js';

type Json = Record<string, any>;

/** An operation of the document, and a request of it that is all right. */
export interface Operation {
  readonly id: string;
  /** In capitals. */
  readonly method: string;
  /** As the document writes it. */
  readonly template: string;
  readonly path: string;
  readonly request: Request;
  readonly statuses: readonly number[];
}

/**
 * Every operation of an OpenAPI document.
 * @param ids what to put for path parameters and for the members of bodies that have one of these names
 */
export function operationsOf(document: Json, ids: Readonly<Record<string, string>>): Operation[] {
  return Object.entries(document['paths'] as Json).flatMap(([template, item]) =>
    Object.entries(item as Json).map(([method, operation]: [string, Json]) => ({
      id: operation['operationId'],
      method: method.toUpperCase(),
      template,
      path: template.replaceAll(/\{(\w+)\}/g, (_, name: string) => ids[name] ?? missing(name)),
      request: requestOf(document, operation, ids),
      statuses: Object.keys(operation['responses']).map(Number),
    })),
  );
}

function missing(name: string): never {
  throw new Error(`No id is known for the path parameter ${name}.`);
}

function requestOf(document: Json, { parameters = [], requestBody }: Json, ids: Readonly<Record<string, string>>): Request {
  const required: Json[] = parameters.filter((one: Json) => one['in'] === 'query' && one['required']);
  const query = required.length === 0 ? undefined : Object.fromEntries(required.map(({ name, schema }: Json) => [name, schema.example]));
  const schema = requestBody?.content['application/json'].schema;
  return { query, ...(schema === undefined ? {} : { json: withIds(exampleOf(document, schema), ids) }) };
}

/** A body made of the examples of its members, as the Swagger UI offers it; of alternatives this one. */
export function exampleOf(document: Json, schema: Json, alternative = 0): Json {
  const { $ref, allOf, oneOf } = schema;
  if ($ref !== undefined) return exampleOf(document, document['components'].schemas[$ref.split('/').at(-1)]);
  if (allOf !== undefined) {
    const not = oneOf?.[alternative]?.not;
    const without: string[] = not?.required ?? not?.anyOf?.flatMap((one: Json) => one['required']) ?? [];
    return Object.fromEntries(Object.entries(exampleOf(document, allOf[0])).filter(([name]) => !without.includes(name)));
  }
  if (schema['example'] !== undefined) return schema['example'];
  if (schema['type'] === 'array') return [exampleOf(document, schema['items'])];
  return Object.fromEntries(
    Object.entries(schema['properties'] ?? {}).map(([name, member]) => [name, exampleOf(document, member as Json)]),
  );
}

const withIds = (body: Json, ids: Readonly<Record<string, string>>): Json =>
  Object.fromEntries(Object.entries(body).map(([name, value]) => [name, ids[name] ?? value]));
