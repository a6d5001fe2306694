// The first minutes: an empty folder's welcome, the walkthrough; in a dark theme.
import assert from 'node:assert/strict';
import { rmSync, mkdirSync } from 'node:fs';

export const viewport = { width: 1600, height: 900 };
export const settings = { 'workbench.colorTheme': 'Default Dark Modern' };

/** A folder without a single policy. */
export const prepare = ([folder]) => {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
};

export const tests = {
  'an empty folder is welcomed with what can be done': async ({ page, shot }) => {
    await page.locator('.activitybar a[aria-label^="KEA Policies"]').first().click({ force: true });
    await page.locator('.welcome-view', { hasText: 'There are no policies here yet' }).waitFor();
    for (const button of ['New Policy', 'Create Config', 'Open Walkthrough']) {
      await page.locator('.welcome-view .monaco-button', { hasText: button }).waitFor();
    }
    await shot('welcome', { mouse: false });
  },

  'the walkthrough leads through four steps': async ({ page, shot }) => {
    await page.locator('.welcome-view .monaco-button', { hasText: 'Open Walkthrough' }).click();
    const steps = page.locator('.getting-started-step');
    await steps.nth(3).waitFor();
    assert.equal(await steps.count(), 4);
    const media = page.frameLocator('iframe.webview').frameLocator('#active-frame');
    await media.getByText('A policy is a file').waitFor();
    await shot('walkthrough', { mouse: false });
  },

  'a policy can be made from there': async ({ page, v, shot }) => {
    await page.locator('.getting-started-step .monaco-button', { hasText: 'New Policy' }).first().click();
    const input = page.locator('.quick-input-widget input').first();
    await page.locator('.quick-input-title', { hasText: 'New policy (1 of 2)' }).waitFor();
    await input.fill('Workstations');
    await shot('new-policy');
    await input.press('Enter');
    await page.locator('.quick-input-title', { hasText: 'New policy (2 of 2)' }).waitFor();
    await page.waitForFunction(
      "document.querySelector('.quick-input-widget input[type=text]')?.value === 'Managed devices'",
    );
    await input.press('Enter');
    await page.locator('.tabs-container .tab.active', { hasText: '.kea-policy.json' }).waitFor();
    await page.locator('.codelens-decoration', { hasText: 'KSN off' }).waitFor();
    await page.locator('.pane-body .monaco-list-row', { hasText: 'Workstations' }).first().waitFor();
    await shot('first-policy', { mouse: false });
    await v.closeAll();
  },
};
