// Neovim with the configuration that docs/editors/neovim.lua gives: diagnostics, hover, fixes, completion.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPrograms } from '../vscode/debian.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Installs Debian's Neovim where there is none and that is allowed; tells why not otherwise. */
function ensureNeovim() {
  try {
    installPrograms(['nvim']);
    return undefined;
  } catch (error) {
    return error.message;
  }
}

const document = {
  kind: 'policy',
  name: 'Workstations',
  administrationGroup: 'Managed devices',
  ksn: { enabled: true, enforcement: 'enforce', statement: { version: '2023-10', accepted: false } },
};

/** Runs Neovim without a screen and gives back what it saw. */
function runNeovim() {
  const folder = mkdtempSync(join(tmpdir(), 'kea-policy-neovim-'));
  try {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const command = join(bin, 'kea-policy-language-server');
    writeFileSync(
      command,
      `#!/bin/sh\nexec "${process.execPath}" "${join(root, 'server/bin/kea-policy-language-server.js')}" "$@"\n`,
    );
    chmodSync(command, 0o755);
    const project = join(folder, 'project');
    mkdirSync(project);
    const config = { plugin: { version: '3.16', statementVersion: '2023-10' } };
    writeFileSync(join(project, 'kea-policy.config.json'), JSON.stringify(config));
    const file = join(project, 'a.kea-policy.json');
    writeFileSync(file, `${JSON.stringify(document, null, 2)}\n`);
    const nested = join(project, 'nested', 'b.kea-policy.json');
    mkdirSync(join(project, 'nested'));
    writeFileSync(join(project, 'nested', 'kea-policy.config.json'), JSON.stringify(config));
    writeFileSync(nested, JSON.stringify(document));
    const result = join(folder, 'result.json');
    const args = [
      '--headless',
      '-u',
      join(root, 'docs/editors/neovim.lua'),
      '-i',
      'NONE',
      '-n',
      '-c',
      `luafile ${join(root, 'test/clients/neovim.lua')}`,
    ];
    const env = {
      ...process.env,
      PATH: `${bin}${delimiter}${process.env.PATH}`,
      HOME: folder,
      XDG_CONFIG_HOME: folder,
      XDG_CONFIG_DIRS: folder,
      XDG_STATE_HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CACHE_HOME: folder,
      KEA_RESULT: result,
      KEA_DOCUMENT: file,
      KEA_NESTED: nested,
      KEA_FIX: 'isable KSN',
    };
    execFileSync('nvim', args, { env, timeout: 10 * 60_000, stdio: ['ignore', 'pipe', 'pipe'] });
    return JSON.parse(readFileSync(result, 'utf8'));
  } finally {
    // the language server ends a moment after Neovim
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

const checks = {
  'the session ran to its end': (seen) => seen.fault === undefined,
  'diagnostics are shown': (seen) => seen.diagnostics?.join() === 'ksn-acceptance-required',
  'hover says what holds': (seen) => /Enable KSN usage/.test(seen.hover) && /Effective/.test(seen.hover),
  'hover opens its window': (seen) => seen.hover_window === true,
  'a quick fix is offered and carried out': (seen) =>
    /"enabled": false/.test(seen.text) && !/"enabled": true/.test(seen.text),
  'the consent is offered, and no fix took it': (seen) =>
    seen.offered.some((title) => /accept/i.test(title)) && /"accepted": false/.test(seen.text),
  'one server answers for nested projects, each finding once': (seen) =>
    seen.roots.join() === 'project' && seen.nested.join() === 'ksn-acceptance-required',
  'a key applies all safe fixes': (seen) => seen.safe_fixes === true,
  'completion replaces what is typed, its closing quote included': (seen) =>
    seen.completed.trim() === '"enforcement": "undefined",',
};

/** @returns {{passed: number, failed: number}} */
export function testNeovim() {
  const missing = ensureNeovim();
  if (missing !== undefined) {
    console.log(`neovim: ${missing}`);
    return { passed: 0, failed: 1 };
  }
  let seen;
  try {
    seen = runNeovim();
  } catch (error) {
    seen = { fault: String(error.stderr ?? '') || String(error) };
  }
  let failed = 0;
  for (const [what, holds] of Object.entries(checks)) {
    let ok = false;
    try {
      ok = holds(seen);
    } catch {
      // what was to be looked at is not there
    }
    if (!ok) failed++;
    console.log(`${ok ? 'ok' : 'NOT OK'}  neovim ${seen.version ?? ''}: ${what}`);
  }
  if (failed > 0) console.log(JSON.stringify(seen, null, 2));
  return { passed: Object.keys(checks).length - failed, failed };
}
