// What the project as a whole comes to: the overview's links, an update planned, a change compared.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The estate as a repository in which KSN was on in Boston before. */
export const prepare = ([folder]) => {
  // with nobody's own configuration, which might sign, or run hooks
  const env = { ...process.env, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: join(folder, 'no-such-file') };
  const git = (...args) => execFileSync('git', ['-C', folder, ...args], { env, stdio: 'pipe' });
  git('init', '--quiet');
  git('add', '--all');
  git(
    '-c',
    'user.name=Test',
    '-c',
    'user.email=test@example.org',
    'commit',
    '--quiet',
    '--message',
    'As it was',
  );
  const file = join(folder, 'americas/boston.kea-policy.json');
  writeFileSync(file, readFileSync(file, 'utf8').replace('"enabled": true', '"enabled": false'));
};

export const settings = { 'git.openRepositoryInParentFolders': 'never' };

const activeTab = (page, words) => page.locator('.tabs-container .tab.active', { hasText: words });
const inWebview = (page) => page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');

export const tests = {
  'a figure of the overview leads to what it counts, and from there into the file': async ({
    page,
    v,
    shot,
  }) => {
    await v.openFile('baseline.kea-policy.json');
    await v.runCommand('KEA Policy: Open Overview');
    await activeTab(page, 'KSN Overview').waitFor();
    const inner = inWebview(page);
    const figure = inner.locator('.figure', { hasText: 'acceptances due' }).locator('a');
    // by the keyboard alone
    await figure.focus();
    await figure.press('Enter');
    const due = inner.locator('h3', { hasText: 'Acceptances due' });
    await due.evaluate(
      (heading) =>
        new Promise((resolve) => {
          const look = () =>
            heading.getBoundingClientRect().top < heading.ownerDocument.documentElement.clientHeight
              ? resolve()
              : setTimeout(look, 50);
          look();
        }),
    );
    await shot('overview-due', { mouse: false });
    await inner
      .locator('td a', { hasText: /^Singapore$/ })
      .first()
      .click();
    await activeTab(page, 'singapore.kea-policy.json').waitFor();
    await page.locator('.statusbar-item', { hasText: /selected/ }).waitFor();
  },

  'what a change means is compared with a revision, in a remote window in a browser too': async ({
    page,
    v,
    shot,
  }) => {
    await v.openFile('americas/boston.kea-policy.json');
    await v.runCommand('KEA Policy: Compare with a Git Revision');
    await page.locator('.quick-input-title', { hasText: 'Compare with a git revision' }).waitFor();
    await page.keyboard.press('Enter');
    await activeTab(page, 'Compared with HEAD').waitFor();
    await inWebview(page).getByText('Boston').first().waitFor();
    await shot('compared', { mouse: false });
    await v.closeAll();
  },

  'an update is planned by a few questions': async ({ page, v, shot }) => {
    await v.openFile('baseline.kea-policy.json');
    await v.runCommand('KEA Policy: Plan an Update');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'The management plug-in' }).waitFor();
    await page.keyboard.press('Enter');
    for (const [question, answer] of [
      ['The new version of the plug-in', '4.0'],
      ['The version of the KSN Statement', '2026-03'],
    ]) {
      await page.locator('.quick-input-message', { hasText: question }).waitFor();
      await v.type(answer);
    }
    await activeTab(page, 'Plan of an update').waitFor();
    await inWebview(page).getByText('Plug-in to 4.0 with Statement 2026-03').waitFor();
    await shot('plan', { mouse: false });
    await inWebview(page)
      .locator('a', { hasText: /^apac\/singapore\.kea-policy\.json$/ })
      .first()
      .click();
    await activeTab(page, 'singapore.kea-policy.json').waitFor();
    await v.closeAll();
  },

  'the filter says how many it lets through': async ({ page, v, shot }) => {
    await page.locator('.activitybar a[aria-label^="KEA Policies"]').first().click({ force: true });
    await v.runCommand('KEA Policy: Filter');
    await page.locator('.quick-input-title', { hasText: 'Filter policies and devices' }).waitFor();
    await v.type('singapore blocked');
    // it follows each letter, and is waited for until it has come to the last
    const message = page.locator('.tree-explorer-viewlet-tree-view .message', {
      hasText: /^\d of \d+ match the filter “singapore blocked”/,
    });
    await message.waitFor();
    await shot('filtered', { mouse: false });
    await v.runCommand('KEA Policy: Clear Filter');
    await message.waitFor({ state: 'hidden' });
  },
};
