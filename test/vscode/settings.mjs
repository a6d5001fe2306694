// The user's settings in every VS Code that is started here.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Against what a person would be asked, shown or told of at a first start. */
const quiet = {
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.colorTheme': 'Default Light Modern',
  'chat.disableAIFeatures': true,
  // as on the desktop; in a browser, VS Code saves by itself after a second
  'files.autoSave': 'off',
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'update.mode': 'none',
};

/** Writes them, and these on top, where VS Code with this folder for its data reads them. */
export function writeSettings(folder, settings = {}) {
  mkdirSync(join(folder, 'User'), { recursive: true });
  writeFileSync(join(folder, 'User/settings.json'), JSON.stringify({ ...quiet, ...settings }));
}
