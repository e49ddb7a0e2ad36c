import { join } from 'node:path';
import config from '../../jest.config.js';

const [unit] = config.projects;

/** What Stryker runs against each mutant of `src/fql`: the unit specs that are tables. */
export default {
  ...unit,
  rootDir: join(import.meta.dirname, '../..'),
  roots: ['src/fql', 'src/modules/segment', 'test/fql', 'test/mutation'].map((folder) => `<rootDir>/${folder}`),
  testMatch: ['<rootDir>/test/mutation/all.spec.cjs'],
  testEnvironment: join(import.meta.dirname, 'fail-fast-environment.cjs'),
  transform: Object.fromEntries(
    Object.entries(unit.transform).map(([files, [, options]]) => [files, [join(import.meta.dirname, 'grouped-transform.cjs'), options]]),
  ),
};
