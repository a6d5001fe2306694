import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { nodeFiles } from '../../server/src/cli/node-files';
import { compareFolders, compareRevisions, type Comparison } from '../../server/src/cli/revisions';
import { rulesFor } from '../../server/src/cli/selection';
import { diff } from '../../server/src/insight/diff';
import { worlds } from '../insight/worlds';
import { put } from './command';
import { git } from './repository';

type Estate = Readonly<Record<string, unknown>>;

const config = 'kea-policy.config.json';
const exceptions = fc.array(
  fc.record({
    rule: fc.constantFrom('ksn-agent-statement-mismatch', 'name-duplicate', 'ksn-overridden-by-parent'),
    reason: fc.constant('as agreed with the owner'),
  }),
  { minLength: 1, maxLength: 2 },
);

/** A world with what cuts projects and files off, and with texts beside the config. */
const estates: fc.Arbitrary<Estate> = fc
  .record({
    world: worlds,
    exceptions: fc.option(exceptions),
    hasConfig: fc.boolean(),
    nested: fc.subarray(['left', 'right']),
    ignore: fc.subarray(['left/1*', 'right/**']),
    gitignore: fc.option(fc.constantFrom('0.*\n', 'right/\n', 'left/2.kea-policy.json\n'), { freq: 2 }),
    text: fc.option(fc.constantFrom('as read', 'another')),
    rules: fc.constantFrom({}, { 'ksn-enforcement-undefined': 'off' }),
  })
  .map(({ world, exceptions, hasConfig, nested, ignore, gitignore, text, rules }) => {
    const statements = [{ version: 'S1', texts: [{ language: 'en', file: 'texts/s1.txt' }] }];
    const files: Record<string, unknown> = { ...world.documents };
    const [first] = Object.keys(files);
    if (exceptions && first) files[first] = { ...(files[first] as object), exceptions };
    if (hasConfig) files[config] = { ...(world.config as object), statements, ignore, rules };
    for (const folder of nested) files[`${folder}/${config}`] = world.config;
    if (gitignore !== null) files['.gitignore'] = gitignore;
    if (text !== null) files['texts/s1.txt'] = text;
    return files;
  });

const members = ['name', 'administrationGroup', 'status', 'inheritance', 'plugin', 'agent', 'ksn', 'kind'];
const fate = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('stays', 'stays', 'stays', 'other', 'moves') },
  { weight: 2, arbitrary: fc.constantFrom(...members) },
);

/** An estate, and what became of it: files that changed as a whole or in a member, came, went and moved. */
const changes = fc.tuple(estates, estates, fc.infiniteStream(fate)).map(([before, other, fates]) => {
  const after: Record<string, unknown> = {};
  for (const path of new Set([...Object.keys(before), ...Object.keys(other)])) {
    const { value: fate } = fates.next();
    const isDocument = path in before && !path.endsWith(config) && path.endsWith('.json');
    const source = fate === 'other' ? other : before;
    if (isDocument && fate === 'moves') after[`moved-${path}`] = before[path];
    else if (isDocument && members.includes(fate) && path in other)
      after[path] = { ...(before[path] as object), [fate]: (other[path] as Record<string, unknown>)[fate] };
    else if (path in source) after[path] = source[path];
  }
  return { before, after };
});

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'kea-policy-cli-')));
afterAll(() => rmSync(folder, { recursive: true }));
const inFolder = (name: string): string => join(folder, name);

function fill(name: string, files: Estate): void {
  for (const entry of readdirSync(inFolder(name))) {
    if (entry !== '.git') rmSync(join(inFolder(name), entry), { recursive: true });
  }
  put(inFolder(name), files);
}

function commit(files: Estate): void {
  fill('repository', files);
  git(inFolder('repository'), 'add', '--all', '--force');
  git(inFolder('repository'), 'commit', '--quiet', '--allow-empty', '--message', 'change');
}

test('revisions, of which only what differs is judged, compare as folders do, of which all is', async () => {
  put(folder, { 'repository/x': '', 'before/.git/x': '', 'after/.git/x': '' });
  git(inFolder('repository'), 'init', '--quiet', '--initial-branch=main');
  const input = (cwd: string) => ({
    files: nodeFiles,
    cwd,
    rules: rulesFor(cwd, true, true),
    now: Date.UTC(2026, 0, 1),
    findings: true,
  });
  const revisions = async (head?: string): Promise<unknown> => {
    const compared = await compareRevisions('HEAD~1', head, input(inFolder('repository')));
    if ('wrong' in compared) throw new Error(compared.wrong);
    return answer(compared);
  };
  const answer = ({ before, after, differing }: Comparison): unknown =>
    JSON.parse(JSON.stringify(diff(before, after, differing)));
  await fc.assert(
    fc.asyncProperty(changes, async ({ before, after }) => {
      commit(before);
      commit(after);
      fill('before', before);
      fill('after', after);
      const whole = answer(compareFolders(inFolder('before'), inFolder('after'), input(folder)));
      expect(await revisions('HEAD')).toEqual(whole);
      expect(await revisions()).toEqual(whole);
    }),
    { numRuns: 60 },
  );
});
