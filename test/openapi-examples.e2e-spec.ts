import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { Request } from './support/api.js';
import { ada } from './support/fixtures.js';
import { exampleOf } from './support/operations.js';
import { projectRoot } from './support/service.js';
import { useWorld } from './support/world.js';

type Json = Record<string, any>;
const world = useWorld();

test('openapi.json is the document of this code: npm run generate:openapi', () => {
  expect(JSON.parse(readFileSync(join(projectRoot, 'openapi.json'), 'utf8'))).toEqual(world.document.document);
});

/**
 * The document's own examples, sent one after the other as somebody would who tries each route in the Swagger UI: with every
 * parameter, and with each form that a body may have. What the examples call by an id is what an earlier request made.
 */
describe('the examples do what they show', () => {
  const order = [
    'createProjectV3',
    'addModelV3',
    'createSegmentV3',
    'putSegmentReference',
    // Everything else, as the document has it.
    '*',
    'deleteSegmentReference',
    'deleteSegmentV3',
    'deleteModelV3',
    'getJobV3',
    'deleteProjectV3',
  ];
  /** Where the id of what was made stands, and the example that it takes the place of. */
  const made: Readonly<Record<string, readonly [member: string, example: string]>> = {
    createProjectV3: ['id', 'f8ed92fe-188f-5446-8279-7b863ebf27f0'],
    addModelV3: ['id', '3d02465f-858d-5fc0-9c87-915b693b94c3'],
    createSegmentV3: ['id', 'ac5321d8-70a8-52d7-a00b-90271e308be8'],
    deleteModelV3: ['job', '0190a6b2-7c1e-7000-8000-00000000000b'],
  };
  const ids = new Map<string, string>();
  const withIds = <T>(value: T): T =>
    JSON.parse([...ids].reduce((text, [example, id]) => text.replaceAll(example, id), JSON.stringify(value))) as T;

  interface Example {
    readonly id: string;
    readonly method: string;
    readonly path: string;
    readonly request: Request;
    readonly success: number;
  }
  let examples: Example[];
  beforeAll(() => {
    const { document } = world.document;
    examples = Object.entries<Json>(document['paths']).flatMap(([path, item]) =>
      Object.entries<Json>(item).flatMap(([method, operation]) => examplesOf(document, path, method, operation)),
    );
  });

  test('each operation has its turn, and answers as documented', async () => {
    const rest = examples.filter(({ id }) => !order.includes(id));
    const turns = order.flatMap((name) => (name === '*' ? rest : examples.filter(({ id }) => id === name)));
    expect(turns.length).toBe(examples.length);
    const wrong: string[] = [];
    for (const turn of turns) {
      const { id, method, path, request, success } = withIds(turn);
      const answer = await world.api.as(ada.email).send(method, path, request);
      if (answer.status !== success) wrong.push(`${id} ${path} answers ${answer.status}: ${answer.text}`);
      const [member, example] = made[id] ?? [];
      if (example !== undefined) ids.set(example, answer.body?.data?.[member!]?.id ?? answer.body?.data?.[member!]);
    }
    expect(wrong).toEqual([]);
  });

  /** A key for each: the same one for another request is refused. */
  const exampleIn = (operation: Json, { name, description, schema, example = schema.example }: Json): string => {
    const text = /For example `(.+?)`/.exec(description)?.[1] ?? String(example);
    return name === 'Idempotency-Key' ? `${text} ${operation['operationId']}` : text;
  };

  const examplesOf = (document: Json, template: string, method: string, operation: Json): Example[] => {
    const parameters: Json[] = operation['parameters'] ?? [];
    const given = (place: string) =>
      parameters.filter((one) => one['in'] === place).map((one) => [one['name'], exampleIn(operation, one)] as const);
    const path = given('path').reduce((text, [name, example]) => text.replace(`{${name}}`, encodeURIComponent(example)), template);
    const schema = operation['requestBody']?.content['application/json'].schema;
    const bodies =
      schema === undefined ? [{}] : (schema['oneOf'] ?? [{}]).map((_: Json, at: number) => ({ json: exampleOf(document, schema, at) }));
    const success = Number(Object.keys(operation['responses']).find((status) => status.startsWith('2')));
    const shared = { query: Object.fromEntries(given('query')), headers: Object.fromEntries(given('header')) };
    return bodies.map((body: Request) => ({
      id: operation['operationId'],
      method: method.toUpperCase(),
      path,
      request: { ...shared, ...body },
      success,
    }));
  };
});
