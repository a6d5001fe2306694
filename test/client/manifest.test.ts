import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { clientSources } from '../../scripts/l10n.mjs';

const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
const texts: Record<string, string> = JSON.parse(readFileSync('package.nls.json', 'utf8'));
const { contributes } = manifest;

/** All strings below a value, with the name of the member that holds them. */
function strings(value: unknown, name = ''): { name: string; text: string }[] {
  if (typeof value === 'string') return [{ name, text: value }];
  if (Array.isArray(value)) return value.flatMap((each) => strings(each, name));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => strings(each, key));
}

const commands: string[] = contributes.commands.map(({ command }: { command: string }) => command);
const source = clientSources()
  .map((each) => each.source.text)
  .join('\n');

describe('texts', () => {
  test('package.nls.json has every text of the manifest, and no other', () => {
    const used = strings([manifest.description, contributes, manifest.capabilities]).flatMap(
      ({ text }) => /^%(.+)%$/.exec(text)?.[1] ?? [],
    );
    expect(Object.keys(texts).sort()).toEqual([...new Set(used)].sort());
  });

  test('every text that is shown can be translated', () => {
    const shown = new Set([
      'title',
      'label',
      'description',
      'markdownDescription',
      'enumDescriptions',
      'contents',
      'contextualTitle',
      'aliases',
    ]);
    const { languages, ...rest } = contributes;
    const bare = strings([rest, languages, manifest.capabilities])
      .filter(({ name, text }) => shown.has(name) && !/^%.+%$/.test(text))
      .map(({ text }) => text);
    // the product's own name, and the names that languages are also known by
    expect(new Set(bare)).toEqual(new Set(['KEA Policy', 'KEA Policy Config']));
  });

  test('commands that the texts link to exist', () => {
    const linked = Object.values(texts).flatMap((text) =>
      [...text.matchAll(/\(command:(keaPolicy\.\w+)/g)].map(([, command]) => command!),
    );
    expect(linked.length).toBeGreaterThan(5);
    expect(linked.filter((command) => !commands.includes(command))).toEqual([]);
  });
});

describe('commands', () => {
  test('each of the manifest is registered, and each registered one is of the manifest or internal', () => {
    const registered = [...source.matchAll(/registerCommand\(\s*'(keaPolicy\.\w+)'/g)].map(([, id]) => id!);
    // made from tables
    registered.push(
      ...['enableKsn', 'disableKsn', 'toggleEnforcement', 'toggleProxy'].map((id) => `keaPolicy.${id}`),
    );
    registered.push(...['Group', 'State', 'File'].map((mode) => `keaPolicy.viewBy${mode}`));
    const internal = ['keaPolicy.addException', 'keaPolicy.showPlaces', 'keaPolicy.showRule'];
    expect([...new Set(registered)].sort()).toEqual([...commands, ...internal].sort());
  });

  test('all have the category and an icon', () => {
    for (const command of contributes.commands) {
      expect(command).toMatchObject({
        category: 'KEA Policy',
        icon: expect.stringMatching(/^\$\([\w-]+\)$/),
      });
    }
  });

  test('menus name only commands that exist, and the palette shows none that could not work', () => {
    const menus: Record<string, { command?: string; when?: string }[]> = contributes.menus;
    const named = Object.values(menus).flatMap((items) => items.flatMap(({ command }) => command ?? []));
    expect(named.filter((command) => !commands.includes(command))).toEqual([]);
    const anywhere = ['restartServer', 'showOutput', 'reportIssue', 'openWalkthrough'].map(
      (id) => `keaPolicy.${id}`,
    );
    const conditioned = menus['commandPalette']!.map(({ command }) => command);
    expect(commands.filter((command) => !conditioned.includes(command)).sort()).toEqual(anywhere.sort());
  });

  test('`when` clauses need nothing that the lowest VS Code does not know', () => {
    const clauses = strings(contributes.menus)
      .filter(({ name }) => name === 'when')
      .map(({ text }) => text.replaceAll(/=~ \/.*?\//g, ''));
    expect(clauses.filter((text) => /[()]/.test(text))).toEqual([]);
  });
});

describe('files', () => {
  test('everything that the manifest names exists', () => {
    const named = strings([
      contributes.languages,
      contributes.grammars,
      contributes.jsonValidation,
      contributes.views,
    ])
      .filter(({ name }) => ['configuration', 'path', 'url', 'light', 'dark', 'icon'].includes(name))
      .map(({ text }) => text);
    const media = strings(contributes.walkthroughs).filter(({ name }) =>
      ['markdown', 'image', 'svg'].includes(name),
    );
    const all = [...named, ...media.map(({ text }) => text), manifest.icon];
    expect(all.length).toBeGreaterThan(12);
    expect(all.filter((path) => !existsSync(join('.', path)))).toEqual([]);
  });

  test('no setting can make findings differ from those of CI', () => {
    expect(Object.keys(contributes.configuration.properties).sort()).toEqual([
      'keaPolicy.acceptedBy',
      'keaPolicy.codeLens.enabled',
      'keaPolicy.diagnostics.scope',
      'keaPolicy.inlayHints.enabled',
      'keaPolicy.trace.server',
      'keaPolicy.tree.followActiveEditor',
    ]);
  });

  test('no workspace says who accepts the Statement, and a remote window asks the user’s own settings', () => {
    expect(contributes.configuration.properties['keaPolicy.acceptedBy'].scope).toBe('application');
  });

  test('it activates only where there is a policy, a config, or one of its commands', () => {
    expect(manifest.activationEvents).toEqual([
      'onLanguage:kea-policy',
      'onLanguage:kea-policy-config',
      'workspaceContains:**/*.kea-policy.json',
      'workspaceContains:**/kea-policy.config.json',
    ]);
  });
});
