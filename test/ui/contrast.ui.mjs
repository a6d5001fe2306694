// The tree and the review in high contrast, and what a screen reader is told.
export const settings = { 'workbench.colorTheme': 'Default High Contrast' };

export const tests = {
  'the tree can be read and walked': async ({ page, v, shot }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    await page.locator('.codelens-decoration', { hasText: 'not accepted' }).waitFor();
    await v.runCommand('View: Show KEA Policies');
    const selected = page.locator('.pane-body .monaco-list-row.selected', { hasText: 'blocked' });
    await v.expand(selected);
    await page.locator('.pane-body .monaco-list-row', { hasText: 'KSN Statement' }).first().waitFor();
    await shot('high-contrast-tree', { mouse: false });
  },

  'what a row says is said to a screen reader': async ({ page }) => {
    await page
      .locator('.pane-body .monaco-list-row[aria-label^="Singapore, policy, KSN blocked"]')
      .first()
      .waitFor();
    await page.locator('.pane-body .monaco-list-row[aria-label^="KSN usage: "]').first().waitFor();
  },

  'the question of the review can be read': async ({ page, v, shot }) => {
    await v.openFile('apac/singapore.kea-policy.json');
    await v.runCommand('KEA Policy: Review and Accept KSN Statement');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'English' }).waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.codelens-decoration a', { hasText: 'I have read it in full' }).first().waitFor();
    await shot('high-contrast-text', { mouse: false });
    await v.runCommand('KEA Policy: I Have Read the Statement');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Anna Keller' }).waitFor();
    await page.keyboard.press('Enter');
    await v.dialog('I confirm that I have fully read');
    await shot('high-contrast-sentence');
    await page.keyboard.press('Escape');
    await page.locator('.monaco-dialog-box').waitFor({ state: 'detached' });
  },
};
