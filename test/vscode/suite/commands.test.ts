import assert from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import * as vscode from 'vscode';
import { answering, api, at, finding, leave, open, shown, until } from './editor';

const boston = 'americas/boston.kea-policy.json';

async function ksn(path: string): Promise<Record<string, unknown>> {
  const document = await vscode.workspace.openTextDocument(at(path));
  return (JSON.parse(document.getText()) as { ksn: Record<string, unknown> }).ksn;
}

const run = (command: string, ...args: unknown[]) =>
  vscode.commands.executeCommand(`keaPolicy.${command}`, ...args);

function isAlive(process: number): boolean {
  return (
    existsSync(`/proc/${process}`) && !/^State:\s+Z/m.test(readFileSync(`/proc/${process}/status`, 'utf8'))
  );
}

/** The process of the language server that this extension host started, other than a known one. */
function serverProcess(other?: number): number | undefined {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .find((id) => {
      try {
        const parent = /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))?.[1];
        const command = readFileSync(`/proc/${id}/cmdline`, 'utf8');
        return id !== other && Number(parent) === process.pid && command.includes('/dist/server.js');
      } catch {
        return false; // it ended while it was looked at
      }
    });
}

const hex = (c: string): string => `%${c.charCodeAt(0).toString(16).toUpperCase()}`;

describe('commands', () => {
  before(api);
  afterEach(leave);

  it('disable KSN at once, in an edit that can be undone', async () => {
    const { document } = await open(boston);
    const before = document.getText();
    await run('disableKsn', document.uri);
    assert.equal((await ksn(boston))['enabled'], false);
    await vscode.commands.executeCommand('undo');
    assert.equal(document.getText(), before);
  });

  it('toggle enforcement and proxy there and back', async () => {
    await open(boston);
    await run('toggleEnforcement');
    assert.equal((await ksn(boston))['enforcement'], 'undefined');
    await run('toggleEnforcement');
    assert.equal((await ksn(boston))['enforcement'], 'enforce');
    await run('toggleProxy');
    assert.equal((await ksn(boston))['useKscAsKsnProxy'], true);
    await run('toggleProxy');
    assert.equal((await ksn(boston))['useKscAsKsnProxy'], false);
  });

  it('let the user choose a policy where none is open', async () => {
    await until('none is open', () => vscode.window.activeTextEditor === undefined);
    const asked = await answering(
      (_question, choices) => choices.find((label) => label === 'Boston'),
      () => run('disableKsn'),
    );
    assert.equal(asked[0]?.question, 'Which policy or device?');
    assert.equal((await ksn(boston))['enabled'], false);
  });

  it('validate the project and say what was found', async () => {
    const [said] = await answering(
      () => undefined,
      () => run('validateProject'),
    );
    assert.match(said!.question, /files validated: \d+ errors/);
  });

  it('apply safe fixes, and only these', async () => {
    await finding(at('laboratory/lab-003.kea-policy.json'), 'json-syntax');
    const [said] = await answering(
      () => undefined,
      () => run('applySafeFixes'),
    );
    assert.match(said!.question, /Safe fixes are applied/);
    const fixed = await vscode.workspace.openTextDocument(at('laboratory/lab-003.kea-policy.json'));
    assert.doesNotThrow(() => JSON.parse(fixed.getText()));
    assert.equal(
      (await vscode.workspace.openTextDocument(at('apac/singapore.kea-policy.json'))).isDirty,
      false,
    );
  });

  it('make a policy that is valid, off and accepts nothing', async () => {
    await open('baseline.kea-policy.json');
    await answering(
      (question) => (question.includes('1 of 2') ? 'Travellers' : 'Managed devices/EMEA/Notebooks'),
      () => run('newPolicy'),
    );
    const { document } = vscode.window.activeTextEditor!;
    const made = JSON.parse(document.getText()) as {
      name: string;
      ksn: { enabled?: boolean; statement?: object };
    };
    assert.equal(made.name, 'Travellers');
    assert.notEqual(made.ksn.enabled, true);
    assert.equal(made.ksn.statement, undefined);
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.workspace.fs.delete(document.uri);
  });

  it('open the config that is in use', async () => {
    await open(boston);
    await run('createConfig');
    await shown(at('kea-policy.config.json'));
  });

  it('show effective settings beside the policy', async () => {
    await open(boston);
    await run('showEffective');
    await until('a preview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) =>
        tabs.some(({ label }) => label.includes('Effective settings')),
      ),
    );
  });

  it('show results whose files can be opened, whatever their names, and steps with boxes', async () => {
    const odd = at("a (b[c])#'é? 5%.kea-policy.json");
    await vscode.workspace.fs.copy(at(boston), odd);
    try {
      await until('it is known', () => vscode.languages.getDiagnostics(odd).length > 0);
      await run('showRunbook', odd);
      const text = await until('the runbook', () =>
        vscode.workspace.textDocuments
          .find(({ uri }) => uri.scheme === 'kea-policy-result' && uri.path === '/Runbook.md')
          ?.getText(),
      );
      const [, path] = /^From \[a \(b.*\]\((\S+)\)\.$/m.exec(text)!;
      assert.equal(path, `/${encodeURIComponent("a (b[c])#'é? 5%.kea-policy.json").replace(/[()']/g, hex)}`);
      assert.match(text, /^- ☐ Open /m);
      assert.doesNotMatch(text, /\[ \]|file:/);
    } finally {
      await vscode.workspace.fs.delete(odd);
      await until('it is forgotten', () => vscode.languages.getDiagnostics(odd).length === 0);
    }
  });

  it('open the overview', async () => {
    await open(boston);
    await run('openOverview');
    await until('the overview', () =>
      vscode.window.tabGroups.all.some(({ tabs }) => tabs.some(({ label }) => label === 'KSN Overview')),
    );
  });

  it('come back when the server dies', async function () {
    // the extension host knows its children only by the system's own list
    if (process.platform !== 'linux') return this.skip();
    const uri = at('apac/singapore.kea-policy.json');
    await finding(uri, 'ksn-acceptance-required');
    const died = await until('a server', () => serverProcess());
    process.kill(died, 'SIGKILL');
    await until('another server', () => {
      const now = serverProcess();
      return now !== undefined && now !== died;
    });
    await finding(uri, 'ksn-acceptance-required');
    await open('apac/singapore.kea-policy.json');
    await run('toggleProxy');
    assert.equal((await ksn('apac/singapore.kea-policy.json'))['useKscAsKsnProxy'], true);
  });

  it('start a server again that does not answer any more', async function () {
    if (process.platform !== 'linux') return this.skip();
    const uri = at('apac/singapore.kea-policy.json');
    await finding(uri, 'ksn-acceptance-required');
    const stuck = await until('a server', () => serverProcess());
    process.kill(stuck, 'SIGSTOP');
    try {
      await run('restartServer');
      assert.notEqual(serverProcess(stuck), undefined);
      await open('apac/singapore.kea-policy.json');
      await run('toggleProxy');
      assert.equal((await ksn('apac/singapore.kea-policy.json'))['useKscAsKsnProxy'], true);
      await until('the stuck one is gone', () => !isAlive(stuck));
    } finally {
      if (isAlive(stuck)) process.kill(stuck, 'SIGKILL');
    }
  });

  it('say so when the server keeps ending, and start it again when asked to', async function () {
    if (process.platform !== 'linux') return this.skip();
    const { view } = await api();
    let kept: string | undefined;
    let last: readonly string[] = [];
    await answering(
      (question, choices) => {
        if (!/keeps ending/.test(question)) return undefined;
        kept = question;
        last = choices;
        return until('the view says so', () => /does not run/.test(view.message ?? '')).then(
          () => 'Restart Server',
        );
      },
      async () => {
        for (let deaths = 0; deaths < 5 && kept === undefined; deaths++) {
          // it has to run well before it ends again
          await run('validateProject');
          const running = await until('a server', () => serverProcess());
          process.kill(running, 'SIGKILL');
          await until('it is noticed', () => kept !== undefined || serverProcess(running) !== undefined);
        }
        await until('it runs again', () => kept !== undefined && serverProcess() !== undefined);
      },
    );
    assert.match(kept!, /keeps ending and is not started again/);
    await until('the view has nothing to say any more', () => view.message === undefined);
    assert.deepEqual(last, ['Restart Server', 'Show Output', 'Report Issue…']);
    await open('apac/singapore.kea-policy.json');
    await run('toggleProxy');
    assert.equal((await ksn('apac/singapore.kea-policy.json'))['useKscAsKsnProxy'], true);
  });

  it('start the server again, with all it knew', async () => {
    const uri = at('apac/singapore.kea-policy.json');
    await finding(uri, 'ksn-acceptance-required');
    await run('restartServer');
    await finding(uri, 'ksn-acceptance-required');
  });
});
