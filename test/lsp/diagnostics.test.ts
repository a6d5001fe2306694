import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import {
  Client,
  codes,
  folderWith,
  pulling,
  pushing,
  remove,
  uriOf,
  write,
  asText,
  type Options,
} from './client';
import { config, device, policy, statement } from './documents';

const clients: Client[] = [];
const folders: string[] = [];

async function start(
  files: Record<string, unknown>,
  options: Options = {},
): Promise<{ client: Client; folder: string }> {
  const folder = folderWith(files);
  folders.push(folder);
  const client = await Client.start({ folders: [folder], ...options });
  clients.push(client);
  return { client, folder };
}

afterEach(async () => {
  for (const client of clients.splice(0)) {
    await client.stop();
    expect(client.faults).toEqual([]);
  }
  for (const folder of folders.splice(0)) remove(folder);
});

const notAccepted = policy({
  ksn: { enforcement: 'enforce', enabled: true, statement: { ...statement, accepted: false } },
});
const uriName = 'a.kea-policy.json';

describe('by pull', () => {
  test('an open document has its findings, with all that the client can show', async () => {
    const { client, folder } = await start({ 'kea-policy.config.json': config, [uriName]: notAccepted });
    const uri = uriOf(folder, uriName);
    await client.open(uri, asText(notAccepted) as string);
    const [diagnostic, ...others] = await client.pull(uri);
    expect(others).toEqual([]);
    expect(diagnostic).toMatchObject({
      code: 'ksn-acceptance-required',
      source: 'kea-policy',
      severity: 1,
      codeDescription: {
        href: 'https://github.com/kea-policy/kea-policy/blob/main/docs/rules/ksn-acceptance-required.md',
      },
      data: { rule: 'ksn-acceptance-required' },
      range: { start: { line: 6, character: 15 }, end: { line: 6, character: 19 } },
    });
    expect(client.published.size).toBe(0);
  });

  test('an unchanged answer is said to be so, and a changed one is not', async () => {
    const { client, folder } = await start({ 'kea-policy.config.json': config, [uriName]: notAccepted });
    const uri = uriOf(folder, uriName);
    const text = asText(notAccepted) as string;
    await client.open(uri, text);
    const first = await client.request('textDocument/diagnostic', { textDocument: { uri } });
    const again = { textDocument: { uri }, previousResultId: first.resultId };
    expect(await client.request('textDocument/diagnostic', again)).toEqual({
      kind: 'unchanged',
      resultId: first.resultId,
    });
    await client.change(uri, [
      { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '\n' },
    ]);
    const moved = await client.request('textDocument/diagnostic', again);
    expect(moved.items[0].range.start.line).toBe(7);
    await client.change(uri, [{ text: text.replace('"enabled": true', '"enabled": false') }]);
    expect(await client.pull(uri)).toEqual([]);
  });

  test('an answer of another project is not taken for the one that the client has', async () => {
    const { client, folder } = await start({ '.git/HEAD': '', [`a/${uriName}`]: notAccepted });
    const uri = uriOf(folder, `a/${uriName}`);
    const first = await client.request('textDocument/diagnostic', { textDocument: { uri } });
    write(folder, 'a/kea-policy.config.json', { rules: { 'ksn-acceptance-required': 'info' } });
    await client.notify('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf(folder, 'a/kea-policy.config.json'), type: 1 }],
    });
    const again = { textDocument: { uri }, previousResultId: first.resultId };
    expect(await client.request('textDocument/diagnostic', again)).toMatchObject({
      kind: 'full',
      items: [{ severity: 3 }],
    });
  });

  test('files that are not open are told of with the workspace, and again only where they changed', async () => {
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      'in-order.kea-policy.json': policy({ name: 'Other', administrationGroup: 'Other' }),
      [uriName]: notAccepted,
      'b.kea-policy.json': { ...notAccepted, administrationGroup: 'Third' },
    });
    const reports = await client.pullWorkspace();
    expect([...reports.keys()].sort()).toEqual([uriOf(folder, uriName), uriOf(folder, 'b.kea-policy.json')]);
    const previous = [...reports.values()].map(({ uri, resultId }) => ({ uri, value: resultId }));
    await client.open(uriOf(folder, uriName), asText(policy()) as string);
    const after = await client.pullWorkspace(previous);
    expect(after.get(uriOf(folder, uriName))).toMatchObject({ kind: 'full', items: [] });
    expect(after.get(uriOf(folder, 'b.kea-policy.json'))).toMatchObject({ kind: 'unchanged' });
  });

  test('a change of a parent changes its children, and the client is told to ask again', async () => {
    const child = policy({
      name: 'Child',
      administrationGroup: 'Managed devices/EMEA',
      ksn: { enabled: false },
    });
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      [uriName]: policy(),
      'child.kea-policy.json': child,
    });
    const [uri, childUri] = [uriOf(folder, uriName), uriOf(folder, 'child.kea-policy.json')];
    await client.open(uri, asText(policy()) as string);
    await client.open(childUri, asText(child) as string);
    expect(codes(await client.pull(childUri))).toEqual(['ksn-overridden-by-parent']);
    await client.change(uri, [{ text: (asText(policy()) as string).replace('"enforce"', '"undefined"') }]);
    await client.until(
      () => client.received.some(({ method }) => method === 'workspace/diagnostic/refresh'),
      'the client is told to ask again',
    );
    expect(codes(await client.pull(childUri))).toEqual(['ksn-enforcement-undefined']);
  });

  test('places in other files are linked, and move with them', async () => {
    const twin = policy({ name: 'Twin' });
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      [uriName]: policy(),
      'twin.kea-policy.json': twin,
    });
    const [uri, twinUri] = [uriOf(folder, uriName), uriOf(folder, 'twin.kea-policy.json')];
    await client.open(uri, asText(policy()) as string);
    await client.open(twinUri, asText(twin) as string);
    const duplicate = (await client.pull(uri)).find(({ code }) => code === 'policy-duplicate-active')!;
    const place = duplicate.relatedInformation!.find(({ location }) => location.uri === twinUri)!.location;
    await client.change(twinUri, [{ text: `\n${asText(twin) as string}` }]);
    const moved = (await client.pull(uri)).find(({ code }) => code === 'policy-duplicate-active')!;
    const after = moved.relatedInformation!.find(({ location }) => location.uri === twinUri)!.location;
    expect(after.range.start.line).toBe(place.range.start.line + 1);
  });
});

describe('by push', () => {
  test('every open document gets an answer, an empty one too, and other files as soon as they are judged', async () => {
    const { client, folder } = await start(
      {
        'kea-policy.config.json': config,
        [uriName]: notAccepted,
        'in-order.kea-policy.json': policy({ administrationGroup: 'Other' }),
      },
      { capabilities: pushing },
    );
    expect(codes(await client.pushed(uriOf(folder, uriName)))).toEqual(['ksn-acceptance-required']);
    const open = uriOf(folder, 'in-order.kea-policy.json');
    expect(client.published.has(open)).toBe(false);
    await client.open(open, asText(policy({ administrationGroup: 'Other' })) as string);
    expect(await client.pushed(open)).toEqual([]);
    expect(client.published.get(open)!.version).toBe(1);
    expect(client.initializeResult.capabilities.diagnosticProvider).toBeUndefined();
  });

  test('a client that pulls, but can’t be asked to pull again, is told of what another file changes', async () => {
    const child = policy({ administrationGroup: 'Managed devices/A', ksn: { enabled: false } });
    const { client, folder } = await start(
      { [uriName]: policy(), 'child.kea-policy.json': child },
      { capabilities: { ...pulling, workspace: { ...pulling.workspace, diagnostics: {} } } },
    );
    expect(client.initializeResult.capabilities.diagnosticProvider).toBeUndefined();
    const uri = uriOf(folder, 'child.kea-policy.json');
    await client.pushed(uri, (found) => codes(found).includes('ksn-overridden-by-parent'));
    const undefinedGroup = policy({ ksn: { enforcement: 'undefined' } });
    await client.open(uriOf(folder, uriName), asText(undefinedGroup) as string);
    await client.pushed(uri, (found) => !codes(found).includes('ksn-overridden-by-parent'));
  });

  test('such a client gets with a finding what it takes of what is published, not of what is pulled', async () => {
    const textDocument = {
      publishDiagnostics: { codeDescriptionSupport: true },
      diagnostic: { codeDescriptionSupport: false, dataSupport: true },
    };
    const { client, folder } = await start({ [uriName]: notAccepted }, { capabilities: { textDocument } });
    const [found] = await client.pushed(uriOf(folder, uriName), ({ length }) => length > 0);
    expect(found).toHaveProperty('codeDescription');
    expect(found).not.toHaveProperty('data');
  });

  test('a file that the client writes in its own way is told of once', async () => {
    const { client, folder } = await start({ 'ü.kea-policy.json': notAccepted }, { capabilities: pushing });
    const ours = uriOf(folder, 'ü.kea-policy.json');
    const theirs = ours.replace('%C3%BC', '%c3%bc');
    await client.pushed(ours, (found) => found.length === 1);
    await client.open(theirs, asText(notAccepted) as string);
    await client.pushed(theirs, (found) => found.length === 1);
    expect(client.published.get(ours)!.diagnostics).toEqual([]);
    await client.close(theirs);
    await client.pushed(ours, (found) => found.length === 1);
    expect(client.published.get(theirs)!.diagnostics).toEqual([]);
  });

  test('what a client can’t show is left out', async () => {
    const { client, folder } = await start({ [uriName]: notAccepted }, { capabilities: pushing });
    const [diagnostic] = await client.pushed(uriOf(folder, uriName));
    expect(diagnostic).not.toHaveProperty('codeDescription');
    expect(diagnostic).not.toHaveProperty('data');
  });

  test('a text that is changed back has the findings of its file', async () => {
    const { client, folder } = await start(
      { 'kea-policy.config.json': config, [uriName]: policy() },
      { capabilities: pushing },
    );
    const uri = uriOf(folder, uriName);
    await client.open(uri, asText(policy()) as string);
    await client.change(uri, [{ text: asText(notAccepted) }]);
    await client.pushed(uri, (diagnostics) => diagnostics.length === 1);
    await client.close(uri);
    await client.pushed(uri, (diagnostics) => diagnostics.length === 0);
  });
});

describe('files on disk', () => {
  const watched = (client: Client, uri: string, type: 1 | 2 | 3): Promise<void> =>
    client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri, type }] });

  test('a file that comes, changes and goes leaves nothing behind', async () => {
    const { client, folder } = await start({ 'kea-policy.config.json': config });
    const uri = uriOf(folder, uriName);
    expect((await client.pullWorkspace()).size).toBe(0);
    write(folder, uriName, notAccepted);
    await watched(client, uri, 1);
    const reports = await client.pullWorkspace();
    expect(reports.get(uri).items).toHaveLength(1);
    rmSync(join(folder, uriName));
    await watched(client, uri, 3);
    const previous = [{ uri, value: reports.get(uri).resultId as string }];
    expect((await client.pullWorkspace(previous)).get(uri)).toMatchObject({ kind: 'full', items: [] });
  });

  test('a folder that goes takes its files along', async () => {
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      [`below/${uriName}`]: notAccepted,
    });
    expect((await client.pullWorkspace()).size).toBe(1);
    rmSync(join(folder, 'below'), { recursive: true });
    await watched(client, uriOf(folder, 'below'), 3);
    expect((await client.pullWorkspace()).size).toBe(0);
  });

  test('a config takes effect at once, opened or on disk, and a nested one takes its folder out', async () => {
    const { client, folder } = await start({ [`below/${uriName}`]: notAccepted });
    const rulesOff = { rules: { 'ksn-acceptance-required': 'off' } };
    expect((await client.pullWorkspace()).size).toBe(1);
    write(folder, 'kea-policy.config.json', rulesOff);
    await watched(client, uriOf(folder, 'kea-policy.config.json'), 1);
    expect((await client.pullWorkspace()).size).toBe(0);
    await client.open(uriOf(folder, 'kea-policy.config.json'), '{}', 'kea-policy-config');
    expect((await client.pullWorkspace()).size).toBe(1);
    await client.change(uriOf(folder, 'kea-policy.config.json'), [
      { text: JSON.stringify({ ignore: ['below'] }) },
    ]);
    expect((await client.pullWorkspace()).size).toBe(0);
    await client.change(uriOf(folder, 'kea-policy.config.json'), [{ text: '{}' }]);
    write(folder, 'below/kea-policy.config.json', rulesOff);
    await watched(client, uriOf(folder, 'below/kea-policy.config.json'), 1);
    const reports = await client.pullWorkspace();
    expect(reports.has(uriOf(folder, `below/${uriName}`))).toBe(false);
    expect(codes(reports.get(uriOf(folder, 'below/kea-policy.config.json')).items)).toEqual([
      'config-nested',
    ]);
  });

  test('what git ignores is in no project', async () => {
    const { client, folder } = await start({ '.git/HEAD': '', [uriName]: notAccepted });
    expect((await client.pullWorkspace()).size).toBe(1);
    write(folder, '.gitignore', `${uriName}\n`);
    await watched(client, uriOf(folder, '.gitignore'), 1);
    expect((await client.pullWorkspace()).size).toBe(0);
    await client.open(uriOf(folder, uriName), asText(notAccepted) as string);
    expect(await client.pull(uriOf(folder, uriName))).toEqual([]);
  });

  test('where the client refuses to watch, the server does', async () => {
    const refuse = (): never => {
      throw new Error('refused');
    };
    const { client, folder } = await start(
      { [uriName]: policy() },
      { answers: { 'client/registerCapability': refuse } },
    );
    const refused = (): boolean => client.received.some(({ method }) => method === 'window/logMessage');
    await client.until(refused, 'the refusal is logged');
    const refreshes = (): number =>
      client.received.filter(({ method }) => method === 'workspace/diagnostic/refresh').length;
    await client.pullWorkspace();
    const before = refreshes();
    write(folder, 'b.kea-policy.json', notAccepted);
    await client.until(() => refreshes() > before, 'the client is told to ask again');
    expect((await client.pullWorkspace()).has(uriOf(folder, 'b.kea-policy.json'))).toBe(true);
  });

  test('without a client that watches, the server does', async () => {
    const { client, folder } = await start({ 'kea-policy.config.json': config }, { capabilities: pushing });
    await client.open(
      uriOf(folder, 'x.kea-policy.json'),
      asText(policy({ administrationGroup: 'X' })) as string,
    );
    await client.pushed(uriOf(folder, 'x.kea-policy.json'));
    writeFileSync(join(folder, uriName), asText(notAccepted));
    expect(codes(await client.pushed(uriOf(folder, uriName)))).toEqual(['ksn-acceptance-required']);
  });

  test.each([
    ['', ''],
    [', with a byte order mark that the client sends', '\uFEFF'],
  ])('bytes that are no UTF-8 are found in an open file too, until it is edited%s', async (_how, mark) => {
    const bytes = Buffer.concat([
      Buffer.from(`${mark}{"kind":"policy","name":"`),
      Buffer.from([0xff]),
      Buffer.from('"}'),
    ]);
    const { client, folder } = await start({ [uriName]: bytes });
    const uri = uriOf(folder, uriName);
    await client.open(uri, bytes.toString());
    expect(codes(await client.pull(uri))).toEqual(['document-unreadable']);
    await client.change(uri, [{ text: asText(policy({ ksn: {} })) }]);
    expect(await client.pull(uri)).toEqual([]);
  });
});

describe('where files are', () => {
  test('several folders, each with its project', async () => {
    const other = folderWith({
      'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'info' } },
      [uriName]: notAccepted,
    });
    folders.push(other);
    const first = folderWith({ [uriName]: notAccepted });
    folders.push(first);
    const client = await Client.start({ folders: [first, other] });
    clients.push(client);
    const reports = await client.pullWorkspace();
    expect(reports.get(uriOf(first, uriName)).items[0].severity).toBe(1);
    expect(reports.get(uriOf(other, uriName)).items[0].severity).toBe(3);
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [], removed: [{ uri: `${uriOf(other)}/`, name: other }] },
    });
    expect([...(await client.pullWorkspace()).keys()]).toEqual([uriOf(first, uriName)]);
  });

  test('a folder that a client of long ago names, whatever it is called', async () => {
    const folder = folderWith({ [`50% #1?/${uriName}`]: notAccepted });
    folders.push(folder);
    const rootUri = uriOf(folder, '50% #1?');
    for (const root of [
      { workspaceFolders: null, rootUri: null, rootPath: join(folder, '50% #1?') },
      { workspaceFolders: [], rootUri },
    ]) {
      const client = await Client.start({ root });
      clients.push(client);
      expect([...(await client.pullWorkspace()).keys()]).toEqual([`${rootUri}/${uriName}`]);
    }
  });

  test('a folder that is not there has nothing in it, until it is', async () => {
    const { client, folder } = await start({});
    remove(folder);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder), type: 3 }] });
    expect((await client.pullWorkspace()).size).toBe(0);
    write(folder, uriName, notAccepted);
    await client.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: uriOf(folder), type: 1 }] });
    expect([...(await client.pullWorkspace()).keys()]).toEqual([uriOf(folder, uriName)]);
  });

  test('a file in a folder that was never saved is in the project of a config that comes', async () => {
    const { client, folder } = await start({});
    const uri = uriOf(folder, `new/folder/${uriName}`);
    await client.open(uri, asText(notAccepted) as string);
    expect(await client.pull(uri)).toMatchObject([{ severity: 1 }]);
    const above = uriOf(folder, 'new/kea-policy.config.json');
    await client.open(above, '{ "rules": { "ksn-acceptance-required": "info" } }', 'kea-policy-config');
    expect(await client.pull(uri)).toMatchObject([{ severity: 3 }]);
    await client.close(above);
    expect(await client.pull(uri)).toMatchObject([{ severity: 1 }]);
  });

  test('a file that is open under two names is open until both are closed', async () => {
    const { client, folder } = await start({ [uriName]: policy() });
    const uri = uriOf(folder, uriName);
    const other = uri.replace('a.kea', '%61.kea');
    await client.open(uri, asText(notAccepted) as string);
    await client.open(other, asText(notAccepted) as string);
    await client.close(other);
    expect(codes(await client.pull(uri))).toEqual(['ksn-acceptance-required']);
    await client.change(uri, [{ text: '{' }]);
    expect(codes(await client.pull(uri))).toContain('json-syntax');
    await client.open(other, asText(policy()) as string);
    expect(codes(await client.pull(uri))).not.toContain('json-syntax');
    await client.close(other);
    await client.close(uri);
    expect(codes(await client.pull(uri))).not.toContain('json-syntax');
  });

  test('a folder inside another one of the workspace makes no second project of its files', async () => {
    const { client, folder } = await start({ [uriName]: policy(), [`sub/${uriName}`]: policy() });
    const sub = uriOf(folder, 'sub');
    await client.notify('workspace/didChangeWorkspaceFolders', {
      event: { added: [{ uri: sub, name: 'sub' }], removed: [] },
    });
    const reports = await client.pullWorkspace();
    for (const path of [uriName, `sub/${uriName}`]) {
      expect(codes(reports.get(uriOf(folder, path)).items)).toContain('policy-duplicate-active');
    }
  });

  test('a project around the folder of the workspace goes with the file that brought it in', async () => {
    const folder = folderWith({
      'kea-policy.config.json': {},
      [uriName]: notAccepted,
      'inner/kea-policy.config.json': {},
      [`inner/${uriName}`]: notAccepted,
    });
    folders.push(folder);
    const client = await Client.start({ folders: [`${folder}/inner`] });
    clients.push(client);
    const inner = uriOf(folder, `inner/${uriName}`);
    const outer = uriOf(folder, uriName);
    expect([...(await client.pullWorkspace()).keys()]).toEqual([inner]);
    await client.open(outer, asText(notAccepted) as string);
    expect([...(await client.pullWorkspace()).keys()]).toContain(outer);
    await client.close(outer);
    expect([...(await client.pullWorkspace()).keys()]).toEqual([inner]);
  });

  test('a file without a workspace is judged with its own project', async () => {
    const folder = folderWith({
      'kea-policy.config.json': { rules: { 'ksn-acceptance-required': 'info' } },
      [`a/${uriName}`]: notAccepted,
    });
    folders.push(folder);
    const client = await Client.start({ folders: [] });
    clients.push(client);
    await client.open(uriOf(folder, `a/${uriName}`), asText(notAccepted) as string);
    expect(await client.pull(uriOf(folder, `a/${uriName}`))).toMatchObject([{ severity: 3 }]);
  });

  test('what another server was asked before is no answer of this one', async () => {
    const { client, folder } = await start({ [uriName]: notAccepted });
    const uri = uriOf(folder, uriName);
    const ask = (of: Client, previousResultId?: string): Promise<{ kind: string; resultId: string }> =>
      of.request('textDocument/diagnostic', {
        textDocument: { uri },
        ...(previousResultId && { previousResultId }),
      });
    const { resultId } = await ask(client);
    expect(await ask(client, resultId)).toMatchObject({ kind: 'unchanged' });
    const next = await Client.start({ folders: [folder] });
    clients.push(next);
    await next.open(uri, asText(policy({ name: 1 })) as string);
    expect(await ask(next, resultId)).toMatchObject({ kind: 'full' });
  });

  test('a folder that the client names by a detour is that folder', async () => {
    const { folder } = await start({ [`a/${uriName}`]: notAccepted, [uriName]: notAccepted });
    for (const detour of ['a/.', 'a/../a', 'a/b/..']) {
      const client = await Client.start({
        workspaceFolders: [{ uri: `${uriOf(folder)}/${detour}`, name: detour }],
      });
      clients.push(client);
      expect([...(await client.pullWorkspace()).keys()]).toEqual([uriOf(folder, `a/${uriName}`)]);
    }
  });

  test('a file that the client names by a detour is that file, and not another one beside it', async () => {
    const { client, folder } = await start({ [`a/${uriName}`]: notAccepted });
    for (const detour of [`/a/${uriName}`, `./a/${uriName}`, `a/../a/${uriName}`]) {
      const uri = `${uriOf(folder)}/${detour}`;
      await client.open(uri, asText(notAccepted) as string);
      expect(codes(await client.pull(uri))).toEqual(['ksn-acceptance-required']);
      expect([...(await client.pullWorkspace()).keys()]).toEqual([uri]);
      await client.close(uri);
      expect([...(await client.pullWorkspace()).keys()]).toEqual([uriOf(folder, `a/${uriName}`)]);
    }
  });

  test('an untitled document is judged by itself', async () => {
    const { client } = await start({ [uriName]: policy() });
    await client.open('untitled:Untitled-1', asText(notAccepted) as string);
    expect(codes(await client.pull('untitled:Untitled-1'))).toEqual(['ksn-acceptance-required']);
    await client.open('untitled:Untitled-2', '{ "plugin": 1 }', 'kea-policy-config');
    expect(codes(await client.pull('untitled:Untitled-2'))).toEqual(['invalid-value']);
  });

  test('only open files are told of where the user wants that', async () => {
    const { client, folder } = await start(
      { [uriName]: notAccepted },
      { settings: { diagnostics: { scope: 'openFiles' } } },
    );
    expect((await client.pullWorkspace()).size).toBe(0);
    const uri = uriOf(folder, uriName);
    const closed = await client.request('textDocument/diagnostic', { textDocument: { uri } });
    expect(closed.items).toEqual([]);
    await client.open(uri, asText(notAccepted) as string);
    const opened = { textDocument: { uri }, previousResultId: closed.resultId };
    expect((await client.request('textDocument/diagnostic', opened)).items).toHaveLength(1);
  });

  test('a config below another one is told of from the first answer on', async () => {
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      'a/kea-policy.config.json': {},
    });
    expect(codes(await client.pull(uriOf(folder, 'a/kea-policy.config.json')))).toEqual(['config-nested']);
  });

  test('devices are judged beside the policies that reach them', async () => {
    const other = device({ agent: { version: '3.14', statementVersion: '2022-01' } });
    const { client, folder } = await start({
      'kea-policy.config.json': config,
      [uriName]: policy(),
      'd.kea-policy.json': other,
    });
    const reports = await client.pullWorkspace();
    expect(codes(reports.get(uriOf(folder, uriName)).items)).toContain('ksn-agent-statement-mismatch');
  });
});
