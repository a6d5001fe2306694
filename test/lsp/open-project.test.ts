import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MemoryFiles } from '../../server/src/lsp/memory-files';
import { Workspace } from '../../server/src/lsp/workspace';
import type { PlacedFinding } from '../../server/src/engine/locate';

const now = Date.parse('2026-11-23T12:00:00Z');
const versions = fc.constantFrom('2022-01', '2023-10');
const groups = fc.constantFrom('G', 'G/A', 'G/A/B', 'G/C', 'H');
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 3 });

const ksn = fc.record({
  enforcement: optional(fc.constantFrom('enforce', 'undefined', 'odd')),
  enabled: optional(fc.boolean()),
  useKscAsKsnProxy: optional(fc.boolean()),
  statement: optional(fc.record({ version: versions, accepted: fc.boolean() })),
});
const policies = fc.record({
  kind: fc.constant('policy'),
  name: fc.constantFrom('A', 'B'),
  administrationGroup: groups,
  status: optional(fc.constantFrom('active', 'inactive', 'outOfOffice', 'odd')),
  inheritance: optional(fc.record({ inheritFromParent: fc.boolean(), forceInChildren: fc.boolean() })),
  plugin: optional(fc.record({ version: fc.constantFrom('3.9', '3.16'), statementVersion: versions })),
  kmp: optional(fc.record({ enabled: fc.boolean() })),
  regions: optional(fc.constant(['US'])),
  ksn,
});
const devices = fc.record({
  kind: fc.constant('device'),
  name: fc.constantFrom('A', 'B'),
  administrationGroup: groups,
  agent: fc.record({ version: fc.constantFrom('3.9', '3.16', '4.0'), statementVersion: optional(versions) }),
  ksn,
});
const configs = fc.record({
  plugin: optional(
    fc.record({ version: fc.constantFrom('3.9', '3.16'), statementVersion: optional(versions) }),
  ),
  agents: optional(
    fc.array(
      fc.record({
        version: fc.constant('3.16'),
        statementVersion: optional(versions),
        administrationGroups: optional(fc.array(groups)),
      }),
      { maxLength: 2 },
    ),
  ),
  ignore: optional(fc.constant(['f3*'])),
  rules: optional(fc.constant({ 'ksn-region-restricted': 'off' })),
});

const path = fc.constantFrom('f1', 'f2', 'f3', 'f4', 'f5', 'below/f6');
/** A change of one file: another document, broken text, the config, or gone. */
const changes = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(
      path,
      fc.oneof(policies, devices).map((value) => JSON.stringify(value, null, 1)),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(path, fc.constantFrom('{', undefined)) },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('config'),
      fc.oneof(
        configs.map((value) => JSON.stringify(value)),
        fc.constant(undefined),
      ),
    ),
  },
  { weight: 1, arbitrary: fc.tuple(fc.constant('nested'), fc.constantFrom('{}', undefined)) },
);

const pathOf = (name: string): string =>
  name === 'config'
    ? '/p/kea-policy.config.json'
    : name === 'nested'
      ? '/p/below/kea-policy.config.json'
      : `/p/${name}.kea-policy.json`;

/** All findings of a workspace, for comparing. */
function everything(workspace: Workspace): unknown {
  workspace.judgePending(() => false);
  return [...workspace.reported]
    .sort()
    .map((file) => [
      file,
      foundIn(workspace, file).map((finding) => ({ ...finding, fixes: finding.fixes.length })),
    ]);
}

function foundIn(workspace: Workspace, file: string): PlacedFinding[] {
  return workspace.findingsOf(file).flatMap(({ findings }) => findings);
}

function fresh(files: MemoryFiles): Workspace {
  const workspace = new Workspace(files, () => now);
  workspace.setFolders(['/p']);
  return workspace;
}

test('after any changes the findings are those of a workspace loaded afresh', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(changes, fc.boolean()), { minLength: 1, maxLength: 14 }), (steps) => {
      const files = new MemoryFiles();
      files.addFolder('/p/.git');
      files.put('/p/f1.kea-policy.json', new TextEncoder().encode('{}'));
      const workspace = fresh(files);
      everything(workspace);
      for (const [[name, text], look] of steps) {
        files.put(pathOf(name), text === undefined ? undefined : new TextEncoder().encode(text));
        workspace.savedFileChanged(pathOf(name));
        if (look) expect(everything(workspace)).toEqual(everything(fresh(files)));
      }
      expect(everything(workspace)).toEqual(everything(fresh(files)));
    }),
    { numRuns: 400 },
  );
});

test('what is open stands over what is on disk, and is gone when it is closed', () => {
  const files = new MemoryFiles();
  files.addFolder('/p/.git');
  const file = '/p/a.kea-policy.json';
  files.put(
    file,
    new TextEncoder().encode('{ "kind": "policy", "name": "A", "administrationGroup": "G", "ksn": {} }'),
  );
  const workspace = fresh(files);
  expect(everything(workspace)).toEqual([]);
  let text = '{';
  workspace.openFile(file, () => text);
  expect(foundIn(workspace, file).length).toBeGreaterThan(0);
  text = new TextDecoder().decode(files.read(file, 1e6) as Uint8Array);
  workspace.editFile(file);
  expect(foundIn(workspace, file)).toEqual([]);
  text = '[';
  workspace.editFile(file);
  workspace.closeFile(file);
  expect(everything(workspace)).toEqual([]);
});

test('of folders that no project claims only so many are looked into, each time anew', () => {
  const files = new MemoryFiles();
  const broken = new TextEncoder().encode('{');
  for (let i = 0; i < 1500; i++) files.addFolder(`/home/${i}`);
  files.put('/home/open.kea-policy.json', broken);
  files.put('/home/1499/far.kea-policy.json', broken);
  const workspace = new Workspace(files, () => now);
  workspace.openFile('/home/open.kea-policy.json', () => '{');
  for (let i = 0; i < 3; i++) {
    workspace.changed('/home/.gitignore');
    expect(everything(workspace)).toHaveLength(2);
  }
});

test('an open text goes with its file when it says nothing else than was saved, and comes back with an edit', () => {
  const files = new MemoryFiles();
  files.addFolder('/p/.git');
  const file = '/p/a.kea-policy.json';
  const workspace = fresh(files);
  let text = '{ "kind": "policy" }';
  const save = (content: string | undefined): void => {
    files.put(file, content === undefined ? undefined : new TextEncoder().encode(content));
    workspace.savedFileChanged(file);
  };
  const isThere = (): boolean => workspace.all.some(({ project }) => project.size > 0);
  save(text);
  workspace.openFile(file, () => text);
  text = '{ "kind": "device" }';
  workspace.editFile(file);
  save(undefined);
  expect(isThere()).toBe(true);
  save(text);
  save(undefined);
  expect(isThere()).toBe(false);
  expect(everything(workspace)).toEqual([]);
  text = '{';
  workspace.editFile(file);
  expect(isThere()).toBe(true);
  expect(foundIn(workspace, file).length).toBeGreaterThan(0);
});
