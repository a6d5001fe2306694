import { describe, expect, test } from 'vitest';
import { prepareRename, rename } from '../../server/src/features/rename';
import { config, device, policy } from '../lsp/documents';
import { able, after, stage, type Content } from './scene';

const text = (document: object, from: string, to: string): string =>
  JSON.stringify(document, null, 2).replace(from, to);

function renamed(contents: Record<string, Content>, newName: string) {
  const { scene, position, files } = stage(contents);
  const result = rename(scene, position, newName, able);
  if (!result?.ok) throw new Error(result?.message ?? 'nothing to rename');
  return { texts: after(files, result.edit), note: result.note };
}

describe('renaming a group', () => {
  const below = policy({ name: 'Below', administrationGroup: 'Managed devices/EMEA/Sales' });
  const files = {
    'a.kea-policy.json': text(policy({ administrationGroup: 'Managed devices/EMEA' }), 'EMEA', 'EM|EA'),
    'below.kea-policy.json': below,
    'other.kea-policy.json': policy({ name: 'Other', administrationGroup: 'Managed devices/EMEA2' }),
    'kea-policy.config.json': {
      ...config,
      administrationGroups: ['Managed devices/EMEA', 'Managed devices/APAC'],
      agents: [{ version: '3.16', administrationGroups: ['Managed devices/EMEA/Sales'] }],
    },
  };

  test('renames its part in every path at or below it, and no other', () => {
    const { texts } = renamed(files, 'Europe');
    expect([...texts.keys()].sort()).toEqual([
      'a.kea-policy.json',
      'below.kea-policy.json',
      'kea-policy.config.json',
    ]);
    expect(texts.get('below.kea-policy.json')).toBe(text(below, 'EMEA', 'Europe') + '\n');
    expect(JSON.parse(texts.get('kea-policy.config.json')!)).toMatchObject({
      administrationGroups: ['Managed devices/Europe', 'Managed devices/APAC'],
      agents: [{ administrationGroups: ['Managed devices/Europe/Sales'] }],
    });
  });

  test('starts from the part under the cursor', () => {
    const { scene, position } = stage(files);
    expect(prepareRename(scene, position)).toEqual({
      placeholder: 'EMEA',
      range: { start: { line: 3, character: 42 }, end: { line: 3, character: 46 } },
    });
  });

  test('is refused where it would merge groups, or is no name of a group', () => {
    const { scene, position } = stage(files);
    for (const name of ['EMEA2', 'APAC', 'A/B', '', ' A']) {
      expect(rename(scene, position, name, able)).toMatchObject({ ok: false });
    }
  });

  test('takes a name to its end that has no closing quote', () => {
    const broken = '{ "kind": "policy", "name": "B", "administrationGroup": "Managed devices/EMEA';
    const { texts } = renamed({ ...files, 'broken.kea-policy.json': broken }, 'Europe');
    expect(texts.get('broken.kea-policy.json')).toBe(broken.replace('EMEA', 'Europe'));
  });

  test('changes nothing where the name stays as it is', () => {
    const escaped = { ...files, 'below.kea-policy.json': text(below, 'EMEA/Sales', '\\u0045MEA/Sales') };
    expect([...renamed(escaped, 'EMEA').texts.keys()]).toEqual([]);
  });

  test('writes a path anew that is written with escapes', () => {
    const escaped = { ...files, 'below.kea-policy.json': text(below, 'EMEA/Sales', '\\u0045MEA\\/Sales') };
    expect(JSON.parse(renamed(escaped, 'Europe').texts.get('below.kea-policy.json')!)).toMatchObject({
      administrationGroup: 'Managed devices/Europe/Sales',
    });
  });
});

describe('renaming a Statement version', () => {
  test('leaves Statements alone that are recorded as accepted, and says so', () => {
    const draft = policy({ name: 'Draft', ksn: { statement: { version: '2023-10', accepted: false } } });
    const { texts, note } = renamed(
      {
        'kea-policy.config.json': text(config, '"2023-10"', '"2023|-10"'),
        'a.kea-policy.json': policy(),
        'draft.kea-policy.json': draft,
        'd.kea-policy.json': device({ ksn: {} }),
      },
      '2023-10 (en)',
    );
    expect([...texts.keys()].sort()).toEqual([
      'd.kea-policy.json',
      'draft.kea-policy.json',
      'kea-policy.config.json',
    ]);
    expect(texts.get('draft.kea-policy.json')).toContain('"version": "2023-10 (en)"');
    expect(note).toContain('1 Statement that is recorded as accepted was not renamed');
  });

  test('is not offered on anything else', () => {
    const { scene, position } = stage({
      'a.kea-policy.json': text(policy(), 'Workstations', 'Work|stations'),
    });
    expect(prepareRename(scene, position)).toBeUndefined();
    expect(rename(scene, position, 'x', able)).toBeUndefined();
  });
});
