import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

type Json = Record<string, any>;

/** An OpenAPI 3.0 document that answers can be held against. */
export interface SchemaCheck {
  readonly document: Json;
  /** Each documented status of each operation. */
  readonly statuses: readonly (readonly [operationId: string, status: string])[];
  /**
   * The operation that a request hits; all operations of the path for a verb that it does not take; none for another path, and for
   * HEAD and OPTIONS, which are the edge's. A concrete path part beats a parameter.
   */
  operationsOf(method: string, path: string): readonly string[];
  /** What is wrong with this answer of an operation, one line each; empty when nothing is. Of a type that is not JSON only that it is documented. */
  problems(operationId: string, status: number, body: unknown, type?: string): string[];
}

const METHODS = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'];

export function schemaCheck(document: Json): SchemaCheck {
  // The whole document is no JSON Schema: to hold it against theirs would say little, and takes a third of the time.
  const ajv = new Ajv({ strict: false, allErrors: true, logger: false, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(toJsonSchema(document) as Json, 'document');
  const validators = new Map<string, ValidateFunction>();
  const operations = Object.entries(document['paths'] as Json).flatMap(([path, item]: [string, Json]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({
      id: String(item[method].operationId),
      method,
      path,
      operation: item[method] as Json,
    })),
  );

  /** The JSON pointer of a response's schema; '' when it has no body, '*' when it may be any; undefined when the status is not documented. */
  const schemaPointer = (operationId: string, status: number): string | undefined => {
    const found = operations.find(({ id }) => id === operationId);
    if (found === undefined) throw new Error(`The document has no operation ${operationId}.`);
    const response = found.operation['responses'][String(status)] as Json | undefined;
    if (response === undefined) return undefined;
    const pointer =
      response['$ref'] === undefined ? `#/paths/${escape(found.path)}/${found.method}/responses/${status}` : String(response['$ref']);
    const resolved = resolvePointer(document, pointer);
    if (resolved['content'] !== undefined && Object.keys(resolved['content']).length === 0) return '*';
    return resolved['content']?.['application/json']?.schema === undefined ? '' : `${pointer}/content/${escape('application/json')}/schema`;
  };

  const contentOf = (operationId: string, status: number): Json | undefined =>
    operations.find(({ id }) => id === operationId)?.operation['responses'][String(status)]?.content;

  const validator = (pointer: string): ValidateFunction => {
    const known = validators.get(pointer);
    if (known !== undefined) return known;
    const made = ajv.compile({ $ref: `document${encodeURI(pointer)}` });
    validators.set(pointer, made);
    return made;
  };

  return {
    document,
    statuses: operations.flatMap(({ id, operation }) => Object.keys(operation['responses']).map((status) => [id, status] as const)),
    operationsOf(method, path) {
      if (['HEAD', 'OPTIONS'].includes(method)) return [];
      const parts = path.replace(/\?.*$/, '').replace(/\/$/, '').split('/');
      const template = Object.keys(document['paths'] as Json)
        .filter((one) => {
          const wanted = one.split('/');
          return (
            wanted.length === parts.length && wanted.every((part, at) => part === parts[at] || (part.startsWith('{') && parts[at] !== ''))
          );
        })
        .toSorted((a, b) => a.split('{').length - b.split('{').length)[0];
      const ofPath = operations.filter((one) => one.path === template);
      const hit = ofPath.filter((one) => one.method === method.toLowerCase());
      return (hit.length > 0 ? hit : ofPath).map(({ id }) => id);
    },
    problems(operationId, status, body, type = 'application/json') {
      if (type !== 'application/json' && contentOf(operationId, status)?.[type] !== undefined) return [];
      const pointer = schemaPointer(operationId, status);
      if (pointer === undefined) return [`status ${status} is not documented for ${operationId}`];
      if (pointer === '*') return [];
      if (pointer === '') return body === undefined ? [] : [`${operationId} ${status} has a body, and none is documented`];
      const validate = validator(pointer);
      return validate(body)
        ? []
        : (validate.errors ?? []).map(({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`);
    },
  };
}

/** OpenAPI 3.0 writes two things otherwise than JSON Schema: `nullable` and boolean exclusive bounds. */
export function toJsonSchema(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toJsonSchema);
  if (typeof value !== 'object' || value === null) return value;
  const schema = Object.fromEntries(Object.entries(value as Json).map(([key, member]) => [key, toJsonSchema(member)]));
  for (const [exclusive, bound] of Object.entries({ exclusiveMinimum: 'minimum', exclusiveMaximum: 'maximum' })) {
    if (typeof schema[exclusive] !== 'boolean') continue;
    if (schema[exclusive]) schema[exclusive] = schema[bound];
    else delete schema[exclusive];
  }
  if (typeof schema['nullable'] !== 'boolean') return schema;
  const { nullable, ...rest } = schema;
  return nullable ? { anyOf: [{ type: 'null' }, rest] } : rest;
}

const escape = (part: string): string => part.replaceAll('~', '~0').replaceAll('/', '~1');

const resolvePointer = (document: Json, pointer: string): Json =>
  pointer
    .split('/')
    .slice(1)
    .reduce((at: any, part) => at?.[part.replaceAll('~1', '/').replaceAll('~0', '~')], document);
