// What a person does in VS Code, as a test says it.

/**
 * @param {import('playwright-core').Page} page
 * @returns functions, each of which waits until what it did is to be seen
 */
export function driver(page) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  return { editor, openFile, runCommand, chooseFix, pick, dialog, notification, closeAll };

  /** Opens a file of the workspace by its name, or as much of its path as makes it the first match. */
  async function openFile(name) {
    const tab = page.locator('.tabs-container .tab.active', { hasText: name.split('/').at(-1) });
    const row = page.locator('.quick-input-list .monaco-list-row').first();
    await repeat(`open ${name}`, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+p');
      await fill(name);
      await row.filter({ hasText: name.split('/').at(-1) }).waitFor({ timeout: 5_000 });
      // what was opened before may take the focus only now, and the list goes away with it
      await row.click({ timeout: 3_000 });
      await tab.waitFor({ timeout: 5_000 });
    });
    await editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command by its whole title in the command palette, as `KEA Policy: Enable KSN`. */
  async function runCommand(title) {
    const row = page.locator('.quick-input-list .monaco-list-row').first();
    await repeat(`run ${title}`, async () => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await fill(`>${title}`);
      await row.filter({ hasText: title }).waitFor({ timeout: 5_000 });
      await row.click({ timeout: 3_000 });
    });
  }

  /**
   * Puts the cursor on a place in the editor (a squiggle, a word) and opens the menu of quick fixes; `item` is the
   * row with this title, which `take` then clicks.
   */
  async function chooseFix(place, title) {
    const item = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await clickMiddle(place);
    await page.locator('.lightBulbWidget').first().waitFor();
    await repeat(`offer ${title}`, async () => {
      await page.keyboard.press('Control+.');
      await item.waitFor({ timeout: 3_000 });
    });
    // this menu takes no click before the pointer has moved on it
    const { x, y } = await item.boundingBox();
    await page.mouse.move(x + 20, y + 5);
    await page.mouse.move(x + 22, y + 6);
    return { take: () => item.click(), item };
  }

  /** Chooses a row of the pick list that is open. */
  async function pick(label) {
    await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** The modal dialog that holds these words; `press` takes the button of this label. */
  async function dialog(words) {
    const box = page.locator('.monaco-dialog-box', { hasText: words });
    await box.waitFor();
    return { box, press: (label) => box.locator('.monaco-button', { hasText: label }).first().click() };
  }

  /** The notification that holds these words; `press` takes the button of this label. */
  async function notification(words) {
    const box = page.locator('.notifications-toasts .notification-toast', { hasText: words }).first();
    await box.waitFor();
    return { box, press: (label) => box.locator('.monaco-button', { hasText: label }).first().click() };
  }

  /** Closes menus, editors and notifications, without saving. */
  async function closeAll() {
    await runCommand('View: Revert and Close Editor').catch(() => {});
    await runCommand('View: Close All Editors');
    await runCommand('Notifications: Clear All Notifications');
  }

  async function fill(text) {
    await page.locator('.quick-input-widget input').first().fill(text, { timeout: 1_500 });
  }

  async function clickMiddle(place) {
    const { x, y, width, height } = await place.boundingBox();
    await page.mouse.click(x + width / 2, y + height / 2);
  }
}

/** A page that is busy, or not all there yet, loses a key press: tries again, for up to a minute. */
async function repeat(what, attempt) {
  let last;
  const end = Date.now() + 60_000;
  while (last === undefined || Date.now() < end) {
    try {
      return await attempt();
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`could not ${what}: ${last.message}`, { cause: last });
}
