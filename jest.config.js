/** Unit specs lie beside pure code; suites under test/ see the service from outside, as a process that speaks HTTP. */
const common = {
  testEnvironment: 'node',
  transform: {
    '^.+\\.[jt]s$': [
      '@swc/jest',
      {
        jsc: {
          target: 'es2023',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  extensionsToTreatAsEsm: [],
  // Nest has no CommonJS form, and jest requires what it loads: so Nest goes through the compiler too.
  transformIgnorePatterns: ['/node_modules/(?!@nestjs/)'],
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

export default {
  // For what hangs. A test takes seconds; a machine of CI that stalls may take many times as long.
  testTimeout: 120_000,
  projects: [
    {
      ...common,
      displayName: 'unit',
      testMatch: [
        '<rootDir>/src/**/*.spec.ts',
        '<rootDir>/test/fql/**/*.spec.ts',
        '<rootDir>/test/fql-sql/**/*.spec.ts',
        '<rootDir>/test/*.spec.ts',
      ],
    },
    // E2E_DATABASE=sqlite|mysql chooses the database; `npm test` runs this project once for each.
    {
      ...common,
      displayName: 'e2e',
      testMatch: ['<rootDir>/test/**/*.e2e-spec.ts', '<rootDir>/test/list-query/**/*.spec.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.mjs',
      globalTeardown: '<rootDir>/test/support/global-teardown.mjs',
      setupFilesAfterEnv: ['<rootDir>/test/support/no-server-errors.ts'],
    },
  ],
};
