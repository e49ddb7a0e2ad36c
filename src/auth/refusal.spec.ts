import { expect, test } from '@jest/globals';
import jsonwebtoken from 'jsonwebtoken';
import { refusalOf } from './refusal.js';

test.each<[string, unknown, string, string]>([
  ['no token', new Error('No auth token'), 'A bearer token is required.', 'Send the header Authorization: Bearer <token>.'],
  ['an old one', new jsonwebtoken.TokenExpiredError('jwt expired', new Date(0)), 'The token has expired.', 'Ask for a new one.'],
  ...[new jsonwebtoken.JsonWebTokenError('invalid signature'), new Error('anything'), 'No auth token', undefined].map(
    (info): [string, unknown, string, string] => [
      String(info),
      info,
      'The token is not valid.',
      'Check that it is whole, and that this service is the one it was issued for.',
    ],
  ),
])('%s', (_, info, message, help) => {
  expect(refusalOf(info)).toMatchObject({ kind: 'unauthorized', problems: [{ reason: 'Unauthorized', message, help }] });
});
