import { describe, expect, test } from '@jest/globals';
import { AppError, conflict, forbidden, invalid, notFound, unauthorized, type ErrorKind } from '../errors/app-error.js';
import { SqlError, type SqlErrorKind } from '../sql/sql-error.js';
import { answerOf } from './error-answer.js';
import { HttpProblem } from './http-problem.js';

const brief = (error: unknown) => {
  const { status, entries, headers, unexpected } = answerOf(error);
  return { status, reason: entries[0].reason, headers, unexpected };
};
/** What a person is told: whole sentences, the second of which may be missing. */
const sentence = /^[A-Z].*\.$/;
const said = (error: unknown): [string, string] => [answerOf(error).entries[0].message, answerOf(error).entries[0].help];
const bearer = { 'www-authenticate': expect.stringMatching(/^Bearer /) };
const later = { 'retry-after': '1' };

describe('answerOf', () => {
  test.each<[ErrorKind, number, object]>([
    ['invalid', 400, {}],
    ['unauthorized', 401, bearer],
    ['forbidden', 403, {}],
    ['not-found', 404, {}],
    ['conflict', 409, {}],
    ['in-flight', 409, later],
    ['reused-key', 422, {}],
    ['unavailable', 503, later],
  ])('the kind %s is %d', (kind, status, headers) => {
    expect(brief(new AppError(kind, [{ reason: 'R', message: 'm' }]))).toEqual({ status, reason: 'R', headers, unexpected: false });
  });

  test.each<[string, AppError, number, string]>([
    ['invalid', invalid({ reason: 'ValidationError', message: 'm' }), 400, 'ValidationError'],
    ['unauthorized', unauthorized('m'), 401, 'Unauthorized'],
    ['forbidden', forbidden('m'), 403, 'Forbidden'],
    ['notFound', notFound('segment'), 404, 'ObjectNotFound'],
    ['conflict', conflict('m'), 409, 'Conflict'],
  ])('%s()', (_, error, status, reason) => {
    expect(brief(error)).toMatchObject({ status, reason });
  });

  test('every problem is an entry: the three strings always, the field and what a definition adds where there is one', () => {
    const error = invalid(
      { reason: 'FQL_X', message: 'm', help: 'h', field: 'definition', extra: { snippet: 's' } },
      { reason: 'ValidationError', message: 'n' },
    );
    expect(answerOf(error).entries).toEqual([
      { reason: 'FQL_X', message: 'm', help: 'h', field: 'definition', snippet: 's' },
      { reason: 'ValidationError', message: 'n', help: '' },
    ]);
  });

  test('an answer of the edge keeps its status and headers', () => {
    const error = new HttpProblem(405, [{ reason: 'MethodNotAllowed', message: 'm' }], { allow: 'GET' });
    expect(brief(error)).toEqual({ status: 405, reason: 'MethodNotAllowed', headers: { allow: 'GET' }, unexpected: false });
  });

  test.each<[SqlErrorKind, number, string, object, boolean]>([
    ['duplicate', 409, 'Conflict', {}, false],
    ['missing parent', 404, 'ObjectNotFound', {}, false],
    ['in use', 409, 'Conflict', {}, false],
    ['try again', 503, 'ServiceUnavailable', later, false],
    ['unavailable', 503, 'ServiceUnavailable', later, false],
    ['too slow', 503, 'ServiceUnavailable', later, false],
    ['read only', 503, 'ServiceUnavailable', later, false],
    ['full', 503, 'ServiceUnavailable', later, false],
    ['refused value', 400, 'BadRequest', {}, true],
  ])('a database that says %s is %d', (kind, status, reason, headers, unexpected) => {
    const error = new SqlError(kind, '1', new Error('hunter2'));
    expect(brief(error)).toEqual({ status, reason, headers, unexpected });
    expect(said(error)).toEqual([expect.stringMatching(sentence), expect.stringMatching(sentence)]);
  });

  test.each<[number, number, string]>([
    [400, 400, 'BadRequest'],
    [404, 404, 'RouteNotFound'],
    [405, 405, 'MethodNotAllowed'],
    [408, 408, 'RequestTimeout'],
    [413, 413, 'PayloadTooLarge'],
    [414, 400, 'BadRequest'],
    [415, 415, 'UnsupportedMediaType'],
    [417, 417, 'ExpectationFailed'],
    [418, 400, 'BadRequest'],
    [431, 431, 'HeaderTooLarge'],
    [503, 503, 'ServiceUnavailable'],
  ])('%d of the framework is %d', (statusCode, status, reason) => {
    const error = Object.assign(new Error('hunter2'), { statusCode });
    expect(brief(error)).toEqual({ status, reason, headers: status === 503 ? later : {}, unexpected: false });
    const help = statusCode === 405 ? '' : expect.stringMatching(sentence);
    expect(said(error)).toEqual([expect.stringMatching(sentence), help]);
  });

  test.each<[string, unknown]>([
    ['an error', new TypeError('hunter2')],
    ['an error with a 500', Object.assign(new Error('hunter2'), { statusCode: 500 })],
    ['an error with a 5xx', Object.assign(new Error('hunter2'), { statusCode: 502 })],
    ['an error with a 2xx', Object.assign(new Error('hunter2'), { statusCode: 200 })],
    ['a text', 'hunter2'],
    ['undefined', undefined],
    ['null', null],
  ])('%s is ours: 500, opaque and logged', (_, error) => {
    expect(answerOf(error)).toEqual({
      status: 500,
      entries: [
        {
          reason: 'InternalServerError',
          message: 'Something went wrong on our side.',
          help: 'Try again; if it stays, report the X-Request-Id of this answer.',
        },
      ],
      headers: {},
      unexpected: true,
    });
  });

  test('nothing that was thrown below is repeated', () => {
    for (const statusCode of [400, 404, 413, 500])
      expect(JSON.stringify(answerOf(Object.assign(new Error('hunter2'), { statusCode })))).not.toContain('hunter2');
  });
});
