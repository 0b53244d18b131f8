/** @returns {Promise<import('jest').Config>} */
export default async () => ({
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  globalSetup: '<rootDir>/test/support/global-setup.mjs',
  ...(process.env.CI && { runner: '<rootDir>/test/support/sharing-runner.mjs' }),
  testSequencer: '<rootDir>/test/support/sequencer.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // To make them takes as long as they save in ten suites.
    ...(process.env.CI && (await (await import('./test/support/packages.mjs')).bundlePackages())),
  },
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      {
        jsc: { parser: { syntax: 'typescript' }, target: 'es2022', experimental: { keepImportAttributes: true } },
        module: { type: 'es6' },
      },
    ],
  },
  /** Jest cannot free the modules of a file that is over; past this heap, collecting them costs as much as the tests. */
  workerIdleMemoryLimit: '300MB',
  /** A slow machine is not a failure: the limit is there to end what hangs. */
  testTimeout: 120_000,
});
