import { readdirSync } from 'node:fs';
import { ESLint } from 'eslint';
import { describe, expect, test } from 'vitest';
import { floors } from '../../scripts/lint/floors.mjs';

// The repository's own configuration; only the types behind a snippet that is in no file are left out.
const eslint = new ESLint({
  overrideConfig: {
    files: ['**/*.ts'],
    languageOptions: { parserOptions: { projectService: false } },
  },
  ruleFilter: ({ ruleId }) => ruleId === 'house/only-downward' || ruleId === 'no-restricted-globals',
});

async function messages(filePath: string, code: string): Promise<string[]> {
  const results = await eslint.lintText(code, { filePath });
  return results.flatMap((result) => result.messages.map(({ message }) => message));
}

describe('an import that leads up or out', () => {
  test.each([
    ['up a floor', 'server/src/syntax/x.ts', `import { judge } from '../engine/judge';`],
    ['up, of a type', 'server/src/project/x.ts', `import type { Finding } from '../rules/finding';`],
    ['up from a sub-folder', 'server/src/rules/ksn/x.ts', `import { judge } from '../../engine/judge';`],
    ['up to a folder itself', 'server/src/project/x.ts', `import { rules } from '../rules';`],
    ['sideways', 'server/src/features/x.ts', `import { plan } from '../insight/plan';`],
    ['up, exported again', 'server/src/model/x.ts', `export * from '../cli/io';`],
    ['up, exported again by name', 'server/src/model/x.ts', `export { exit } from '../cli/io';`],
    ['up, at run time', 'server/src/engine/x.ts', `void import('../lsp/server');`],
    ['up, inside a type', 'server/src/engine/x.ts', `export type T = import('../lsp/server').S;`],
    ['up to an entry', 'server/src/engine/x.ts', `import '../node';`],
    ['to the system', 'server/src/engine/x.ts', `import { readFileSync } from 'node:fs';`],
    ['to the system by its old name', 'server/src/syntax/x.ts', `import { readFile } from 'fs/promises';`],
    ['to a connection', 'server/src/features/x.ts', `import 'vscode-languageserver/node';`],
    ['to the editor', 'server/src/features/x.ts', `import * as vscode from 'vscode';`],
    ['to the extension', 'server/src/lsp/x.ts', `import '../../../client/src/client';`],
    ['from a folder without a floor', 'server/src/misc/x.ts', `import '../syntax/tree';`],
    [
      'from the extension into the engine',
      'client/src/features/x.ts',
      `import '../../../server/src/engine/judge';`,
    ],
  ])('%s: %s', async (_, filePath, code) => {
    expect(await messages(filePath, code)).toHaveLength(1);
  });

  test('says which floor and what is not for it', async () => {
    expect(await messages('server/src/syntax/x.ts', `import '../engine/judge';`)).toEqual([
      'syntax is on floor 1 and imports only from the floors below it, not server/src/engine/judge.',
    ]);
  });

  test('reaching for a global of one place is found as well', async () => {
    expect(await messages('server/src/rules/x.ts', `export const here = process.cwd();`)).toHaveLength(1);
  });
});

describe('an import that leads down', () => {
  test.each([
    ['one floor', 'server/src/engine/x.ts', `import type { Finding } from '../rules/finding';`],
    ['to the ground', 'server/src/cli/report/x.ts', `import { parse } from '../../syntax/tree';`],
    ['within the own folder', 'server/src/rules/ksn/x.ts', `import { rule } from '../rule';`],
    ['to a sub-folder called like a floor', 'server/src/syntax/x.ts', `import './cli/x';`],
    ['to a pure package', 'server/src/syntax/x.ts', `import { parseTree } from 'jsonc-parser';`],
    [
      'to types of the protocol',
      'server/src/features/x.ts',
      `import { Hover } from 'vscode-languageserver-types';`,
    ],
    ['to the schemas', 'server/src/schema/x.ts', `import policy from '../../../schemas/policy.schema.json';`],
    ['from a face to the system', 'server/src/cli/x.ts', `import { readFileSync } from 'node:fs';`],
    ['from an entry', 'server/src/node.ts', `import { startServer } from './lsp/server';`],
    [
      'of the shared types',
      'client/src/features/x.ts',
      `import type { T } from '../../../server/src/features/protocol';`,
    ],
  ])('%s: %s', async (_, filePath, code) => {
    expect(await messages(filePath, code)).toEqual([]);
  });
});

test('every folder of the server has one floor, and every floor its folders', () => {
  const folders = readdirSync('server/src', { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => name).sort()).toEqual(floors.flat().sort());
});
