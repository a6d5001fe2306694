// Screenshots, whole or cut to what matters, in test/artefacts/shots/.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './workspace.mjs';

export const shotsFolder = join(root, 'test/artefacts/shots');

/**
 * A function that takes screenshots of this page: `await shot('tree')` makes test/artefacts/shots/tree.png.
 * With `around`, it shows only these parts of the page and `margin` pixels more on each side; with `mouse: false`
 * the pointer is first moved where it hovers over nothing. It gives the file's path.
 */
export function shooter(page) {
  return async (name, { around = [], margin = 12, mouse = true } = {}) => {
    mkdirSync(shotsFolder, { recursive: true });
    if (!mouse) await page.mouse.move(0, 0);
    const path = join(shotsFolder, `${fileName(name)}.png`);
    const parts = [around].flat();
    const clip = parts.length === 0 ? undefined : await frame(page, parts, margin);
    await page.screenshot({ path, clip, animations: 'disabled', caret: 'hide' });
    return path;
  };
}

/** The smallest rectangle around all these parts, with a margin, within the page. */
async function frame(page, parts, margin) {
  const boxes = await Promise.all(parts.map((part) => part.boundingBox()));
  const hidden = parts.find((_, index) => boxes[index] === null);
  if (hidden !== undefined) throw new Error(`not to be seen: ${hidden}`);
  const { width, height } = page.viewportSize();
  const left = Math.max(0, Math.min(...boxes.map(({ x }) => x)) - margin);
  const top = Math.max(0, Math.min(...boxes.map(({ y }) => y)) - margin);
  const right = Math.min(width, Math.max(...boxes.map((box) => box.x + box.width)) + margin);
  const bottom = Math.min(height, Math.max(...boxes.map((box) => box.y + box.height)) + margin);
  return { x: left, y: top, width: right - left, height: bottom - top };
}

function fileName(name) {
  return name.replaceAll(/[^\p{L}\p{N}.-]+/gu, '-');
}
