import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  answering,
  api,
  at,
  finding,
  leave,
  noFinding,
  open,
  placeOf,
  rulesIn,
  shown,
  unsaved,
  until,
  type Asked,
} from './editor';

type Catalogue = { version: string; texts: { language: string; file: string; sha256?: string }[] }[];

const singapore = 'apac/singapore.kea-policy.json';
const servers = 'emea/servers.kea-policy.json';

/** Answers as a user who accepts, up to a question that is left with Escape. */
function accepting(stopAt?: RegExp) {
  return (question: string, choices: readonly string[]): unknown => {
    if (stopAt?.test(question)) return undefined;
    if (/which language|KSN Statement 2023-10$/.test(question)) return choices[0];
    if (/^Read KSN Statement/.test(question)) return choices[0];
    if (/^I confirm/.test(question)) return 'I Confirm and Accept';
    if (/^Who accepts/.test(question)) return 'Anna Keller';
    if (/^Enable KSN usage/.test(question)) return choices[0];
    return undefined;
  };
}

const review = (path: string, answers = accepting()): Promise<Asked[]> =>
  answering(answers, () => vscode.commands.executeCommand('keaPolicy.reviewStatement', at(path)));
const textOf = async (path: string) => (await vscode.workspace.openTextDocument(at(path))).getText();
const ksnOf = async (path: string) =>
  (JSON.parse(await textOf(path)) as { ksn: Record<string, unknown> }).ksn;

/** The tab that shows a Statement's text. */
function statementTab(): vscode.Tab | undefined {
  return vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .find(({ input }) => input instanceof vscode.TabInputText && input.uri.scheme === 'kea-policy-statement');
}

describe('the review of the KSN Statement', () => {
  before(api);
  afterEach(leave);

  it('asks with the sentence of the console, and records who accepted which text, and when', async () => {
    const { document } = await open(singapore);
    await finding(document.uri, 'ksn-acceptance-required');
    const before = Date.now();
    const asked = await review(singapore);
    const { statement } = (await ksnOf(singapore)) as { statement: Record<string, string> };
    assert.equal(statement['version'], '2023-10');
    assert.equal(statement['accepted'], true);
    assert.equal(statement['acceptedBy'], 'Anna Keller');
    assert.equal(statement['language'], 'en');
    assert.match(statement['sha256']!, /^ad26f4e2/);
    const time = Date.parse(statement['acceptedAt']!);
    assert.ok(time >= before - 1000 && time <= Date.now() + 1000, statement['acceptedAt']);
    const sentence = asked.find(({ question }) => question.startsWith('I confirm'))!;
    assert.match(
      sentence.question,
      /I confirm that I have fully read, understand, and accept the terms and conditions of this KSN Statement/,
    );
    // the first one has the focus
    assert.deepEqual(sentence.choices, ['Do Not Accept', 'I Confirm and Accept']);
    assert.match(sentence.detail, /does not accept the Statement in Kaspersky Security Center/);
    await noFinding(document.uri, 'ksn-acceptance-required');
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    await finding(document.uri, 'ksn-acceptance-required');
  });

  for (const [where, question] of [
    ['at the language', /^KSN Statement 2023-10$/],
    ['at the text', /^Read KSN Statement/],
    ['at the name', /^Who accepts/],
    ['at the sentence', /^I confirm/],
  ] as const) {
    it(`changes nothing when it is left ${where}`, async () => {
      const before = await textOf(singapore);
      const run = review(singapore, accepting(question));
      if (where === 'at the text') {
        // the notification is gone, the text is still there: closing it is the end
        const tab = await until('the text is shown', () => statementTab());
        await vscode.window.tabGroups.close(tab);
      }
      const asked = await run;
      assert.match(asked.at(-1)!.question, question);
      assert.equal(await textOf(singapore), before);
      assert.equal((await vscode.workspace.openTextDocument(at(singapore))).isDirty, false);
    });
  }

  it('can be started anew while a text is open, and the one before changes nothing', async () => {
    const start = () => vscode.commands.executeCommand('keaPolicy.reviewStatement', at(singapore));
    const uriOf = (tab: vscode.Tab) => (tab.input as vscode.TabInputText).uri;
    const asked = await answering(accepting(/^(Read KSN Statement|I confirm)/), async () => {
      const first = start();
      const tab = await until('the text is shown', () => statementTab());
      const before = uriOf(tab).toString();
      const second = start();
      await first;
      const again = await until('the text is shown anew', () => {
        const found = statementTab();
        return found !== undefined && uriOf(found).toString() !== before && found;
      });
      // the policy is not shown a second time, over the text
      assert.equal(vscode.window.tabGroups.all.length, 2);
      await vscode.commands.executeCommand('keaPolicy.statementRead', uriOf(again));
      await second;
    });
    assert.deepEqual(
      asked.filter(({ question }) => /^(Who|I confirm)/.test(question)).map(({ how }) => how),
      ['pick', 'message'],
    );
    await until('the text is closed', () => statementTab() === undefined);
  });

  it('shows the very text of the catalogue read-only, and goes on by the link above it', async () => {
    const catalogue = await vscode.workspace.fs.readFile(at('statements/2023-10.en.txt'));
    const run = review(singapore, (question, choices) =>
      question.startsWith('Read KSN') || question.startsWith('Who')
        ? undefined
        : accepting()(question, choices),
    );
    const tab = await until('the text is shown', () => statementTab());
    const { uri } = tab.input as vscode.TabInputText;
    const document = await vscode.workspace.openTextDocument(uri);
    assert.equal(document.getText(), new TextDecoder().decode(catalogue));
    assert.equal(vscode.workspace.fs.isWritableFileSystem(uri.scheme), undefined);
    const lenses = await until('the links', async () => {
      const found = await vscode.commands.executeCommand<vscode.CodeLens[]>(
        'vscode.executeCodeLensProvider',
        uri,
        9,
      );
      return found.length > 0 && found;
    });
    const go = lenses.find(({ command }) => command?.command === 'keaPolicy.statementRead')!;
    await vscode.commands.executeCommand(go.command!.command, ...(go.command!.arguments as unknown[]));
    const asked = await run;
    assert.match(asked.at(-1)!.question, /^Who accepts/);
    await until('the text is closed', () => statementTab() === undefined);
  });

  it('says how the required Statement becomes known where it is not', async () => {
    const asked = await review('laboratory/laboratory.kea-policy.json');
    assert.equal(asked.length, 1);
    assert.match(asked[0]!.question, /is not known/);
    assert.match(asked[0]!.detail, /statementVersion/);
  });

  for (const [how, change, said, advice] of [
    ['is in no catalogue', () => [], /is not in the project’s catalogue$/, /^Save the text of the Statement/],
    [
      'is not the one recorded',
      ([entry]: Catalogue) => [
        { ...entry!, texts: entry!.texts.slice(0, 1).map((text) => ({ ...text, sha256: '0'.repeat(64) })) },
      ],
      /can’t be shown$/,
      /its hash is another\.\n\nWhere a hash differs/,
    ],
  ] as const) {
    it(`leads to the place in the config where a text ${how}, and goes on only by another button`, async () => {
      const config = at('kea-policy.config.json');
      await finding(config, 'config-text-missing');
      const rules = rulesIn(config).join();
      const before = await vscode.workspace.fs.readFile(config);
      const value = JSON.parse(new TextDecoder().decode(before)) as { statements: Catalogue };
      value.statements = change(value.statements.filter(({ version }) => version === '2023-10'));
      await vscode.workspace.fs.writeFile(config, new TextEncoder().encode(JSON.stringify(value, null, 2)));
      try {
        await until('the change is known', () => rulesIn(config).join() !== rules);
        const asked = await review(singapore, (question, choices) =>
          said.test(question) ? choices[0] : undefined,
        );
        assert.match(asked[0]!.detail, advice);
        assert.deepEqual(asked[0]!.choices, ['Open Config', 'I Read It in the Console…']);
        assert.equal(asked.length, 1);
        const editor = await shown(config);
        const place = placeOf(editor.document, '"statements"');
        await until('the place is selected', () => editor.selection.start.line >= place.line);
        const on = await review(singapore, (question, choices) =>
          said.test(question) ? choices[1] : accepting(/^I confirm/)(question, choices),
        );
        assert.match(on.at(-1)!.detail, /^No text was shown here/);
      } finally {
        await vscode.workspace.fs.writeFile(config, before);
        await until('all is as before', () => rulesIn(config).join() === rules);
      }
    });
  }

  it('for all that are due ticks nothing beforehand, and records only what was ticked', async () => {
    const before = await textOf(singapore);
    let options: vscode.QuickPickOptions | undefined;
    const asked = await answering(
      (question, choices, given) => {
        if (!/is due$/.test(question)) return accepting()(question, choices);
        options = given as vscode.QuickPickOptions;
        return [];
      },
      () => vscode.commands.executeCommand('keaPolicy.reviewDue'),
    );
    const ticking = asked.find(({ question }) => /is due$/.test(question))!;
    assert.ok(ticking.choices.includes('Singapore'), ticking.choices.join());
    assert.equal(options?.canPickMany, true);
    assert.equal(asked.at(-1), ticking);
    assert.equal(await textOf(singapore), before);
    await answering(
      (question, choices) => (/is due$/.test(question) ? ['Singapore'] : accepting()(question, choices)),
      () => vscode.commands.executeCommand('keaPolicy.reviewDue'),
    );
    assert.equal(((await ksnOf(singapore))['statement'] as Record<string, unknown>)['accepted'], true);
    const dirty = await until('it is unsaved', () => unsaved().length > 0 && unsaved());
    assert.deepEqual(
      dirty.map(({ uri }) => uri.path),
      [at(singapore).path],
    );
  });
});

describe('enabling KSN', () => {
  before(api);
  afterEach(leave);

  const enable = (answers = accepting()): Promise<Asked[]> =>
    answering(answers, () => vscode.commands.executeCommand('keaPolicy.enableKsn', at(servers)));

  it('says first what it means for data, leads through the Statement, and enables at the end', async () => {
    const asked = await enable();
    assert.match(asked[0]!.question, /^Enable KSN usage in “EMEA servers”\?/);
    assert.match(asked[0]!.detail, /statistics are sent to the vendor automatically/);
    const ksn = await ksnOf(servers);
    assert.equal(ksn['enabled'], true);
    assert.equal((ksn['statement'] as Record<string, unknown>)['accepted'], true);
  });

  it('is one step for undo', async () => {
    const { document } = await open(servers);
    const before = document.getText();
    await enable();
    assert.equal((await ksnOf(servers))['enabled'], true);
    await vscode.window.showTextDocument(document);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
    await until('it is as it was saved', () => !document.isDirty);
  });

  for (const question of [/^Enable KSN usage/, /^Who accepts/, /^I confirm/]) {
    it(`changes nothing when it is left at ${question.source}`, async () => {
      const before = await textOf(servers);
      await enable(accepting(question));
      assert.equal(await textOf(servers), before);
    });
  }
});
