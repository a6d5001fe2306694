// The JSON language service without an editor: the same files, its diagnostics.
import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const [peers, schemaFile, folder] = process.argv.slice(2);
const { getLanguageService, TextDocument } = createRequire(`${peers}/package.json`)(
  'vscode-json-languageservice',
);
const service = getLanguageService({});
const uri = 'file:///policy.schema.json';
service.configure({
  validate: true,
  schemas: [{ uri, fileMatch: ['*.kea-policy.json'], schema: JSON.parse(readFileSync(schemaFile, 'utf8')) }],
});

let files = 0;
let wrong = 0;
const pending = [folder];
for (let at = pending.pop(); at; at = pending.pop()) {
  for (const entry of readdirSync(at, { withFileTypes: true })) {
    const path = `${at}/${entry.name}`;
    if (entry.isDirectory()) pending.push(path);
    else if (entry.name.endsWith('.kea-policy.json')) {
      files++;
      const document = TextDocument.create(pathToFileURL(path).href, 'json', 1, readFileSync(path, 'utf8'));
      const parsed = service.parseJSONDocument(document);
      const found = await service.doValidation(document, parsed, {
        comments: 'error',
        trailingCommas: 'error',
      });
      if (found.length > 0) wrong++;
    }
  }
}
console.log(JSON.stringify({ files, wrong }));
