import { expect, test } from '@jest/globals';
import { misspelt } from './misspelt.js';

test.each<[string[], [string, string][]]>([
  [['JWT_SECERT'], [['JWT_SECERT', 'JWT_SECRET']]],
  [
    ['DATABSE_URL', 'CORS_ORIGIN'],
    [
      ['DATABSE_URL', 'DATABASE_URL'],
      ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ],
  ],
  [
    ['SHUTDOWN_DELAYS', 'JWT_ISSUR'],
    [
      ['SHUTDOWN_DELAYS', 'SHUTDOWN_DELAY'],
      ['JWT_ISSUR', 'JWT_ISSUER'],
    ],
  ],
  // What was meant is set already, so the other one is somebody else's.
  [['JWT_SECRETS', 'JWT_SECRET'], []],
  // What an orchestrator sets for a service called database, and other programs' own.
  [['DATABASE_PORT', 'DATABASE_SERVICE_HOST', 'DATABASE_HOST', 'JWT_TOKEN', 'LOG_FILE', 'PATH', 'POST', 'HOSTS', 'NODE_OPTIONS'], []],
  [[], []],
])('%j', (set, found) => {
  expect(misspelt(set).map(({ name, meant }) => [name, meant])).toEqual(found);
});
