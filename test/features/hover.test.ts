import { describe, expect, test } from 'vitest';
import { hover } from '../../server/src/features/hover';
import { config, device, policy, statement } from '../lsp/documents';
import { stage, type Content } from './scene';

function at(contents: Record<string, Content>, markdown = true): string {
  const { scene, position } = stage(contents);
  const found = hover(scene, position, markdown);
  return found ? (found.contents as { value: string }).value : '';
}

/** The document with the cursor at the first place of `text`. */
function cursor(document: object, text: string): string {
  return JSON.stringify(document, null, 2).replace(text, `${text.slice(0, 1)}|${text.slice(1)}`);
}

describe('hover', () => {
  test('says what a member means in the console, its default, and what holds', () => {
    const text = at({ 'a.kea-policy.json': cursor(policy(), '"enabled"'), 'kea-policy.config.json': config });
    expect(text).toContain('**Enable KSN usage**');
    expect(text).toContain('statistics are sent to the vendor automatically');
    expect(text).toContain('Default: `false`');
    expect(text).toContain('Effective: `true`, decided by this file.');
  });

  test('gives members of an override no default: without them the config holds', () => {
    const agents = { ...config, overrides: [{ files: ['x/**'], agents: [] }], agents: undefined };
    const text = at({ 'kea-policy.config.json': cursor(agents, '"agents"') });
    expect(text).toContain('Without it, those of the config hold.');
    expect(text).not.toContain('Default');
  });

  test('says what happens on hosts, worst first, with their number', () => {
    const agents = [...config.agents, { version: '3.14', statementVersion: '2022-01', hosts: 300 }];
    const text = at({
      'a.kea-policy.json': cursor(policy(), '"ksn"'),
      'kea-policy.config.json': { ...config, agents },
    });
    const lost = text.indexOf('300 hosts');
    const risk = text.indexOf('1,200 hosts');
    expect(lost).toBeGreaterThan(0);
    expect(risk).toBeGreaterThan(lost);
    expect(text).toContain('switched off on the host');
    expect(text).toContain('at risk');
  });

  test('of a policy without an acceptance says that it can’t be saved, whichever Statement is required', () => {
    const text = at({
      'a.kea-policy.json': cursor(policy({ ksn: { enforcement: 'enforce', enabled: true } }), '"ksn"'),
    });
    expect(text).toContain('The Statement is not accepted, so that the policy can’t be saved with KSN on.');
    expect(text).not.toContain('can’t be told whether');
    const required = at({
      'a.kea-policy.json': cursor(policy({ ksn: { enforcement: 'enforce', enabled: true } }), '"ksn"'),
      'kea-policy.config.json': config,
    });
    expect(required).toContain(
      'The Statement is not accepted, so that the policy can’t be saved with KSN on: required is `2023-10`.',
    );
    expect(required).not.toContain('as saved');
  });

  test('of agents in the config says in words what becomes of KSN on them', () => {
    const agents = [{ version: '3.14', statementVersion: '2022-01', hosts: 300 }];
    const text = at({
      'a.kea-policy.json': policy(),
      'kea-policy.config.json': cursor({ ...config, agents }, '"3.14"'),
    });
    expect(text).toContain('switched off, since these agents carry another Statement: 1 policy');
  });

  test('counts a device that an entry of the same agent counts once, as the rules do', () => {
    const text = at({
      'a.kea-policy.json': cursor(policy(), '"ksn"'),
      'd.kea-policy.json': device(),
      'kea-policy.config.json': config,
    });
    expect(text).toContain('1,200 hosts');
  });

  test('of a device speaks of its one host, at its settings and at its agent', () => {
    const host = device({ agent: { version: '3.14', statementVersion: '2022-01' } });
    for (const text of ['"ksn"', '"agent"', '"3.14"']) {
      const files = { 'd.kea-policy.json': cursor(host, text), 'a.kea-policy.json': policy() };
      expect(at(files)).toContain(
        'On this host KSN is switched off: its agent carries another Statement than the settings.',
      );
    }
  });

  test('of a device says that other agents put it at risk', () => {
    const files = {
      'd.kea-policy.json': cursor(device(), '"ksn"'),
      'a.kea-policy.json': policy(),
      'kea-policy.config.json': {
        ...config,
        agents: [{ version: '3.14', statementVersion: '2022-01', hosts: 300 }],
      },
    };
    expect(at(files)).toContain(
      'On this host KSN is on, but at risk: other agents of its policy switch it off',
    );
  });

  test('says which document decides, and what has no effect', () => {
    const child = policy({
      name: 'Child',
      administrationGroup: 'Managed devices/EMEA',
      ksn: { enabled: false },
    });
    const text = at({ 'child.kea-policy.json': cursor(child, '"enabled"'), 'a.kea-policy.json': policy() });
    expect(text).toContain('Effective: `true`, decided by “Workstations”');
    expect(text).toContain('no effect (`enabled`)');
    const other = { ...child, ksn: { statement: { version: '2022-01', accepted: false } } };
    expect(
      at({ 'child.kea-policy.json': cursor(other, '"2022-01"'), 'a.kea-policy.json': policy() }),
    ).toContain('Effective: `"2023-10"`, decided by “Workstations”');
  });

  test('does not take Undefined for off', () => {
    const text = at({
      'a.kea-policy.json': cursor(policy({ ksn: { enabled: true, statement } }), '"enabled"'),
    });
    expect(text).toContain('Saved, not applied: `true`');
  });

  test('says of a Statement what was accepted, by whom, against what is required, and that it is a record', () => {
    const files = { 'a.kea-policy.json': cursor(policy(), '"2023-10"'), 'kea-policy.config.json': config };
    expect(at(files)).toContain('Recorded as accepted: `2023-10` by A. Adams');
    expect(at(files)).toContain('Required by the managing plug-in: `2023-10`, the same version');
    expect(at(files)).toContain('does not accept the Statement in Kaspersky Security Center');
    expect(at({ ...files, 'kea-policy.config.json': {} })).toContain(
      'Which Statement is required is not known',
    );
  });

  test('explains a rule by its id, in a document and in the config', () => {
    const excepted = policy({ exceptions: [{ rule: 'ksn-region-restricted', reason: 'a reason for it' }] });
    const inDocument = at({ 'a.kea-policy.json': cursor(excepted, '"ksn-region-restricted"') });
    expect(inDocument).toContain('/docs/rules/ksn-region-restricted.md');
    const inConfig = at({
      'kea-policy.config.json': cursor(
        { rules: { 'ksn-region-restricted': 'off' } },
        '"ksn-region-restricted"',
      ),
    });
    expect(inConfig).toBe(inDocument);
  });

  test('tells of groups, status, inheritance and plug-in', () => {
    const parent = policy({ inheritance: { forceInChildren: true } });
    const child = {
      ...policy({ name: 'Child', administrationGroup: 'Managed devices/EMEA' }),
      status: 'active',
      inheritance: { inheritFromParent: false },
      plugin: { version: '3.9', statementVersion: '2022-01' },
    };
    const files = (text: string) => ({
      'child.kea-policy.json': cursor(child, text),
      'a.kea-policy.json': parent,
      'd.kea-policy.json': device({ administrationGroup: 'Managed devices/EMEA' }),
    });
    expect(at(files('"administrationGroup"'))).toContain('Parent policy: “Workstations”');
    expect(at(files('"administrationGroup"'))).toContain('0 child policies, 1 device');
    expect(at(files('"status"'))).toContain('The only policy of its group');
    expect(at(files('"inheritFromParent"'))).toContain('“Workstations” forces inheritance');
    expect(at(files('"plugin"'))).toContain(
      '`3.9`, carrying Statement `2022-01` (no other is named in the config)',
    );
    const kmp = policy({ kmp: { enabled: true } });
    expect(at({ 'a.kea-policy.json': cursor(kmp, '"kmp"'), 'kea-policy.config.json': config })).toContain(
      'Managed Protection cannot be configured with plug-in 3.10 or later',
    );
  });

  test('tells in the config what follows for policies', () => {
    const files = (text: string) => ({
      'kea-policy.config.json': cursor(config, text),
      'a.kea-policy.json': policy(),
    });
    expect(at(files('"plugin"'))).toContain(
      '1 policy of this project has KSN on; acceptance is due for none.',
    );
    expect(at(files('"hosts"'))).toContain('on: 1 policy');
  });

  test('says of a catalogue’s Statement which policies it is required of, also by their own plug-ins', () => {
    const catalogue = { statements: [{ version: '2023-10', texts: [] }] };
    const files = {
      'a.kea-policy.json': policy({ plugin: { version: '3.16', statementVersion: '2023-10' } }),
      'b.kea-policy.json': policy({ name: 'B', administrationGroup: 'B' }),
    };
    const required = (config: object): string =>
      at({ ...files, 'kea-policy.config.json': cursor(config, '"2023-10"') });
    expect(required(catalogue)).toContain(
      'It is required of 1 policy; of 1 it is not known which Statement is.',
    );
    expect(required({ ...catalogue, plugin: { version: '3.17', statementVersion: '2024-06' } })).toContain(
      'It is required of 0 policies.',
    );
  });

  test('does not compare a Statement without version to the one that is required', () => {
    const files = {
      'a.kea-policy.json': cursor(policy({ ksn: { statement: { accepted: false } } }), '"accepted"'),
      'kea-policy.config.json': config,
    };
    expect(at(files)).toContain('Required by the managing plug-in: `2023-10`.');
  });

  test('shows nothing of a file as Markdown', () => {
    const evil = policy({ name: '[x](command:evil) <img> `y`', inheritance: { forceInChildren: true } });
    const child = policy({ name: 'Child', administrationGroup: 'Managed devices/A', ksn: {} });
    const text = at({ 'child.kea-policy.json': cursor(child, '"ksn"'), 'a.kea-policy.json': evil });
    expect(text).toContain('\\[x\\](command:evil) \\<img\\> \\`y\\`');
  });

  test('is plain text for clients that show no Markdown', () => {
    const text = at({ 'a.kea-policy.json': cursor(policy(), '"enabled"') }, false);
    expect(text).toContain('Enable KSN usage');
    expect(text).not.toMatch(/\*\*|\\|`/);
  });

  test('says nothing of what the language does not have, and survives any text', () => {
    expect(at({ 'a.kea-policy.json': cursor(policy({ other: 1 }), '"other"') })).toBe('');
    for (const text of ['|', '{|', '[|', '{"ksn":|', '{"a":{"b":[1,|']) {
      expect(at({ 'a.kea-policy.json': text })).toBe('');
    }
    expect(at({ 'a.kea-policy.json': '{"kind":"policy","ksn":{"enabled|' })).toContain('can’t be told');
  });
});
