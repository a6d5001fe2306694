// What an administrator does in a day: look at the tree, see a problem, understand it, fix it, accept a Statement.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const estate = (v, path) => JSON.parse(readFileSync(join(v.folders[0], path), 'utf8'));

/** Brings the view to the front and waits for its first rows. */
async function showTree(page) {
  // the badge lies over the icon
  await page.locator('.activitybar a[aria-label^="KEA Policies"]').first().click({ force: true });
  await page.locator('.pane-body .monaco-list-row', { hasText: 'Managed devices' }).first().waitFor();
}

const treeRow = (page, words) => page.locator('.pane-body .monaco-list-row', { hasText: words }).first();

/** In a browser, VS Code saves by itself. */
export const settings = { 'files.autoSave': 'off' };

export const tests = {
  'the tree says what KSN does in every policy': async ({ page, v, shot }) => {
    await v.openFile('apac/apac.kea-policy.json');
    await showTree(page);
    await page.locator('.activitybar .badge-content', { hasText: '2' }).first().waitFor();
    await treeRow(page, 'switched off on hosts').waitFor();
    await treeRow(page, 'blocked: the Statement').waitFor();
    // it follows the editor
    await page.locator('.pane-body .monaco-list-row.selected', { hasText: 'APAC' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'KSN on' }).waitFor();
    await page.locator('.squiggly-error').first().waitFor();
    await shot('tree', { mouse: false });
  },

  'a policy opens into its rows, and a row leads into the file': async ({ page, v, shot }) => {
    await v.expand(treeRow(page, 'blocked: the Statement'));
    const row = treeRow(page, 'Enforcement');
    await row.waitFor();
    await row.hover();
    await row.locator('.action-label').first().waitFor();
    await page.locator('.codelens-decoration', { hasText: 'not accepted' }).waitFor();
    await shot('rows');
    await row.click();
    await page.locator('.tabs-container .tab.active', { hasText: 'singapore.kea-policy.json' }).waitFor();
  },

  'a group that is folded stays so when the file in front changes': async ({ page, v }) => {
    const project = treeRow(page, /^estate\d+ errors/);
    const before = await project.innerText();
    const group = treeRow(page, /^Singapore$/);
    await group.locator('.monaco-tl-twistie').click();
    const folded = group.and(page.locator('[aria-expanded="false"]'));
    await folded.waitFor();
    await v.runCommand('KEA Policy: Disable KSN Usage');
    await page
      .locator('.pane-body .monaco-list-row', { hasText: /^estate/ })
      .filter({ hasNotText: before })
      .waitFor();
    await page.locator('.codelens-decoration', { hasText: 'KSN off' }).waitFor();
    assert.ok(await folded.isVisible());
    await v.runCommand('File: Revert File');
    await project.filter({ hasText: before }).waitFor();
    assert.ok(await folded.isVisible());
    await group.locator('.monaco-tl-twistie').click();
    await group.and(page.locator('[aria-expanded="true"]')).waitFor();
  },

  'a hover explains a member': async ({ page, v, shot }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    await v.hover(page.locator('.view-line span', { hasText: /^enabled$/ }).first(), 'KSN');
    await shot('hover');
    await page.keyboard.press('Escape');
  },

  'half a word becomes a value, with quotes and without, and the space before it stays': async ({
    page,
    v,
  }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    const row = page.locator('.suggest-widget.visible .monaco-list-row');
    for (const half of ['"lab', 'lab']) {
      await v.editor.locator('.view-line').first().click();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('{ "kind": "policy", "administrationGroup": ', { delay: 50 });
      await row.nth(1).waitFor();
      await page.keyboard.type(half, { delay: 50 });
      // nothing else is left to choose
      await row.nth(1).waitFor({ state: 'detached' });
      await row.filter({ hasText: 'Laboratory' }).waitFor();
      await page.keyboard.press('Enter');
      await v.editor
        .locator('.view-line', { hasText: '"administrationGroup": "Managed devices/Laboratory"' })
        .waitFor();
    }
    await v.runCommand('File: Revert File');
  },

  'a problem is marked, and the quick fix mends it': async ({ page, v, shot }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    const squiggle = page.locator('.squiggly-error').first();
    await squiggle.waitFor();
    const fix = await v.chooseFix(squiggle, 'Disable KSN');
    await shot('quick-fix');
    await fix.take();
    await page.locator('.codelens-decoration', { hasText: 'KSN off' }).waitFor();
    await v.runCommand('File: Revert File');
    await page.locator('.codelens-decoration', { hasText: 'KSN on' }).waitFor();
  },

  'enabling KSN leads through the Statement to an acceptance': async ({ page, v, shot }) => {
    await v.openFile('emea/servers.kea-policy.json');
    await page.locator('.codelens-decoration', { hasText: 'KSN off' }).waitFor();
    await v.runCommand('KEA Policy: Enable KSN Usage');
    const first = await v.dialog('Enable KSN usage in “EMEA servers”?');
    await shot('review-1-data');
    await first.press('Continue to the Statement');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'English' }).waitFor();
    await shot('review-2-language');
    await v.pick('English');
    const lens = page.locator('.codelens-decoration a', { hasText: 'I have read it in full' }).first();
    await lens.waitFor();
    await v.notification('Read KSN Statement 2023-10');
    await shot('review-3-text', { mouse: false });
    await lens.click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Anna Keller' }).waitFor();
    await shot('review-4-name');
    await v.pick('Anna Keller');
    const question = await v.dialog('I confirm that I have fully read, understand, and accept');
    await shot('review-5-sentence');
    await question.press('I Confirm and Accept');
    const done = await v.notification('KSN usage is enabled in “EMEA servers”');
    await page.locator('.codelens-decoration', { hasText: 'KSN on' }).waitFor();
    await shot('review-6-done', { mouse: false });
    await done.press('Save');
    await page
      .locator('.tabs-container .tab.active:not(.dirty)', { hasText: 'servers.kea-policy' })
      .waitFor();
    await page.locator('.tabs-container .tab.dirty').waitFor({ state: 'detached' });
    const { ksn } = estate(v, 'emea/servers.kea-policy.json');
    assert.equal(ksn.enabled, true);
    assert.equal(ksn.statement.accepted, true);
    assert.equal(ksn.statement.acceptedBy, 'Anna Keller');
  },

  'the review that is cancelled changes nothing': async ({ page, v }) => {
    const before = readFileSync(join(v.folders[0], 'apac/singapore.kea-policy.json'), 'utf8');
    await v.openFile('apac/singapore.kea-policy.json');
    await page.locator('.codelens-decoration', { hasText: 'not accepted' }).waitFor();
    await v.runCommand('KEA Policy: Review and Accept KSN Statement');
    await v.pick('English');
    await page.locator('.codelens-decoration a', { hasText: 'Cancel' }).first().click();
    await page.locator('.tabs-container .tab', { hasText: 'KSN Statement' }).waitFor({ state: 'detached' });
    assert.equal(await page.locator('.tabs-container .tab.dirty').count(), 0);
    assert.equal(readFileSync(join(v.folders[0], 'apac/singapore.kea-policy.json'), 'utf8'), before);
  },

  'keys pressed once too often accept nothing': async ({ page, v }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    await page.locator('.codelens-decoration', { hasText: 'not accepted' }).waitFor();
    await v.runCommand('KEA Policy: Review and Accept KSN Statement');
    await v.pick('English');
    await page.locator('.codelens-decoration a', { hasText: 'I have read it in full' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Anna Keller' }).waitFor();
    await page.keyboard.press('Enter');
    const { box } = await v.dialog('I confirm that I have fully read');
    await box.locator('.monaco-button:focus', { hasText: 'Do Not Accept' }).waitFor();
    await page.keyboard.press('Enter');
    await box.waitFor({ state: 'detached' });
    assert.equal(await page.locator('.tabs-container .tab.dirty').count(), 0);
  },

  'all that are due are offered with nothing ticked': async ({ page, v, shot }) => {
    await v.runCommand('KEA Policy: Review All KSN Statements');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Singapore' }).waitFor();
    assert.equal(await page.locator('.quick-input-list input[type=checkbox]:checked').count(), 0);
    await shot('review-due');
    await page.keyboard.press('Escape');
  },

  'the language status says config, plug-in and findings': async ({ page, v, shot }) => {
    await v.openFile('apac/apac.kea-policy.json');
    const item = page
      .locator(
        '.statusbar-item[id*="languageStatus"], .statusbar-item [aria-label*="Editor Language Status"]',
      )
      .first();
    const status = page.locator('.hover-language-status', { hasText: 'plug-in 3.16' }).first();
    // what is shown stays as it is when the server answers
    await v.repeat('show the language status', async (timeout) => {
      await page.keyboard.press('Escape');
      await item.click({ timeout });
      await status.waitFor({ timeout });
    });
    // all of it is to be seen, the links at its end too
    const { width } = page.viewportSize();
    for (const link of ['Open Config', 'Show Problems']) {
      const box = await page.locator('.hover-language-status a', { hasText: link }).first().boundingBox();
      assert.ok(box.x + box.width < width, `${link} ends at ${box.x + box.width}`);
    }
    await shot('language-status');
    await page.keyboard.press('Escape');
  },

  'the overview shows the estate at a glance': async ({ page, v, shot }) => {
    await v.openFile('baseline.kea-policy.json');
    await v.runCommand('KEA Policy: Open Overview');
    await page.locator('.tabs-container .tab.active', { hasText: 'KSN Overview' }).waitFor();
    const inner = page.frameLocator('iframe.webview').frameLocator('iframe#active-frame');
    await inner.locator('h1').first().waitFor();
    assert.equal(await inner.locator('script').count(), 0);
    await shot('overview', { mouse: false });
  },
};
