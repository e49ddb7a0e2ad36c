import { applyDecorators, type Type } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { failure } from './envelope.js';
import { ErrorResource } from './error.resource.js';

/** The error statuses of a route, each with the reason that its example shows. */
const errors = {
  400: ['ValidationError', 'The request is wrong; one entry per problem.', 'name is missing.', ''],
  401: [
    'Unauthorized',
    'No token, or one that identifies no active user.',
    'A bearer token is required.',
    'Send the header Authorization: Bearer <token>.',
  ],
  403: [
    'Forbidden',
    "In the caller's organization, but their role does not allow it.",
    'Your role does not allow you to read models and segments of this project.',
    'Roles that allow it: Project Admin, Project Writer, Project Viewer.',
  ],
  404: [
    'ObjectNotFound',
    'No such thing, or another organization has it.',
    'No such segment.',
    'Check the id; a segment of another organization does not exist for you.',
  ],
  405: [
    'MethodNotAllowed',
    'The path takes other verbs: see the header Allow.',
    'PATCH is not allowed here.',
    'This path takes DELETE, GET, HEAD, OPTIONS.',
  ],
  408: ['RequestTimeout', 'The request did not arrive whole in time.', 'The request took too long to arrive.', 'Send it again.'],
  409: [
    'Conflict',
    'The name is taken, the thing is in use, or the model has as many segments as it may.',
    'A segment named "seniors" exists already in this model.',
    'Choose another name.',
  ],
  413: [
    'PayloadTooLarge',
    'The body is larger than this route takes.',
    'The body is larger than this route takes.',
    'The limits are listed in the documentation.',
  ],
  415: [
    'UnsupportedMediaType',
    'The body is not application/json.',
    'This API takes application/json.',
    'Set the header Content-Type: application/json.',
  ],
  422: [
    'IdempotencyKeyReused',
    'The Idempotency-Key belongs to another request.',
    'This Idempotency-Key was used for another request in the last 24 hours.',
    'Take a new key for each thing to be created, and the same one only to repeat the same request.',
  ],
  429: [
    'TooManyRequests',
    'More requests than a user may send in a second or a minute, where that is limited.',
    'More than 30 requests of this kind in a short time.',
    'Try again in 1 s.',
  ],
  431: [
    'HeaderTooLarge',
    'The request line and headers are larger than 32 KiB.',
    'The request line and headers are too large.',
    'The limit is 32 KiB.',
  ],
  500: [
    'InternalServerError',
    'Our fault.',
    'Something went wrong on our side.',
    'Try again; if it stays, report the X-Request-Id of this answer.',
  ],
  503: [
    'ServiceUnavailable',
    'The database is out of reach, or the service is overloaded or shutting down.',
    'The service cannot answer right now.',
    'Try again in a moment.',
  ],
} as const;

type ErrorStatus = keyof typeof errors;

const ofAny: readonly ErrorStatus[] = [400, 405, 408, 431];
const ofCallers: readonly ErrorStatus[] = [401, 429, 500, 503];
const ofBodies: readonly ErrorStatus[] = [413, 415];

/** The error answers that a route can give beside those that every route can. Each is seen in a test, or `npm test` fails. */
export const ApiErrors = (...statuses: ErrorStatus[]): MethodDecorator => errorResponses([...ofAny, ...ofCallers, ...statuses]);

/** The same for a route that asks nobody who they are. */
export const ApiPublicErrors = (...statuses: ErrorStatus[]): MethodDecorator => errorResponses([...ofAny, ...statuses]);

/** The same for a route that takes a body. */
export const ApiBodyErrors = (...statuses: ErrorStatus[]): MethodDecorator => ApiErrors(...statuses, ...ofBodies);

const whole = (description: string, example: number) => ({ description, schema: { type: 'integer' as const, minimum: 0, example } });
const text = (description: string, example: string) => ({ description, schema: { type: 'string' as const, example } });
const retryAfter = whole('Seconds to wait.', 1);
const rateHeaders = {
  'retry-after': retryAfter,
  'ratelimit-limit': whole('Requests in the window that is nearest to its end.', 30),
  'ratelimit-remaining': whole('How many of them are left.', 0),
  'ratelimit-reset': whole('Seconds until the window begins anew.', 1),
};

const errorResponses = (statuses: readonly ErrorStatus[]): MethodDecorator =>
  applyDecorators(ApiExtraModels(ErrorResource), ...[...new Set(statuses)].sort().map(errorResponse));

function errorResponse(status: ErrorStatus): MethodDecorator {
  const [reason, description, message, help] = errors[status];
  const headers = {
    'x-request-id': text('Names this answer in our logs.', '7f3ef0a4-6d5b-4f0c-9a55-0f6f5f1d2c11'),
    ...(status === 401 ? { 'www-authenticate': text('RFC 6750.', 'Bearer') } : {}),
    ...(status === 405 ? { allow: text('The verbs that the path takes.', 'DELETE, GET, HEAD, OPTIONS') } : {}),
    ...(status === 429 ? rateHeaders : {}),
    ...(status === 503 ? { 'retry-after': retryAfter } : {}),
  };
  const schema = { $ref: getSchemaPath(ErrorResource) };
  const example = failure(status, [{ reason, message, help }]);
  return ApiResponse({ status, description, headers, content: { 'application/json': { schema, example } } });
}

const envelope = (kind: string, data: object) => ({
  type: 'object',
  additionalProperties: false,
  required: ['api_version', 'kind', 'data'],
  properties: {
    api_version: { type: 'string', enum: ['3.0'], example: '3.0', description: 'Version of the envelope.' },
    kind: { type: 'string', enum: [kind], example: kind, description: 'Kind of the envelope.' },
    data,
  },
});

const count = (description: string, example: number, minimum = 0) => ({ type: 'integer', minimum, example, description });

/** One thing in the NORMAL envelope, and what its id is good for. */
export function ApiNormal(resource: Type, description: string, status = 200, links: Links = {}, headers: Headers = {}): MethodDecorator {
  const schema = envelope('NORMAL', { $ref: getSchemaPath(resource) });
  const content = { 'application/json': { schema } };
  return applyDecorators(ApiExtraModels(resource), ApiResponse({ status, description, content, links, headers }));
}

type Headers = Readonly<
  Record<string, { readonly description: string; readonly schema: { type: 'string'; enum?: string[]; example: string } }>
>;
type Links = Readonly<Record<string, object>>;
type Names = Readonly<Record<string, string>>;

/** Operations that take an id of the answer as a path parameter: operationId → parameter. */
export const idInPath = (parameters: Names, member = 'id'): Links =>
  linked(parameters, (name) => ({ parameters: { [name]: `$response.body#/data/${member}` } }));

/** Operations that take the id of the answer as a member of their body: operationId → member. */
export const idInBody = (members: Names): Links => linked(members, (name) => ({ requestBody: { [name]: '$response.body#/data/id' } }));

const linked = (names: Names, use: (name: string) => object): Links =>
  Object.fromEntries(Object.entries(names).map(([operationId, name]) => [operationId, { operationId, ...use(name) }]));

/** A page in the PAGINATED envelope, all seven members always. */
export function ApiPaginated(resource: Type, description: string): MethodDecorator {
  const properties = {
    page_size: count('Limit in force.', 50, 1),
    item_count: count('Items in this page.', 1),
    total: count('Items that match, over all pages.', 1),
    page_count: count('Pages there are, at least 1.', 1, 1),
    page_index: count('Place of this page, from 1.', 1, 1),
    offset: count('Offset in force.', 0),
    items: { type: 'array', items: { $ref: getSchemaPath(resource) }, description: 'The items of this page.' },
  };
  const schema = envelope('PAGINATED', { type: 'object', additionalProperties: false, required: Object.keys(properties), properties });
  return applyDecorators(ApiExtraModels(resource), ApiResponse({ status: 200, description, content: { 'application/json': { schema } } }));
}

/** Success without a body. */
export const ApiEmpty = (description: string): MethodDecorator => ApiResponse({ status: 200, description });
