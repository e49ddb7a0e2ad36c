import { join } from 'node:path';
import config from '../../jest.config.js';

const [unit] = config.projects;

/** What Stryker runs against each mutant of what trust rests on: tokens, keys, roles, and what an error is answered with. */
export default {
  ...unit,
  rootDir: join(import.meta.dirname, '../..'),
  roots: ['src/auth', 'src/config', 'src/errors', 'src/http', 'src/list-query', 'src/modules/user', 'src/sql', 'src/validation'].map(
    (folder) => `<rootDir>/${folder}`,
  ),
  testMatch: [
    'auth/*',
    'config/{jwt-keys,weak-secret}',
    'http/error-answer',
    'modules/user/roles',
    'sql/sql-error',
    'validation/given-id',
  ].map((name) => `<rootDir>/src/${name}.spec.ts`),
  testEnvironment: join(import.meta.dirname, 'fail-fast-environment.cjs'),
  testSequencer: join(import.meta.dirname, 'own-spec-sequencer.cjs'),
};
