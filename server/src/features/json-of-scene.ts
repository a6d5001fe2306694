import type { JsonFile } from './json';
import { shapeOf, type Scene } from './scene';

// The JSON service is a bundle of its own: it would add a fifth to the time to start. Asking for it takes a while
// each time, too, while somebody waits for a completion.
let service: Promise<typeof import('./json')> | undefined;

/** The file of a scene as the JSON service sees it; `undefined` for one that it can't be asked about. */
export async function jsonOf(scene: Scene): Promise<JsonFile | undefined> {
  const { jsonFile } = await (service ??= load());
  return jsonFile(scene.file, shapeOf(scene) ?? 'document');
}

/** What failed once, for want of memory or handles say, is tried again the next time. */
async function load(): Promise<typeof import('./json')> {
  try {
    return await import('./json');
  } catch (error) {
    service = undefined;
    throw error;
  }
}
