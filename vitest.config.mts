import { defineConfig } from 'vitest/config';

/** One suite for every folder; `built` ones run the bundles as processes. */
const suites = [
  { name: 'rules', built: false },
  { name: 'engine', built: false },
  { name: 'features', built: false },
  { name: 'insight', built: false },
  { name: 'client', built: false },
  { name: 'cli', built: true },
  { name: 'lsp', built: true },
  { name: 'parity', built: true },
];

export default defineConfig({
  test: {
    projects: suites.map(({ name, built }) => ({
      test: {
        name,
        include: [`test/${name}/**/*.test.ts`],
        globalSetup: built ? 'scripts/vitest/build.mjs' : 'scripts/vitest/generate.mjs',
        testTimeout: built ? 60_000 : 20_000,
        hookTimeout: 60_000,
      },
    })),
  },
});
