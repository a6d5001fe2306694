import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { faces, floors } from './scripts/lint/floors.mjs';
import { onlyDownward } from './scripts/lint/only-downward.mjs';

const belowTheFaces = floors
  .flat()
  .filter((folder) => !faces.includes(folder))
  .map((folder) => `server/src/${folder}/**/*.ts`);

const nodeGlobals = ['process', 'Buffer', 'global', '__dirname', '__filename', 'require', 'setImmediate'];
const browserGlobals = ['self', 'window', 'document', 'location', 'fetch', 'XMLHttpRequest'];

const unused = { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true };

const handedIn = 'the outside world is handed in from above';

export default defineConfig(
  globalIgnores([
    '**/dist/',
    '**/out/',
    '**/node_modules/',
    'coverage/',
    'server/schemas/',
    'server/src/schema/generated/',
    'test/fixtures/',
    'test/artefacts/',
    'test/vscode/runtime/',
    '.vscode-test*/',
    'examples/',
  ]),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'no-unused-vars': ['error', unused],
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
    },
  },
  {
    files: ['**/*.ts', '**/*.mts'],
    extends: [tseslint.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-unused-vars': ['error', unused],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // walking up from `this` in a loop is no alias
      '@typescript-eslint/no-this-alias': 'off',
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'inline-type-imports', disallowTypeAnnotations: false },
      ],
      // the command line loads parts of Node.js only where it needs them
      '@typescript-eslint/no-require-imports': ['error', { allow: ['^node:'] }],
    },
  },
  {
    // what a test reads back from the outside (JSON, protocol answers) is judged by its assertions
    files: ['test/**/*.ts'],
    rules: Object.fromEntries(
      ['assignment', 'member-access', 'argument', 'call', 'return'].map((what) => [
        `@typescript-eslint/no-unsafe-${what}`,
        'off',
      ]),
    ),
  },
  {
    files: ['server/src/**/*.ts', 'client/src/**/*.ts'],
    plugins: { house: { rules: { 'only-downward': onlyDownward } } },
    rules: { 'house/only-downward': 'error' },
  },
  {
    files: belowTheFaces,
    rules: {
      'no-restricted-globals': [
        'error',
        ...[...nodeGlobals, ...browserGlobals].map((name) => ({ name, message: handedIn })),
      ],
      'no-console': 'error',
    },
  },
  {
    // scripts and launchers run in Node as they stand; Node itself says which names it knows
    files: ['**/*.mjs', '**/*.cjs', '**/*.js'],
    languageOptions: {
      globals: Object.fromEntries(Object.getOwnPropertyNames(globalThis).map((name) => [name, 'readonly'])),
    },
  },
  {
    files: ['**/*.cjs', 'server/bin/*.js'],
    languageOptions: {
      sourceType: 'commonjs',
      globals: { __dirname: 'readonly', __filename: 'readonly' },
    },
  },
);
