import { afterAll } from '@jest/globals';
import { unwantedFailures } from './server-errors.js';

/**
 * Behind every end-to-end suite, before what the suite itself does at its end: a service that answers a 5xx which no test asserts
 * fails the suite, whatever that test looked at.
 */
afterAll(async () => {
  const failures = await unwantedFailures();
  if (failures.length > 0) throw new Error(`Answers with a 5xx that no test asserted:\n${failures.join('\n')}`);
});
