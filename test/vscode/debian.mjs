// Programs that the suites need beside Node.js. On Debian, root gets them from Debian's own packages.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const packagesOf = {
  chromium: ['chromium', 'fonts-inter', 'fonts-dejavu-core'],
  nvim: ['neovim'],
  rg: ['ripgrep'],
  python3: ['python3'],
  make: ['make'],
  'g++': ['g++'],
};

/** Where a program is on the PATH; undefined where it is not. */
export function onPath(program) {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    try {
      const file = join(folder, program);
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      // the next one
    }
  }
  return undefined;
}

/**
 * Installs those of these programs that are not on the PATH.
 * @param {readonly (keyof typeof packagesOf)[]} programs
 * @throws Error that names what is missing, where this is not Debian or the user is not root, or where apt fails
 */
export function installPrograms(programs) {
  const missing = programs.filter((program) => onPath(program) === undefined);
  if (missing.length === 0) return;
  if (process.getuid?.() !== 0 || !isDebian()) {
    throw new Error(`install ${missing.join(', ')} first: only root on Debian can have it done here`);
  }
  const packages = missing.flatMap((program) => packagesOf[program]);
  console.log(`Installing Debian's ${packages.join(', ')}…`);
  for (let tries = 10; ; tries--) {
    try {
      aptGet('update', '-qq');
      break;
    } catch (error) {
      // lists have a lock that apt does not wait for, as a system that looks for updates by itself holds it
      if (tries === 0 || !/Could not get lock/.test(error.message)) throw error;
      spawnSync('sleep', ['10']);
    }
  }
  aptGet('install', '-qq', '-y', '--no-install-recommends', ...packages);
}

function isDebian() {
  try {
    return /^ID(_LIKE)?="?(.* )?debian( .*)?"?$/m.test(readFileSync('/etc/os-release', 'utf8'));
  } catch {
    return false;
  }
}

function aptGet(...args) {
  const { status, stdout, stderr } = spawnSync(
    'apt-get',
    ['-o', 'DPkg::Lock::Timeout=600', '-o', 'Acquire::Retries=5', ...args],
    {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' },
      encoding: 'utf8',
    },
  );
  if (status !== 0) throw new Error(`apt-get ${args[0]} failed:\n${stdout}${stderr}`);
}
