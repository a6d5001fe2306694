import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { packExtension, packedFiles } from '../../scripts/package.mjs';

const folder = mkdtempSync(join(tmpdir(), 'kea-policy-vsix-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

let vsix: Buffer;
beforeAll(async () => {
  const path = join(folder, 'extension.vsix');
  await packExtension(path);
  vsix = readFileSync(path);
});

/** The names in a ZIP file, from its central directory. */
function namesIn(zip: Buffer): string[] {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const text = zip.toString('utf8', at + 46, at + 46 + name!);
    at += 46 + name! + extra! + comment!;
    return text;
  });
}

test('the .vsix holds exactly this', () => {
  expect(namesIn(vsix).sort()).toEqual(
    [
      '[Content_Types].xml',
      'extension.vsixmanifest',
      'extension/LICENSE.txt',
      'extension/changelog.md',
      'extension/dist/THIRD-PARTY-NOTICES.txt',
      'extension/dist/extension.js',
      'extension/dist/extension.web.js',
      'extension/dist/lazy/json.js',
      'extension/dist/lazy/shape-errors.js',
      'extension/dist/server.js',
      'extension/dist/server.web.js',
      'extension/images/activity.svg',
      'extension/images/config-dark.svg',
      'extension/images/config-light.svg',
      'extension/images/icon.png',
      'extension/images/policy-dark.svg',
      'extension/images/policy-light.svg',
      'extension/images/walkthrough/acceptance.md',
      'extension/images/walkthrough/catalogue.md',
      'extension/images/walkthrough/ci.md',
      'extension/images/walkthrough/policy.md',
      'extension/l10n/bundle.l10n.json',
      'extension/package.json',
      'extension/package.nls.json',
      'extension/readme.md',
      'extension/schemas/config.schema.json',
      'extension/schemas/policy.schema.json',
      'extension/syntaxes/kea-policy-config.tmLanguage.json',
      'extension/syntaxes/kea-policy.tmLanguage.json',
      'extension/syntaxes/language-configuration.json',
    ].sort(),
  );
  expect(packedFiles()).toHaveLength(28);
});

test('the .vsix is small', () => {
  expect(vsix.length).toBeLessThan(700_000);
});
