import fc from 'fast-check';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { Client, folderWith, remove, uriOf, asText } from './client';
import { config, policy, statement } from './documents';

let client: Client;
let folder: string;

beforeAll(async () => {
  folder = folderWith({
    'kea-policy.config.json': config,
    'child.kea-policy.json': policy({
      name: 'C',
      administrationGroup: 'Managed devices/A',
      ksn: { enabled: false, statement },
    }),
  });
  client = await Client.start({ folders: [folder] });
});

afterAll(async () => {
  await client.stop();
  expect(client.faults).toEqual([]);
  remove(folder);
});

const pieces = fc.constantFrom(
  '',
  '"',
  '{',
  '}',
  ',',
  ':',
  '\r\n',
  '\n',
  '😀',
  '\ud800',
  'true',
  '"enabled": false,',
  '\t',
  '//',
  '[1, 2]',
);
const edits = fc.array(fc.tuple(fc.nat(), fc.nat(12), pieces), { minLength: 1, maxLength: 12 });
const starts = fc.constantFrom(
  asText(policy()) as string,
  (asText(policy()) as string).replace(/\n/g, '\r\n'),
  asText(policy({ name: '😀 name 😀' })) as string,
  '{"kind":"policy","ksn":{}}',
);

test('after any edits the findings are those of the text opened afresh', async () => {
  let n = 0;
  await fc.assert(
    fc.asyncProperty(starts, edits, async (start, changes) => {
      const uri = uriOf(folder, `edited-${n++}.kea-policy.json`);
      await client.open(uri, start);
      let document = TextDocument.create(uri, '', 1, start);
      for (const [at, length, text] of changes) {
        const from = at % (document.getText().length + 1);
        const range = { start: document.positionAt(from), end: document.positionAt(from + length) };
        document = TextDocument.update(document, [{ range, text }], 1);
        await client.change(uri, [{ range, text }]);
        if (at % 3 === 0) await client.pull(uri);
      }
      const after = await client.pull(uri);
      const all = await client.pullWorkspace();
      await client.close(uri);
      await client.open(uri, document.getText());
      expect(await client.pull(uri)).toEqual(after);
      const fresh = await client.pullWorkspace();
      const items = (reports: Map<string, { items: unknown }>) =>
        [...reports].map(([of, { items }]) => [of, items]).sort();
      expect(items(fresh)).toEqual(items(all));
      await client.close(uri);
    }),
    { numRuns: 60 },
  );
});

test('a text is judged as it is, also where the project is read anew while it is open', async () => {
  const uri = uriOf(folder, 'odd.kea-policy.json');
  await client.open(uri, '{ \ud800 }');
  const before = await client.pull(uri);
  expect(before.map(({ message }) => message)).toContain('"\\ud800" has no meaning in JSON here.');
  writeFileSync(join(folder, 'kea-policy.config.json'), JSON.stringify({ ...config, ignore: ['x/**'] }));
  await client.notify('workspace/didChangeWatchedFiles', {
    changes: [{ uri: uriOf(folder, 'kea-policy.config.json'), type: 2 }],
  });
  expect(await client.pull(uri)).toEqual(before);
  await client.close(uri);
});
