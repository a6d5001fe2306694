import { defineConfig } from 'vitest/config';
import { suites } from './scripts/test/suites.mjs';

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
