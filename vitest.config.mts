import { defineConfig } from 'vitest/config';
import { generate } from './scripts/generate.mjs';
import { suites } from './scripts/test/suites.mjs';

export default defineConfig(async () => {
  await generate();
  return {
    test: {
      projects: suites.map(({ name, built }) => ({
        test: {
          name,
          include: [`test/${name}/**/*.test.ts`],
          // suites that run the bundles shall never judge an old build
          globalSetup: built ? 'scripts/vitest-build.mjs' : [],
          setupFiles: 'test/fast-check.ts',
          // only to end what hangs: a machine may be slow, and busy with other things
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      })),
    },
  };
});
