import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

/** What `openapi.json` tells of each member and parameter: enough to write a client, or to fill in a form, by it alone. */
type Json = Record<string, any>;
const document: Json = JSON.parse(readFileSync(join(__dirname, '..', 'openapi.json'), 'utf8'));
const schemas: Json = document['components'].schemas;

interface Place {
  /** Such as `SegmentResource.name` or `get /v3/segments ?limit`. */
  readonly name: string;
  readonly schema: Json;
  readonly description?: string;
}

const operations = Object.entries<Json>(document['paths']).flatMap(([path, item]) =>
  Object.entries<Json>(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
);
const answers: Json[] = [
  ...Object.values<Json>(document['components'].responses),
  ...operations.flatMap(({ operation }) => Object.values<Json>(operation['responses'])),
].filter(({ $ref }) => $ref === undefined);

/** The members of a schema, and those of the objects that it writes out in place. */
const membersOf = (name: string, schema: Json): Place[] =>
  Object.entries<Json>(schema['properties'] ?? {}).flatMap(([member, one]) => [
    { name: `${name}.${member}`, schema: one, description: one['description'] },
    ...membersOf(`${name}.${member}`, one),
  ]);

const places: Place[] = [
  ...Object.entries<Json>(schemas).flatMap(([name, schema]) => membersOf(name, schema)),
  ...operations.flatMap(({ name, operation }) =>
    (operation['parameters'] ?? []).map((one: Json) => ({
      name: `${name} ?${one['name']}`,
      schema: { ...one['schema'], ...('example' in one ? { example: one['example'] } : {}) },
      description: one['description'],
    })),
  ),
  ...answers.flatMap(({ headers = {} }) =>
    Object.entries<Json>(headers).map(([name, { schema, description }]) => ({ name: `header ${name}`, schema, description })),
  ),
  ...operations.flatMap(({ name, operation }) =>
    Object.values<Json>(operation['responses']).flatMap((answer) =>
      membersOf(name, answer['content']?.['application/json']?.schema ?? {}).filter(({ name: member }) => !member.endsWith('.data')),
    ),
  ),
];

const failing = (isFine: (place: Place) => unknown): string[] => places.flatMap((place) => (isFine(place) ? [] : [place.name]));
const ours = (schema: Json): string | undefined => schema['$ref'] ?? schema['allOf']?.[0]?.['$ref'];
const hasExample = (schema: Json): boolean =>
  'example' in schema || (schema['type'] === 'array' ? hasExample(schema['items']) : ours(schema) !== undefined);

test('the document is there, and its members are found', () => expect(places.length).toBeGreaterThan(300));

test('each member, parameter and header has a description', () => {
  expect(failing(({ description }) => description)).toEqual([]);
});

test('each has an example: its own, that of what it refers to, or in its description where the Swagger UI would fill it in and change what is asked', () => {
  const inWords = ({ name, description }: Place) => name.includes(' ?') && /For example `.+`/.test(description ?? '');
  expect(failing((place) => hasExample(place.schema) || inWords(place))).toEqual([]);
  const filledIn = operations.flatMap(({ name, operation }) =>
    (operation['parameters'] ?? [])
      .filter(({ required, schema, example = schema.example }: Json) => !required && example !== undefined && example !== schema.default)
      .map((one: Json) => `${name} ?${one['name']}`),
  );
  expect(filledIn).toEqual(['get /v3/projects ?with_asset_count']);
});

describe('each has the bounds that are checked', () => {
  /** The values in a place: what a list or one of several forms holds, without what is told elsewhere. */
  const valuesIn = ({ name, schema }: Place): Place[] => [
    { name, schema },
    ...(schema['items'] === undefined ? [] : valuesIn({ name: `${name}[]`, schema: schema['items'] })),
  ];
  const values = places.flatMap(valuesIn).filter(({ schema }) => ours(schema) === undefined);
  const without = (types: readonly string[], bounds: readonly string[]) =>
    values
      .filter(({ schema }) => types.includes(schema['type']) && !bounds.some((bound) => schema[bound] !== undefined))
      .map(({ name }) => name);
  const lacking = (names: readonly string[], free: Readonly<Record<string, string>>) => names.filter((name) => !(name in free)).sort();

  /** Texts without one, each with why. */
  const freeTexts: Readonly<Record<string, string>> = Object.fromEntries([
    ...['ErrorEntryResource.message', 'ErrorEntryResource.help', 'ErrorBody.message', 'DiagnosticResource.message'].map((name) => [
      name,
      'a sentence of ours',
    ]),
    ...['DiagnosticResource.help', 'ComparisonResource.summary', 'FunctionResource.description'].map((name) => [
      name,
      'a sentence of ours',
    ]),
    ...['SuggestionResource.title', 'EditResource.text'].map((name) => [name, 'made from the definition']),
    ...['ErrorEntryResource.snippet', 'DiagnosticResource.snippet', 'ValidationResource.normalized'].map((name) => [
      name,
      'made from the definition',
    ]),
    ...['models/{model_id}', 'projects/{project_id}', 'segments/{uuid}'].map((path) => [
      `get /v3/${path} ?If-None-Match`,
      'as long as the whole head may be',
    ]),
    ['ErrorEntryResource.field', 'a path into whatever was sent'],
    ['ModelColumnShape.id', 'ignored'],
    ['ModelColumnResource.id', 'made from the name, in lower case, which may be longer'],
    ['ValidateDefinitionDto.definition', 'that it is too long is a verdict too'],
    ...['JobResource.error_message', 'JobResource.error_reason'].map((name) => [name, 'always null']),
    ['ArtifactFileResource.name', 'there are none'],
  ]);
  test('texts', () => {
    const names = without(['string'], ['maxLength', 'enum', 'format', 'pattern']).filter((name) => !name.startsWith('header '));
    expect(lacking(names, freeTexts)).toEqual([]);
    expect(Object.keys(freeTexts).filter((name) => !names.includes(name))).toEqual([]);
  });

  const freeNumbers: Readonly<Record<string, string>> = Object.fromEntries([
    ...['Shape', 'Resource'].flatMap((kind) =>
      ['min', 'max', 'bins[]'].map((name) => [`ModelColumn${kind}.${name}`, 'a value of the column: any']),
    ),
    ['ModelTaskParamsShape.binary_classification_threshold', 'a score: any'],
    ['ModelTaskParamsShape.class_weights[]', 'a weight: any'],
    ['FunctionParameterResource.default', 'of whatever the function takes'],
  ]);
  test('numbers', () => {
    const names = without(['integer', 'number'], ['minimum', 'maximum', 'enum']);
    expect(lacking(names, freeNumbers)).toEqual([]);
    expect(Object.keys(freeNumbers).filter((name) => !names.includes(name))).toEqual([]);
  });

  /** Lists of an answer that have as many entries as there are; of a request there is none. */
  const freeLists = /\.(?:errors|warnings|suggestions|edits|twins|functions|parameters|items)$|^ExportedSegmentsResource\.segments$/;
  test('lists', () => expect(without(['array'], ['maxItems']).filter((name) => !freeLists.test(name))).toEqual([]));
});
