import {
  ErrorCodes,
  ResponseError,
  type CodeAction,
  type TextDocumentEdit,
  type TextEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { afterEach, describe, expect, test } from 'vitest';
import { Client, folderWith, pulling, pushing, remove, uriOf, asText, type Options } from './client';
import { config, policy, statement } from './documents';

let client: Client;
let folder: string;
const name = 'a.kea-policy.json';

async function start(
  document: unknown,
  options: Options = {},
  files: Record<string, unknown> = {},
): Promise<string> {
  folder = folderWith({ 'kea-policy.config.json': config, [name]: document, ...files });
  client = await Client.start({ folders: [folder], ...options });
  const uri = uriOf(folder, name);
  await client.open(uri, asText(document) as string);
  return uri;
}

afterEach(async () => {
  await client.stop();
  expect(client.faults).toEqual([]);
  remove(folder);
});

/** The actions at the first place of a text in the document. */
async function actionsAt(uri: string, document: unknown, at: string, only?: string[]): Promise<CodeAction[]> {
  const lines = (asText(document) as string).slice(0, (asText(document) as string).indexOf(at)).split('\n');
  const place = { line: lines.length - 1, character: lines.at(-1)!.length };
  return client.request('textDocument/codeAction', {
    textDocument: { uri },
    range: { start: place, end: place },
    context: { diagnostics: [], ...(only && { only }) },
  });
}

/** What the user was told. */
const told = (): string[] =>
  client.received.flatMap(({ method, params }) =>
    method === 'window/showMessage' ? [(params as { message: string }).message] : [],
  );

const notAccepted = policy({ ksn: { enforcement: 'enforce', enabled: true } });
const consent = (actions: readonly CodeAction[]): CodeAction[] =>
  actions.filter(({ kind }) => kind === 'quickfix.keaPolicy.consent');

function newTexts(edit: WorkspaceEdit | undefined): string {
  return JSON.stringify(edit);
}

describe('the consent', () => {
  test('is an edit that asks with the sentence, is not preferred, and in no fix-all', async () => {
    const uri = await start(notAccepted);
    const [action, ...others] = consent(await actionsAt(uri, notAccepted, 'true'));
    expect(others).toEqual([]);
    expect(action!.isPreferred).toBeUndefined();
    const annotation = Object.values(action!.edit!.changeAnnotations!)[0]!;
    expect(annotation.needsConfirmation).toBe(true);
    expect(annotation.label).toContain(
      'I confirm that I have fully read, understand, and accept the terms and conditions of this KSN Statement',
    );
    expect(annotation.label).toContain('2023-10');
    expect(newTexts(action!.edit)).toContain('accepted\\": true');
    for (const kind of ['source.fixAll', 'source.fixAll.keaPolicy', 'source', 'refactor']) {
      for (const other of await actionsAt(uri, notAccepted, 'true', [kind])) {
        expect(newTexts(other.edit)).not.toContain('accepted');
      }
    }
  });

  test('goes through the client’s own review flow where it has one', async () => {
    const uri = await start(notAccepted, { initializationOptions: { reviewFlow: true, commands: [] } });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    expect(action!.edit).toBeUndefined();
    expect(action!.command).toMatchObject({ command: 'keaPolicy.reviewStatement', arguments: [uri] });
  });

  test('is a question of the server where the client has no annotations; only a yes records it', async () => {
    const uri = await start(notAccepted, { capabilities: pushing });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    expect(action!.edit).toBeUndefined();
    const asked: string[] = [];
    const applied: WorkspaceEdit[] = [];
    let answer: unknown = { title: 'Cancel' };
    client.answers.set('window/showMessageRequest', ({ message }: { message: string }) => {
      asked.push(message);
      return answer;
    });
    client.answers.set('workspace/applyEdit', ({ edit }: { edit: WorkspaceEdit }) => {
      applied.push(edit);
      return { applied: true };
    });
    for (const no of [{ title: 'Cancel' }, null]) {
      answer = no;
      await client.request('workspace/executeCommand', action!.command);
    }
    expect(applied).toEqual([]);
    answer = { title: 'I confirm' };
    await client.request('workspace/executeCommand', action!.command);
    expect(asked[0]).toContain('(Statement version 2023-10)');
    expect(newTexts(applied[0])).toContain('accepted\\": true');
  });

  test.each([
    [
      'writes null for the annotations that it has not',
      { workspaceEdit: { documentChanges: true, changeAnnotationSupport: null } },
      {},
    ],
    ['does not say that it honors annotations of code actions', {}, { honorsChangeAnnotations: undefined }],
  ])('is a question also where the client %s', async (_, workspace, codeAction) => {
    const capabilities = {
      textDocument: {
        ...pulling.textDocument,
        codeAction: { ...pulling.textDocument!.codeAction, ...codeAction },
      },
      workspace: { ...pulling.workspace, ...workspace },
      window: null,
    };
    const uri = await start(notAccepted, { capabilities: capabilities as never });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    expect(action).not.toHaveProperty('edit');
    expect(action!.command!.command).toBe('keaPolicy.server.accept');
  });

  test('is offered in the KSN group also where nothing asks for it yet, once, until it is given', async () => {
    const off = policy({ ksn: { enforcement: 'enforce', enabled: false } });
    const uri = await start(off);
    expect(consent(await actionsAt(uri, off, '"enforcement"'))).toHaveLength(1);
    expect(consent(await actionsAt(uri, off, '"Workstations"'))).toEqual([]);
    for (const ksn of [{ statement }, { statement: { version: '2023-10', accepted: 'yes' } }]) {
      const other = policy({ ksn });
      await client.change(uri, [{ text: asText(other) }]);
      expect(consent(await actionsAt(uri, other, '"ksn"'))).toEqual([]);
    }
  });

  test('is not offered where the required Statement is not known', async () => {
    const uri = await start(notAccepted, {}, { 'kea-policy.config.json': {} });
    expect(consent(await actionsAt(uri, notAccepted, 'true'))).toEqual([]);
  });

  test('is refused when another Statement has become the required one meanwhile', async () => {
    const uri = await start(notAccepted, { capabilities: pushing });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    client.answers.set('window/showMessageRequest', () => ({ title: 'I confirm' }));
    const other = { ...config, plugin: { version: '3.16', statementVersion: '2025-01' } };
    await client.open(uriOf(folder, 'kea-policy.config.json'), asText(other) as string, 'kea-policy-config');
    await client.request('workspace/executeCommand', action!.command);
    const methods = client.received.map(({ method }) => method);
    expect(methods).not.toContain('workspace/applyEdit');
    expect(methods).not.toContain('window/showMessageRequest');
    expect(told()).toEqual([expect.stringContaining('is not 2023-10 any more: nothing was recorded')]);
  });

  test('is said not to be recorded where the client cannot ask', async () => {
    const uri = await start(notAccepted, { capabilities: pushing });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    client.answers.set('window/showMessageRequest', () => {
      throw new ResponseError(ErrorCodes.MethodNotFound, 'unknown');
    });
    await client.request('workspace/executeCommand', action!.command);
    expect(client.received.map(({ method }) => method)).not.toContain('workspace/applyEdit');
    expect(told()).toEqual([expect.stringContaining('“kea-policy accept” does, on a terminal')]);
  });

  test('is said not to be recorded where the client does not take the edit', async () => {
    const uri = await start(notAccepted, { capabilities: pushing });
    const [action] = consent(await actionsAt(uri, notAccepted, 'true'));
    client.answers.set('window/showMessageRequest', () => ({ title: 'I confirm' }));
    client.answers.set('workspace/applyEdit', () => ({ applied: false, failureReason: 'it changed' }));
    await client.request('workspace/executeCommand', action!.command);
    expect(told()).toEqual([
      'The acceptance was not recorded: the editor did not take the change (it changed).',
    ]);
  });
});

test('what a fix and a switch of the group do alike is offered once', async () => {
  const uri = await start(notAccepted);
  const titles = async (only?: string[]): Promise<string[]> => {
    const actions = await actionsAt(uri, notAccepted, 'true', only);
    return actions.flatMap(({ title }) => (title === 'Disable KSN usage' ? [title] : []));
  };
  expect(await titles()).toHaveLength(1);
  expect(await titles(['refactor'])).toHaveLength(1);
});

test('a config is made beside a file that has a place, and nowhere else', async () => {
  await start(notAccepted);
  const severities = async (uri: string): Promise<number> => {
    await client.open(uri, asText(notAccepted) as string);
    const actions = await actionsAt(uri, notAccepted, 'true', ['quickfix.keaPolicy.severity']);
    return actions.length;
  };
  const elsewhere = folderWith({});
  expect(await severities(uriOf(elsewhere, name))).toBe(3);
  expect(await severities('untitled:Untitled-1')).toBe(0);
  remove(elsewhere);
});

describe('fixes', () => {
  const trailing = `{
  "kind": "policy",
  "name": "A",
  "administrationGroup": "G",
  "regions": [],
  "ksn": { "enabled": false, },
}
`;

  test('a safe one is preferred, comes with its version, and with all others of its rule', async () => {
    const uri = await start(trailing);
    const actions = await actionsAt(uri, trailing, ', }');
    const fix = actions.find(({ isPreferred }) => isPreferred)!;
    expect(fix.edit!.documentChanges).toMatchObject([{ textDocument: { uri, version: 1 } }]);
    expect(actions.map(({ kind }) => kind)).toContain('quickfix.keaPolicy.fixRule');
    const [all] = await actionsAt(uri, trailing, '{', ['source.fixAll']);
    expect(all!.kind).toBe('source.fixAll.keaPolicy');
  });

  test('fit a text that the client sends with its byte order mark, which stays', async () => {
    const marked = `\uFEFF${trailing.replace('},', '}')}`;
    const uri = await start(marked);
    const document = TextDocument.create(uri, 'kea-policy', 1, marked);
    const fixed = marked.replace(', }', ' }');
    for (const only of ['quickfix', 'source.fixAll']) {
      const [action] = await actionsAt(uri, marked, ', }', [only]);
      const [change] = action!.edit!.documentChanges as TextDocumentEdit[];
      expect(TextDocument.applyEdits(document, change!.edits as TextEdit[])).toBe(fixed);
    }
    await client.change(uri, [{ text: fixed }]);
    const params = { textDocument: { uri }, options: { tabSize: 2, insertSpaces: true } };
    const layout = await client.request<TextEdit[]>('textDocument/formatting', params);
    const unformatted = TextDocument.create(uri, 'kea-policy', 2, fixed);
    expect(TextDocument.applyEdits(unformatted, layout)).toMatch(
      /^\uFEFF\{\n {2}"kind"[^]*\n {2}"ksn": \{\n/,
    );
    const outline = await client.request('textDocument/documentSymbol', { textDocument: { uri } });
    expect(outline).toHaveLength(5);
  });

  test('without documentChanges they are plain changes', async () => {
    const uri = await start(trailing, { capabilities: pushing });
    const [fix] = await actionsAt(uri, trailing, ', }', ['quickfix']);
    expect(Object.keys(fix!.edit!.changes!)).toEqual([uri]);
  });

  test('kinds are asked for down the hierarchy, and no others come', async () => {
    const uri = await start(notAccepted);
    const kindsFor = async (only: string[]): Promise<string[]> => [
      ...new Set((await actionsAt(uri, notAccepted, 'true', only)).map(({ kind }) => kind!)),
    ];
    for (const kind of await kindsFor(['refactor'])) expect(kind).toMatch(/^refactor\.rewrite\.keaPolicy\./);
    expect(await kindsFor(['quickfix.keaPolicy.consent'])).toEqual(['quickfix.keaPolicy.consent']);
    expect(await kindsFor(['quickfix.kea'])).toEqual([]);
    expect(await kindsFor(['refactor.extract'])).toEqual([]);
  });

  test('the switches of the group are offered without a finding', async () => {
    const inOrder = policy();
    const uri = await start(inOrder);
    const titles = (await actionsAt(uri, inOrder, 'enforcement', ['refactor.rewrite'])).map(
      ({ kind }) => kind,
    );
    expect(titles).toEqual([
      'refactor.rewrite.keaPolicy.disable',
      'refactor.rewrite.keaPolicy.undefine',
      'refactor.rewrite.keaPolicy.proxyOn',
    ]);
    expect(await actionsAt(uri, inOrder, '"Workstations"', ['refactor'])).toEqual([]);
  });

  test('whoever enables KSN is told first what that means for data', async () => {
    const off = policy({ ksn: { enforcement: 'enforce', enabled: false } });
    const uri = await start(off);
    const [enable] = await actionsAt(uri, off, 'enabled', ['refactor.rewrite.keaPolicy.enable']);
    expect(Object.values(enable!.edit!.changeAnnotations!)[0]).toMatchObject({
      needsConfirmation: true,
      description: expect.stringContaining('statistics are sent to the vendor automatically') as string,
    });
  });

  test('an exception is asked for by the client, or inserted with a reason to be written', async () => {
    const wrong = policy({ ksn: { enabled: true, statement } });
    const uri = await start(wrong);
    const [edit] = await actionsAt(uri, wrong, '"ksn"', ['quickfix.keaPolicy.exception']);
    expect(newTexts(edit!.edit)).toContain('ksn-enforcement-undefined');
    await client.stop();
    client = await Client.start({
      folders: [folder],
      initializationOptions: { commands: ['keaPolicy.addException'] },
    });
    await client.open(uri, asText(wrong) as string);
    const [command] = await actionsAt(uri, wrong, '"ksn"', ['quickfix.keaPolicy.exception']);
    expect(command!.command!.arguments).toEqual([uri, 'ksn-enforcement-undefined']);
  });

  test('a severity is set in the config, or in a new one', async () => {
    const wrong = policy({ ksn: { enabled: true, statement } });
    const uri = await start(wrong);
    const severities = await actionsAt(uri, wrong, '"ksn"', ['quickfix.keaPolicy.severity']);
    const rule = 'ksn-enforcement-undefined';
    const offered = await actionsAt(uri, wrong, '"ksn"', ['quickfix.keaPolicy']);
    // what silences most comes last
    expect(offered.slice(-4).map(({ title }) => title)).toEqual([
      `Show the documentation of ${rule}`,
      `Report ${rule} as error in kea-policy.config.json`,
      `Report ${rule} as info in kea-policy.config.json`,
      `Turn ${rule} off in kea-policy.config.json`,
    ]);
    expect(severities).toHaveLength(3);
    expect(newTexts(severities[0]!.edit)).toContain('kea-policy.config.json');
    await client.stop();
    const alone = folderWith({ [name]: wrong });
    client = await Client.start({ folders: [alone], capabilities: pulling });
    await client.open(uriOf(alone, name), asText(wrong) as string);
    const [created] = await actionsAt(uriOf(alone, name), wrong, '"ksn"', ['quickfix.keaPolicy.severity']);
    expect(created!.edit!.documentChanges![0]).toMatchObject({
      kind: 'create',
      uri: uriOf(alone, 'kea-policy.config.json'),
    });
    remove(alone);
  });

  test('a rule’s page is opened by the server where the client does not', async () => {
    const wrong = policy({ ksn: { enabled: true, statement } });
    const uri = await start(wrong);
    const [action] = await actionsAt(uri, wrong, '"ksn"', ['quickfix.keaPolicy.documentation']);
    await client.request('workspace/executeCommand', action!.command);
    expect(client.received.find(({ method }) => method === 'window/showDocument')!.params).toMatchObject({
      uri: expect.stringMatching(/rules\/ksn-enforcement-undefined\.md$/) as string,
      external: true,
    });
  });

  test('what the project above says of a nested config is acted on in that project', async () => {
    const nested = { plugin: { version: '3.16' } };
    const inner = 'inner/kea-policy.config.json';
    await start(policy(), {}, { [inner]: nested });
    const actions = await actionsAt(uriOf(folder, inner), nested, '{', ['quickfix.keaPolicy']);
    const off = actions.find(({ title }) => title.startsWith('Turn config-nested off'));
    expect(off!.edit!.documentChanges).toMatchObject([
      { textDocument: { uri: uriOf(folder, 'kea-policy.config.json') } },
    ]);
    expect(actions.map(({ title }) => title)).toContain('Show the documentation of config-nested');
  });
});
