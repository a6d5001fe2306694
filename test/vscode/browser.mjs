// The browser that shows VS Code's page.
import { onPath } from './debian.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Where Chromium is: what the environment's CHROMIUM says, or the first on the PATH; undefined where none is. */
export function findChromium() {
  return process.env.CHROMIUM || names.map(onPath).find((file) => file !== undefined);
}

/**
 * How Playwright starts it: as root too, and so that nothing it asks for leaves this machine.
 * @throws Error where there is no Chromium
 */
export function launchOptions() {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error('there is no Chromium on the PATH; set CHROMIUM to one');
  return {
    executablePath,
    headless: true,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost, EXCLUDE *.localhost',
    ],
    // the same letters on every machine, so that screenshots can be compared
    env: { ...process.env, FONTCONFIG_FILE: `${import.meta.dirname}/fonts.conf` },
  };
}
