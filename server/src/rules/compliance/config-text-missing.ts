import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { TextState } from '../../project/document';
import type { Found } from '../finding';
import { rule } from '../rule';
import { configFile } from '../sample';

const faults: Record<Exclude<TextState['state'], 'ok'>, string> = {
  missing: 'does not exist',
  unreadable: 'cannot be read',
  outside: 'lies outside the folder of the config',
  'not-a-file': 'is not a regular file',
  'too-large': 'is larger than 1 MiB',
};

export const configTextMissing = rule({
  id: 'config-text-missing',
  category: 'compliance',
  severity: 'error',
  summary: 'A text of the Statement catalogue is absent, or is not the text that its hash names',
  in: ['config'],
  docs: {
    what: `A text of \`statements\` whose \`file\` does not exist, cannot be read, lies outside the folder of the config,
is no regular file or is larger than 1 MiB; or whose bytes have another SHA-256 than its \`sha256\` says.`,
    why: `The catalogue is what a KSN Statement is read from before it is accepted, and what the \`sha256\` of an
acceptance is held against. Without the text there is nothing to read; with another text, an acceptance documents
something that nobody has seen. Line ends are part of the bytes: keep the texts \`-text\` in \`.gitattributes\`.`,
    avoid: [
      {
        title: 'A text that is not there',
        files: [
          configFile({
            statements: [
              { version: '2024-05', texts: [{ language: 'en', file: 'statements/2024-05.en.txt' }] },
            ],
          }),
        ],
      },
      {
        title: 'A text that was changed after its hash was taken',
        files: [
          configFile({
            statements: [
              {
                version: '2024-05',
                texts: [
                  {
                    language: 'en',
                    file: 'statements/2024-05.en.txt',
                    sha256: '0000000000000000000000000000000000000000000000000000000000000000',
                  },
                ],
              },
            ],
          }),
          { path: 'statements/2024-05.en.txt', content: 'The text that your plug-in shows.\n' },
        ],
      },
    ],
    prefer: [
      {
        title: 'The text beside the policies, with its hash',
        files: [
          configFile({
            statements: [
              {
                version: '2024-05',
                texts: [
                  {
                    language: 'en',
                    file: 'statements/2024-05.en.txt',
                    sha256: 'f8a7cbf83bb3932c836b7a6a8b38c307297dcb21e5bab48c219d86e158450072',
                  },
                ],
              },
            ],
          }),
          { path: 'statements/2024-05.en.txt', content: 'The text that your plug-in shows.\n' },
        ],
      },
    ],
    configuration: '`statements`: the catalogue itself.',
    related: ['ksn-statement-digest-mismatch'],
  },
  fixes: [{ kind: 'choice', does: 'sets the hash of the text as it is' }],
  check({ facts, texts }) {
    const found: Found[] = [];
    for (const entry of facts.statements) {
      for (const text of entry.texts) {
        const state = texts.get(text.pointer);
        if (!state) continue;
        const file = String(wellFormed(text.file));
        if (state.state !== 'ok') {
          found.push({
            message: `The Statement text "${file}" ${faults[state.state]}: it cannot be shown, and no acceptance can be held against it.`,
            anchor: value(`${text.pointer}/file`),
            value: file,
          });
          continue;
        }
        const stated = wellFormed(text.sha256)?.toLowerCase();
        if (stated === undefined || stated === state.sha256) continue;
        const pointer = `${text.pointer}/sha256`;
        found.push({
          message: `The Statement text "${file}" has the SHA-256 ${state.sha256}, not ${stated}: it is not the text that was put into the catalogue.`,
          anchor: value(pointer),
          fixes: [
            {
              kind: 'choice',
              title: 'Set the hash of the text as it is',
              changes: [{ op: 'set', pointer, value: state.sha256 }],
            },
          ],
          value: stated,
        });
      }
    }
    return found;
  },
});
