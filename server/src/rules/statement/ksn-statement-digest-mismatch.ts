import { value } from '../../syntax/anchor';
import { wellFormed } from '../../model/facts';
import type { ConfigDocument } from '../../project/document';
import { rule } from '../rule';
import { acceptedStatement, configFile, pluginWith, policyFile } from '../sample';

const config = configFile({
  plugin: pluginWith('2024-05'),
  statements: [{ version: '2024-05', texts: [{ language: 'en', file: 'statements/2024-05.en.txt' }] }],
});
const text = { path: 'statements/2024-05.en.txt', content: 'The text that your plug-in shows.\n' };
const withHash = (sha256: string): object => ({
  ksn: {
    enforcement: 'enforce',
    enabled: true,
    statement: acceptedStatement('2024-05', { language: 'en', sha256 }),
  },
});

export const ksnStatementDigestMismatch = rule({
  id: 'ksn-statement-digest-mismatch',
  category: 'statement',
  severity: 'error',
  summary: 'The text that was accepted is not the text in the catalogue',
  in: ['policy', 'device'],
  docs: {
    what: `The \`sha256\` of an acceptance is not the hash of the catalogue's text of that version and \`language\`. The
hash of a text is that of its file's bytes; where the catalogue names no file, the \`sha256\` that it states. Nothing is
said of versions and languages that the catalogue does not have.`,
    why: `Somebody accepted another text than the one that is kept: a draft, another language, or the file was changed
since, be it by its line ends alone. The record and the catalogue cannot both be right, and neither is evidence until
that is settled.`,
    avoid: [
      {
        title: 'The hash of some other text',
        files: [
          policyFile(
            'Workstations',
            withHash('0000000000000000000000000000000000000000000000000000000000000000'),
          ),
          config,
          text,
        ],
      },
    ],
    prefer: [
      {
        title: 'The hash of the text in the catalogue',
        files: [
          policyFile(
            'Workstations',
            withHash('f8a7cbf83bb3932c836b7a6a8b38c307297dcb21e5bab48c219d86e158450072'),
          ),
          config,
          text,
        ],
      },
    ],
    configuration: '`statements`: the catalogue of Statement texts kept beside the policies.',
    related: ['config-text-missing', 'ksn-acceptance-evidence'],
  },
  check(document, { project }) {
    const { statement } = document.facts.ksn;
    const sha256 = wellFormed(statement?.sha256)?.toLowerCase();
    const version = wellFormed(statement?.version);
    const language = wellFormed(statement?.language);
    const { config } = project;
    if (sha256 === undefined || version === undefined || language === undefined || !config) return;
    const kept = textsOf(config, version, language.toLowerCase());
    if (kept.length === 0 || kept.some((text) => text.sha256 === undefined || text.sha256 === sha256)) return;
    return {
      message: `The hash of the text that was accepted, ${sha256}, is not that of the catalogue's text of Statement version ${version} in "${language}", ${kept[0]!.sha256}: another text was accepted than the one that is kept.`,
      anchor: value('/ksn/statement/sha256'),
      related: kept.map(({ pointer }) => ({
        path: config.path,
        anchor: value(pointer),
        message: `The catalogue's text of Statement version ${version} in "${language}".`,
      })),
      value: sha256,
    };
  },
});

interface KeptText {
  readonly pointer: string;
  /** `undefined` where it is not known: the file can't be read, or no hash is stated. */
  readonly sha256: string | undefined;
}

/** The catalogue's texts of a version in a language, given in lower case; more than one only by mistake. */
function textsOf({ facts, texts }: ConfigDocument, version: string, language: string): KeptText[] {
  return facts.statements
    .filter((entry) => entry.version === version)
    .flatMap((entry) => entry.texts)
    .filter((text) => wellFormed(text.language)?.toLowerCase() === language)
    .map(({ pointer, file, sha256 }) => {
      const state = texts.get(pointer);
      if (state?.state === 'ok') return { pointer, sha256: state.sha256 };
      return { pointer, sha256: file === undefined ? wellFormed(sha256)?.toLowerCase() : undefined };
    });
}
