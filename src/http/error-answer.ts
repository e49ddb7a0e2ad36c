import { AppError, type ErrorKind, type Problem } from '../errors/app-error.js';
import { entryOf, type ErrorEntry } from '../errors/error-entry.js';
import { SqlError, type SqlErrorKind } from '../sql/sql-error.js';
import { HttpProblem } from './http-problem.js';

/** A status with what is said about it. */
export interface Answer {
  readonly status: number;
  readonly entries: readonly [ErrorEntry, ...ErrorEntry[]];
  readonly headers: Readonly<Record<string, string>>;
  /** A bug or a fault of ours: logged. */
  readonly unexpected: boolean;
}

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  unauthorized: 401,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'in-flight': 409,
  'reused-key': 422,
  unavailable: 503,
};

const bearer = { 'www-authenticate': 'Bearer realm="segments", error="invalid_token"' };

/** What a fault of the database means to a caller. */
const databaseAnswers: Readonly<Record<SqlErrorKind, Answer>> = {
  duplicate: answer(409, 'Conflict', 'The name is taken.', 'Choose another name.'),
  'missing parent': answer(404, 'ObjectNotFound', 'What this refers to does not exist any more.', 'Check the ids in the request.'),
  'in use': answer(409, 'Conflict', 'It is in use.', 'Remove what uses it first.'),
  'try again': unavailable('The database was busy with the same data.'),
  unavailable: unavailable('The database is out of reach or overloaded.'),
  'too slow': unavailable('The database took too long to answer.'),
  'read only': unavailable('The database takes no changes at the moment.'),
  full: unavailable('The database has no room left.'),
  // It came with the request, but our own checks should have refused it: so it is logged as a bug.
  'refused value': {
    ...answer(400, 'BadRequest', 'A value is too long or of a kind that cannot be stored.', 'Check the texts and numbers in the request.'),
    unexpected: true,
  },
};

/** Errors of the framework below us, by status. Their own texts would echo the request or name a library. */
const edgeAnswers: Readonly<Record<number, [reason: string, message: string, help: string]>> = {
  400: ['BadRequest', 'The request is malformed.', 'Check the address, the headers and the body.'],
  404: ['RouteNotFound', 'No such route.', 'The routes are listed at /docs and in /openapi.json.'],
  405: ['MethodNotAllowed', 'This verb is not allowed here.', ''],
  408: ['RequestTimeout', 'The request took too long to arrive.', 'Send it again.'],
  413: ['PayloadTooLarge', 'The body is larger than this route takes.', 'The limits are listed in the documentation.'],
  414: ['BadRequest', 'A part of the address is too long.', 'Check the ids in the address.'],
  417: ['ExpectationFailed', 'The header Expect asks for something that is not known here.', 'Leave it out, or send 100-continue.'],
  415: ['UnsupportedMediaType', 'This API takes application/json.', 'Set the header Content-Type: application/json.'],
  431: ['HeaderTooLarge', 'The request line and headers are too large.', 'The limit is 32 KiB.'],
  503: ['ServiceUnavailable', 'The service cannot answer right now.', 'Try again in a moment.'],
};

/** Anything thrown, as the one answer it gets. */
export function answerOf(error: unknown): Answer {
  if (error instanceof AppError)
    return { status: statuses[error.kind], entries: entriesOf(error.problems), headers: headersOf(error.kind), unexpected: false };
  if (error instanceof HttpProblem)
    return { status: error.status, entries: entriesOf(error.problems), headers: error.headers, unexpected: false };
  if (error instanceof SqlError) return databaseAnswers[error.kind];
  const status = edgeStatus(error);
  const texts = status === undefined ? undefined : edgeAnswers[status];
  if (status !== undefined && texts !== undefined) return answer(status === 414 ? 400 : status, ...texts);
  const opaque = answer(
    500,
    'InternalServerError',
    'Something went wrong on our side.',
    'Try again; if it stays, report the X-Request-Id of this answer.',
  );
  return { ...opaque, unexpected: true };
}

/** 4xx and 503 of the framework; another 5xx is a bug. */
function edgeStatus(error: unknown): number | undefined {
  const status = Number((error as { statusCode?: unknown } | null)?.statusCode);
  return (status >= 400 && status < 500) || status === 503 ? (edgeAnswers[status] === undefined ? 400 : status) : undefined;
}

function answer(status: number, reason: string, message: string, help: string): Answer {
  return { status, entries: [{ reason, message, help }], headers: status === 503 ? { 'retry-after': '1' } : {}, unexpected: false };
}

/** 503: not the caller's fault, and worth another try. */
export function unavailable(message: string): Answer {
  return answer(503, 'ServiceUnavailable', message, 'Try again in a moment.');
}

const headersOf = (kind: ErrorKind): Record<string, string> =>
  kind === 'unauthorized' ? bearer : kind === 'unavailable' || kind === 'in-flight' ? { 'retry-after': '1' } : {};

function entriesOf(problems: readonly [Problem, ...Problem[]]): [ErrorEntry, ...ErrorEntry[]] {
  const [first, ...others] = problems;
  return [entryOf(first), ...others.map(entryOf)];
}
