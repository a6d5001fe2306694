import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { formatDocument } from '../../server/src/engine/format';
import { judgeProject } from '../../server/src/engine/judge';
import { nodeFiles } from '../../server/src/cli/node-files';
import { homeOf } from '../../server/src/project/discover';
import { loadProject } from '../../server/src/project/load';
import { rules } from '../../server/src/rules';
import type { Finding } from '../../server/src/rules/finding';
import { now } from './harness';

function judged(folder: string): readonly Finding[] {
  const root = fileURLToPath(new URL(`../../examples/${folder}`, import.meta.url)).replaceAll('\\', '/');
  const discovery = { fallback: () => root, gitignore: true, configs: true };
  const { project } = loadProject(nodeFiles, homeOf(nodeFiles, root, discovery), discovery);
  return judgeProject(project, { now });
}

/** Rules by file, in brackets where an exception covers the finding. */
function byFile(findings: readonly Finding[]): Record<string, string[]> {
  const files: Record<string, string[]> = {};
  for (const { path, rule, excepted } of findings) {
    const file = path.replace('.kea-policy.json', '');
    (files[file] ??= []).push(excepted ? `(${rule})` : rule);
  }
  for (const found of Object.values(files)) found.sort();
  return files;
}

describe('examples/estate', () => {
  const findings = judged('estate');

  test('shows these mistakes', () => {
    expect(byFile(findings)).toEqual({
      'americas/boston': ['exception-unknown-rule', 'ksn-region-restricted'],
      'americas/devices/bos-ws-001': ['not-a-kea-setting'],
      'americas/devices/bos-ws-002': ['unknown-property'],
      'americas/devices/sao-srv-001': ['duplicate-key', 'ksn-device-setting-overridden'],
      'americas/sao-paulo': [
        'kmp-not-configurable',
        'kmp-still-running',
        'ksn-acceptor-not-approved',
        'plugin-outdated',
      ],
      'apac/apac': ['ksn-agent-statement-mismatch', 'ksn-statement-digest-mismatch', 'plugin-outdated'],
      'apac/devices/sin-ws-001': ['(ksn-device-setting-overridden)'],
      'apac/devices/sin-ws-002': ['exception-unused'],
      'apac/singapore': ['ksn-acceptance-required', 'plugin-outdated'],
      'apac/tokyo/kea-policy.config.json': ['config-nested'],
      'emea/devices/fra-cad-001': ['json-syntax'],
      'emea/devices/fra-srv-001': ['invalid-value'],
      'emea/devices/fra-ws-001': ['ksn-enforcement-on-device'],
      'emea/devices/fra-ws-002': ['ksn-device-setting-overridden'],
      'emea/devices/par-ws-001': ['missing-property'],
      'emea/emea': ['ksn-overridden-by-parent'],
      'emea/engineering': ['policy-inheritance-forced'],
      'emea/notebooks': ['administration-group-unknown', 'ksn-acceptance-in-future'],
      'emea/notebooks-travelling': [
        'exception-expired',
        'ksn-agent-statement-mismatch',
        'ksn-statement-version-mismatch',
      ],
      'emea/servers': ['policy-duplicate-active'],
      'emea/servers-2024': ['ksn-proxy-without-ksn', 'policy-duplicate-active'],
      'emea/workstations': ['ksn-acceptance-evidence', 'name-duplicate'],
      'emea/workstations-pilot': ['name-duplicate', 'policy-inactive'],
      'import/nested': ['document-limits'],
      'import/utf-16': ['document-unreadable'],
      'kea-policy.config.json': [
        'administration-group-unknown',
        'config-text-missing',
        'config-text-missing',
        'unknown-property',
      ],
      'laboratory/lab-001': [
        'exception-unused',
        'ksn-agent-statement-mismatch',
        'ksn-statement-version-unknown',
      ],
      'laboratory/lab-002': ['ksn-device-setting-wins'],
      'laboratory/lab-003': ['json-syntax'],
      'laboratory/laboratory': [
        'ksn-enforcement-undefined',
        'ksn-statement-version-unknown',
        'plugin-outdated',
      ],
    });
  });

  test('shows every rule', () => {
    const shown = new Set(findings.map(({ rule }) => rule));
    expect(rules.map(({ id }) => id).filter((id) => !shown.has(id))).toEqual([]);
  });
});

describe('examples/estate-in-order', () => {
  test('has no finding but two that are approved', () => {
    expect(byFile(judged('estate-in-order'))).toEqual({
      'americas/boston': ['(ksn-region-restricted)'],
      'laboratory/lab-001': ['(ksn-device-setting-wins)'],
    });
  });

  test('is laid out as `kea-policy format` does', () => {
    const root = fileURLToPath(new URL('../../examples/estate-in-order/', import.meta.url));
    const laidOut = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((path) =>
      path.endsWith('.json'),
    );
    expect(laidOut.length).toBeGreaterThan(30);
    for (const path of laidOut) {
      const text = readFileSync(join(root, path), 'utf8');
      expect(formatDocument(text), path).toBe(text);
    }
  });
});
