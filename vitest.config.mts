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
          testTimeout: built ? 60_000 : 20_000,
          hookTimeout: 60_000,
        },
      })),
    },
  };
});
