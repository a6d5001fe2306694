import { readdirSync, readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { describe, expect, test } from 'vitest';
import { rules, rulesById } from '../../server/src/rules';
import { documentationFiles } from '../../server/src/rules/documentation';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const files = documentationFiles(rules, {
  readme: read('README.md'),
  configSchema: read('schemas/config.schema.json'),
});
const layout = await resolveConfig(new URL('README.md', root));

describe('what is derived from the rules is up to date (npm run docs)', () => {
  test.each([...files])('%s', async (path, text) => {
    expect(read(path)).toBe(await format(text, { ...layout, filepath: path }));
  });

  test('no page of a rule that is gone', () => {
    const pages = readdirSync(new URL('docs/rules/', root)).map((name) => `docs/rules/${name}`);
    expect(pages.filter((page) => !files.has(page))).toEqual([]);
  });
});

describe('every rule', () => {
  test('has an id of its own, and its file and its list are those of its category', () => {
    expect(rulesById.size).toBe(rules.length);
    for (const { id, category } of rules) {
      expect(read(`server/src/rules/${category}/${id}.ts`)).toContain(`id: '${id}'`);
    }
  });

  test.each([...rules])('$id is documented', ({ id, docs, summary }) => {
    expect(summary).toMatch(/^[A-Z].{10,}[^.]$/);
    for (const text of [docs.what, docs.why]) expect(text.length).toBeGreaterThan(60);
    expect(docs.avoid.length).toBeGreaterThan(0);
    expect(docs.prefer.length).toBeGreaterThan(0);
    for (const related of docs.related ?? []) {
      expect(rulesById.has(related), `${id} names ${related}`).toBe(true);
      expect(related).not.toBe(id);
    }
  });

  test('is there', () => {
    // The table of the design: a rule that falls out of the list would be missed by no other test.
    expect(rules.map(({ id }) => id).sort()).toEqual(
      [
        'json-syntax',
        'duplicate-key',
        'document-unreadable',
        'document-limits',
        'unknown-property',
        'missing-property',
        'invalid-value',
        'not-a-kea-setting',
        'name-duplicate',
        'ksn-acceptance-required',
        'ksn-statement-version-mismatch',
        'ksn-statement-version-unknown',
        'ksn-agent-statement-mismatch',
        'ksn-acceptance-evidence',
        'ksn-acceptance-in-future',
        'ksn-acceptor-not-approved',
        'ksn-statement-digest-mismatch',
        'ksn-enforcement-undefined',
        'ksn-enforcement-on-device',
        'ksn-overridden-by-parent',
        'policy-inheritance-forced',
        'ksn-device-setting-overridden',
        'ksn-device-setting-wins',
        'policy-duplicate-active',
        'policy-inactive',
        'ksn-proxy-without-ksn',
        'kmp-not-configurable',
        'kmp-still-running',
        'plugin-outdated',
        'ksn-region-restricted',
        'exception-unknown-rule',
        'exception-expired',
        'exception-unused',
        'administration-group-unknown',
        'config-nested',
        'config-text-missing',
      ].sort(),
    );
  });
});
