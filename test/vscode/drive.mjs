// What a person does in VS Code, as a test says it.

/**
 * @param {import('playwright-core').Page} page
 * @returns functions, each of which waits until what it did is to be seen
 */
export function driver(page) {
  const editor = page.locator('.editor-instance .monaco-editor').first();
  return {
    editor,
    openFile,
    runCommand,
    chooseFix,
    hover,
    expand,
    pick,
    type,
    dialog,
    notification,
    closeAll,
    repeat,
  };

  /** Opens a file of the workspace by its name, or as much of its path as makes it the first match. */
  async function openFile(name) {
    const tab = page.locator('.tabs-container .tab.active', { hasText: name.split('/').at(-1) });
    const row = page.locator('.quick-input-list .monaco-list-row').first();
    await repeat(`open ${name}`, async (timeout) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('Control+p');
      await fill(name, timeout);
      await row.filter({ hasText: name.split('/').at(-1) }).waitFor({ timeout });
      // what was opened before may take the focus only now, and the list goes away with it
      await row.click({ timeout });
      await tab.waitFor({ timeout });
    });
    await editor.locator('.view-line').first().waitFor();
  }

  /** Runs a command by its whole title in the command palette, as `KEA Policy: Enable KSN`. */
  async function runCommand(title) {
    const row = page.locator('.quick-input-list .monaco-list-row').first();
    await repeat(`run ${title}`, async (timeout) => {
      await page.keyboard.press('Escape');
      await page.keyboard.press('F1');
      await fill(`>${title}`, timeout);
      await row.filter({ hasText: title }).waitFor({ timeout });
      await row.click({ timeout });
    });
  }

  /**
   * Puts the cursor on a place in the editor (a squiggle, a word) and opens the menu of quick fixes; `item` is the
   * row with this title, which `take` then clicks.
   */
  async function chooseFix(place, title) {
    const item = page.locator('.action-widget .monaco-list-row', { hasText: title }).first();
    await repeat(`offer ${title}`, async (timeout) => {
      // a lens that comes late moves the lines
      await clickMiddle(place, timeout);
      await page.locator('.lightBulbWidget').first().waitFor({ timeout });
      await page.keyboard.press('Control+.');
      await item.waitFor({ timeout });
    });
    // this menu takes no click before the pointer has moved on it
    const { x, y } = await item.boundingBox();
    await page.mouse.move(x + 20, y + 5);
    await page.mouse.move(x + 22, y + 6);
    return { take: () => item.click(), item };
  }

  /** Lets the pointer rest on a place in the editor until this hover is shown. */
  async function hover(place, words) {
    const shown = page.locator('.monaco-hover:not(.hidden)', { hasText: words }).first();
    await repeat(`hover ${words}`, async (timeout) => {
      await page.mouse.move(0, 0);
      await place.hover({ timeout });
      await shown.waitFor({ timeout });
    });
  }

  /** Selects a row of a tree and opens it. */
  async function expand(row) {
    await row.click();
    await repeat('expand a row', async (timeout) => {
      if ((await row.getAttribute('aria-expanded', { timeout })) === 'true') return;
      await row.locator('.monaco-tl-twistie').click({ timeout });
      await row.and(page.locator('[aria-expanded="true"]')).waitFor({ timeout });
    });
  }

  /** Chooses a row of the pick list that is open. */
  async function pick(label) {
    await page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first().click();
  }

  /** Answers the question that is open with a text. */
  async function type(text) {
    await fill(text, 60_000);
    await page.keyboard.press('Enter');
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

  async function fill(text, timeout) {
    await page.locator('.quick-input-widget input').first().fill(text, { timeout });
  }

  async function clickMiddle(place, timeout) {
    const { x, y, width, height } = await place.boundingBox({ timeout });
    await page.mouse.click(x + width / 2, y + height / 2);
  }
}

/**
 * A page that is busy, or not all there yet, loses a key press: tries again, with more patience each time, for four
 * minutes. `attempt` gets the milliseconds that it may wait for each thing.
 */
async function repeat(what, attempt) {
  let last;
  const end = Date.now() + 4 * 60_000;
  for (
    let timeout = 2_000;
    last === undefined || Date.now() < end;
    timeout = Math.min(1.5 * timeout, 20_000)
  ) {
    try {
      return await attempt(timeout);
    } catch (error) {
      last = error;
    }
  }
  throw new Error(`could not ${what}: ${last.message}`, { cause: last });
}
