import { expect, test } from 'vitest';
import { nearest } from '../../server/src/syntax/nearest';

test.each([
  ['enabeld', 'enabled'],
  ['ENABLED', 'enabled'],
  ['useKscAsKsnProxi', 'useKscAsKsnProxy'],
  ['inherit_from_parent', 'inheritFromParent'],
  ['ebabled', 'enabled'],
  ['statemnt', 'statement'],
  ['warn', 'warning'],
  ['enforced', 'enforce'],
  ['x', undefined],
  ['', undefined],
  ['off', undefined],
  ['colour', undefined],
  ['enabled'.repeat(20), undefined],
])('%j: %j', (typed, meant) => {
  const known = [
    'enabled',
    'useKscAsKsnProxy',
    'inheritFromParent',
    'statement',
    'warning',
    'enforce',
    'version',
  ];
  expect(nearest(typed, known)).toBe(meant);
});

test('of equally near ones the first, and the exact one before all', () => {
  expect(nearest('abcdef', ['abcdex', 'abcdey'])).toBe('abcdex');
  expect(nearest('abcdef', ['abcdex', 'ABCDEF'])).toBe('ABCDEF');
});
