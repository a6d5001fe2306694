import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Diagnostic } from 'vscode-languageserver';
import { rules } from '../../server/src/rules';
import { Client, pushing, remove, uriOf, write } from '../lsp/client';
import { config, device, policy, statement } from '../lsp/documents';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = join(root, 'server/bin/kea-policy.js');

interface Place {
  path: string;
  range: { start: { line: number; column: number }; end: { line: number; column: number } };
  message: string;
}

interface CliFinding extends Place {
  rule: string;
  severity: 'error' | 'warning' | 'info';
  related: Place[];
  excepted: boolean;
}

/** A finding as both faces can say it: places from 0, by path. */
type Said = [path: string, range: string, severity: string, rule: string, message: string, related: string[]];

/** What `kea-policy validate` finds in a folder. */
function byCommandLine(folder: string): Said[] {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [bin, 'validate', '--format', 'json', '--allow-empty'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    },
  );
  if (stdout === '') throw new Error(stderr);
  const { findings } = JSON.parse(stdout) as { findings: CliFinding[] };
  const rangeOf = ({ range: { start, end } }: Place): string =>
    `${start.line - 1}:${start.column - 1}-${end.line - 1}:${end.column - 1}`;
  return findings
    .filter(({ excepted }) => !excepted)
    .map((finding): Said => {
      const related = finding.related.map((place) => `${place.path} ${rangeOf(place)} ${place.message}`);
      return [finding.path, rangeOf(finding), finding.severity, finding.rule, finding.message, related];
    })
    .sort(compare);
}

const severities = ['', 'error', 'warning', 'info'];

function said(folder: string, path: string, diagnostics: readonly Diagnostic[]): Said[] {
  const prefix = `${uriOf(folder)}/`;
  const pathOf = (uri: string): string => decodeURIComponent(uri.slice(prefix.length));
  const rangeOf = ({ start, end }: Diagnostic['range']): string =>
    `${start.line}:${start.character}-${end.line}:${end.character}`;
  return diagnostics.map(({ range, severity, code, message, relatedInformation = [] }) => [
    path,
    rangeOf(range),
    severities[severity!]!,
    String(code),
    typeof message === 'string' ? message : message.value,
    relatedInformation.map(
      ({ location, message }) => `${pathOf(location.uri)} ${rangeOf(location.range)} ${message}`,
    ),
  ]);
}

const compare = (a: Said, b: Said): number => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

/** What the language server finds in a folder, no file of it open. */
async function byServer(client: Client, folder: string): Promise<Said[]> {
  const reports = await client.pullWorkspace();
  const prefix = `${uriOf(folder)}/`;
  return [...reports]
    .flatMap(([uri, { items }]) =>
      said(folder, decodeURIComponent(uri.slice(prefix.length)), items as Diagnostic[]),
    )
    .sort(compare);
}

// One folder for all, each fixture a repository of its own in it, so that none is part of another's project.
const top = realpathSync(mkdtempSync(join(tmpdir(), 'kea-policy-parity-')));
let client: Client;

function place(fixture: string, files: Record<string, unknown>): void {
  mkdirSync(join(top, fixture, '.git'), { recursive: true });
  for (const [path, content] of Object.entries(files)) write(top, `${fixture}/${path}`, content);
}

const notAccepted = policy({
  ksn: { enforcement: 'enforce', enabled: true, statement: { ...statement, accepted: false } },
});
const text = JSON.stringify(notAccepted, null, 2);

/** Whole projects, for what no example of a single rule shows. */
const fixtures: Record<string, Record<string, unknown>> = {
  'nested-configs': {
    'kea-policy.config.json': { ...config, rules: { 'config-nested': 'error' } },
    'a.kea-policy.json': notAccepted,
    'below/kea-policy.config.json': {
      rules: { 'ksn-acceptance-required': 'info' },
      ignore: ['x*'],
      plugin: 1,
    },
    'below/b.kea-policy.json': notAccepted,
    'below/xc.kea-policy.json': notAccepted,
  },
  ignored: {
    '.gitignore': 'out/\n*.draft.kea-policy.json\n!kept.draft.kea-policy.json\n',
    'out/a.kea-policy.json': notAccepted,
    'a.draft.kea-policy.json': notAccepted,
    'kept.draft.kea-policy.json': notAccepted,
    'node_modules/x/a.kea-policy.json': notAccepted,
    'inner/.git/HEAD': '',
    'inner/a.kea-policy.json': notAccepted,
  },
  texts: {
    'crlf.kea-policy.json': text.replace(/\n/g, '\r\n'),
    'cr.kea-policy.json': text.replace(/\n/g, '\r'),
    'bom.kea-policy.json': `\uFEFF${text.replace('"name"', '"nmae"')}`,
    'emoji.kea-policy.json':
      '{"kind":"policy","name":"😀😀","administrationGroup":"G😀","ksn":{"enabled":"😀","x":1}}',
    'latin1.kea-policy.json': Buffer.from('{"name":"\xe9"}', 'latin1'),
    'utf16.kea-policy.json': Buffer.from(`\uFEFF${text}`, 'utf16le'),
    'empty.kea-policy.json': '',
    'deep.kea-policy.json': `${'['.repeat(100)}${']'.repeat(100)}`,
    'deeper.kea-policy.json': '['.repeat(50_000),
    'large.kea-policy.json': `{"name":"${'x'.repeat(1_100_000)}"}`,
    'comments.kea-policy.json': '// a\n{ "kind": "policy", /* b */ "name": \'c\', "ksn": {}, }',
    'twice.kea-policy.json':
      '{"kind":"policy","kind":"device","name":"a","name":"a","ksn":{"enabled":true,"enabled":1e400}}',
    'surrogate.kea-policy.json': '{"kind":"policy","name":"\\ud800","administrationGroup":"G","ksn":{}}',
    'array.kea-policy.json': '[1, 2, 3]',
    'odd name & 100%.kea-policy.json': notAccepted,
  },
  estate: {
    'kea-policy.config.json': {
      ...config,
      agents: [
        ...config.agents,
        {
          version: '3.14',
          statementVersion: '2022-01',
          hosts: 7,
          administrationGroups: ['Managed devices/A'],
        },
      ],
      administrationGroups: ['Managed devices', 'Managed devices/A'],
      statements: [
        {
          version: '2023-10',
          texts: [
            { language: 'en', file: 'en.txt', sha256: '0'.repeat(64) },
            { language: 'de', file: '../de.txt' },
          ],
        },
      ],
      overrides: [{ files: ['sales/**'], rules: { 'ksn-region-restricted': 'error' } }],
    },
    'en.txt': 'text',
    'a.kea-policy.json': policy({ regions: ['US'] }),
    'sales/b.kea-policy.json': policy({
      name: 'B',
      administrationGroup: 'Managed devices/A',
      regions: ['US'],
      ksn: { enabled: false },
      exceptions: [
        { rule: 'ksn-overridden-by-parent', reason: 'because it is so' },
        { rule: 'ksn-region-restricted', reason: 'because it is so', expires: '2020-01-01' },
      ],
    }),
    'twin.kea-policy.json': policy({ administrationGroup: 'Managed devices/B' }),
    'twin2.kea-policy.json': policy({ administrationGroup: 'Managed devices/B' }),
    'd.kea-policy.json': device({ agent: { version: '3.14', statementVersion: '2022-01' } }),
  },
};

beforeAll(async () => {
  for (const [fixture, files] of Object.entries(fixtures)) place(fixture, files);
  symlinkSync('a.kea-policy.json', join(top, 'estate/link.kea-policy.json'));
  symlinkSync('nowhere.kea-policy.json', join(top, 'estate/broken.kea-policy.json'));
  symlinkSync('..', join(top, 'estate/circle'));
  for (const rule of rules) {
    for (const [i, example] of [...rule.docs.avoid, ...rule.docs.prefer].entries()) {
      place(`${rule.id}-${i}`, Object.fromEntries(example.files.map(({ path, content }) => [path, content])));
    }
  }
  for (const example of ['estate', 'estate-in-order']) {
    cpSync(join(root, 'examples', example), join(top, `example-${example}`), { recursive: true });
    mkdirSync(join(top, `example-${example}`, '.git'), { recursive: true });
  }
  client = await Client.start({ folders: [top] });
});

afterAll(async () => {
  await client.stop();
  expect(client.faults).toEqual([]);
  remove(top);
});

describe('the command line and the language server find the same', () => {
  test('in every fixture and every example, no file open', async () => {
    const found = byCommandLine(top);
    expect(new Set(found.map(([, , , rule]) => rule)).size).toBeGreaterThan(25);
    expect(await byServer(client, top)).toEqual(found);
  });

  test('in each of them on its own', async () => {
    for (const fixture of [...Object.keys(fixtures), 'example-estate']) {
      const folder = join(top, fixture);
      const alone = await Client.start({ folders: [folder] });
      expect(await byServer(alone, folder), fixture).toEqual(byCommandLine(folder));
      await alone.stop();
      expect(alone.faults).toEqual([]);
    }
  });

  test('by push', async () => {
    const folder = join(top, 'estate');
    const pushed = await Client.start({ folders: [folder], capabilities: pushing });
    const found = byCommandLine(folder);
    const files = new Set(found.map(([path]) => path)).size;
    await pushed.until(() => pushed.published.size >= files, 'all files are told of');
    const prefix = `${uriOf(folder)}/`;
    const all = [...pushed.published.values()].flatMap(({ uri, diagnostics }) =>
      said(folder, decodeURIComponent(uri.slice(prefix.length)), diagnostics),
    );
    expect(all.sort(compare)).toEqual(found);
    await pushed.stop();
  });

  test('when the files are open', async () => {
    const folder = join(top, 'estate');
    const found = byCommandLine(folder);
    for (const path of new Set(found.map(([path]) => path))) {
      if (path.startsWith('broken')) continue;
      const uri = uriOf(folder, path);
      await client.open(
        uri,
        readFileSync(join(folder, path), 'utf8'),
        path.endsWith('config.json') ? 'kea-policy-config' : undefined,
      );
      expect(said(folder, path, await client.pull(uri)).sort(compare)).toEqual(
        found.filter(([of]) => of === path),
      );
      await client.close(uri);
    }
  });
});

test('the server is started by the command line alike', async () => {
  const started = await Client.start({
    folders: [join(top, 'estate')],
    command: [process.execPath, bin, 'language-server', '--stdio'],
  });
  expect(started.initializeResult.serverInfo!.version).toBe(
    execFileSync(process.execPath, [bin, '--version']).toString().trim(),
  );
  expect(await byServer(started, join(top, 'estate'))).toEqual(byCommandLine(join(top, 'estate')));
  expect(await started.stop()).toBe(0);
});
