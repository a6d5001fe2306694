import { readFileSync } from 'node:fs';
import { format, resolveConfig } from 'prettier';
import { expect, test } from 'vitest';
import { memberPage } from '../../scripts/schemas/page.mjs';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
const schema = (name: string): object => JSON.parse(read(`schemas/${name}.schema.json`)) as object;

test('docs/members.md is what the schemas say (npm run docs)', async () => {
  const page = memberPage({ policy: schema('policy'), config: schema('config') });
  const layout = await resolveConfig(new URL('README.md', root));
  expect(read('docs/members.md')).toBe(await format(page, { ...layout, filepath: 'docs/members.md' }));
  // Something of each object, so that an empty page could not pass.
  for (const member of [
    'forceInChildren',
    'useKscAsKsnProxy',
    'sha256',
    'approvedBy',
    'restrictedRegions',
    'hosts',
  ]) {
    expect(page).toContain(`\`${member}\``);
  }
});
