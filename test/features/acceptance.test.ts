import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addsAcceptance } from '../../server/src/engine/acceptance-guard';
import { codeActions } from '../../server/src/features/code-actions';
import { completion } from '../../server/src/features/completion';
import { editFor } from '../../server/src/features/edit-action';
import { rename } from '../../server/src/features/rename';
import { withoutPlaceholders } from '../../server/src/features/snippets';
import { TextDocument } from 'vscode-languageserver-textdocument';
import type { TextEdit, WorkspaceEdit } from 'vscode-languageserver-types';
import { able, after, sceneOf, stage, wholeRange } from './scene';

const versions = fc.constantFrom('2022-01', '2023-10', '');
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 4 });
const odd = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 6, arbitrary: value },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('true', null, 1, []) },
  );

/** Statements in good order and in bad: mistyped names, malformed values. */
const statements = fc.record(
  {
    version: odd(versions),
    accepted: odd(fc.boolean()),
    acepted: fc.constantFrom(true, false),
    acceptedBy: fc.constantFrom('A. Adams', ''),
    acceptedAt: fc.constantFrom('2026-01-01T10:00:00Z', 'yesterday'),
  },
  { requiredKeys: [] },
);

const groups = fc.constantFrom('G', 'G/A', 'G/A/B', 'H');

const documents = fc.record(
  {
    kind: fc.constantFrom('policy', 'device'),
    name: fc.constantFrom('A', 'B'),
    administrationGroup: groups,
    status: maybe(fc.constantFrom('active', 'inactive', 'outOfOffice')),
    inheritance: maybe(fc.record({ inheritFromParent: fc.boolean(), forceInChildren: fc.boolean() })),
    ksn: fc.record(
      {
        enforcement: odd(fc.constantFrom('enforce', 'undefined')),
        enabled: odd(fc.boolean()),
        useKscAsKsnProxy: fc.boolean(),
        statement: statements,
        statment: statements,
      },
      { requiredKeys: [] },
    ),
    kmp: maybe(fc.record({ enabled: fc.boolean() })),
    exceptions: maybe(fc.constant([{ rule: 'nothing', reason: 'short' }])),
  },
  { requiredKeys: ['kind', 'administrationGroup', 'ksn'] },
);

/** A member named again, a comma too many: what fixes of syntax start from. */
const spoiled = fc
  .tuple(documents, fc.constantFrom('', 'accepted', 'statement', 'ksn', 'comma'))
  .map(([document, what]) => {
    const text = JSON.stringify(document, null, 2);
    if (what === 'comma') return text.replace(/\n\s*\}/, ',\n}');
    const again = {
      accepted: '"accepted": false, "accepted"',
      statement: '"statement": {}, "statement"',
      ksn: '"ksn": {}, "ksn"',
    };
    return what === '' ? text : text.replace(`"${what}"`, again[what]);
  });

const configs = fc.constantFrom('{}', '{ "plugin": { "version": "3.16", "statementVersion": "2023-10" } }');
const projects = fc
  .tuple(fc.array(spoiled, { minLength: 1, maxLength: 4 }), configs)
  .map(([texts, config]) => {
    const files = new Map(texts.map((text, i) => [`${i}.kea-policy.json`, text]));
    return files.set('kea-policy.config.json', config);
  });

/** The files that an edit would leave with an acceptance that they did not have. */
function accepting(files: ReadonlyMap<string, string>, edit: WorkspaceEdit | undefined): string[] {
  if (!edit) return [];
  return [...after(files, edit)]
    .filter(([path, text]) => addsAcceptance(files.get(path) ?? '', text))
    .map(([path]) => path);
}

describe('no edit but a consent leaves an acceptance behind that was not there', () => {
  test('no code action', () => {
    fc.assert(
      fc.property(projects, (files) => {
        const scene = sceneOf(files, '0.kea-policy.json');
        const request = { range: wholeRange(scene.file), only: undefined, diagnostics: [] };
        // In the group, for the refactorings there.
        const ksn = stage({
          '0.kea-policy.json': files.get('0.kea-policy.json')!.replace('"ksn"', '"k|sn"'),
        }).position;
        const inGroup = { ...request, range: { start: ksn, end: ksn } };
        for (const action of [...codeActions(scene, request, able), ...codeActions(scene, inGroup, able)]) {
          if (action.kind === 'quickfix.keaPolicy.consent') {
            const [annotation] = Object.values(action.edit!.changeAnnotations!);
            expect(annotation!.needsConfirmation).toBe(true);
          } else expect(accepting(files, action.edit), action.title).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  test('no rename', () => {
    fc.assert(
      fc.property(projects, versions, fc.nat(), (files, name, at) => {
        const scene = sceneOf(files, '0.kea-policy.json');
        const text = files.get('0.kea-policy.json')!;
        const places = [...text.matchAll(/"(?:version|administrationGroup)": "/g)].map(
          (match) => match.index + match[0].length,
        );
        if (places.length === 0) return;
        const position = TextDocument.create('', '', 1, text).positionAt(places[at % places.length]!);
        const renamed = rename(scene, position, name, able);
        if (renamed?.ok) expect(accepting(files, renamed.edit)).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });

  test('no completion', async () => {
    await fc.assert(
      fc.asyncProperty(projects, fc.nat(), async (files, at) => {
        const scene = sceneOf(files, '0.kea-policy.json');
        const text = files.get('0.kea-policy.json')!;
        const document = TextDocument.create('', '', 1, text);
        const position = document.positionAt(at % (text.length + 1));
        const { items } = await completion(scene, position, { snippets: true, markdown: true });
        for (const item of items) {
          const edit = item.textEdit as TextEdit;
          const changed = TextDocument.applyEdits(document, [
            { ...edit, newText: withoutPlaceholders(edit.newText) },
          ]);
          expect(addsAcceptance(text, changed), item.label).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test('no action of a client’s command but the acceptance itself, which must name the version required now', () => {
    fc.assert(
      fc.property(projects, (files) => {
        const scene = sceneOf(files, '0.kea-policy.json');
        for (const action of ['enable', 'disable', 'enforce', 'undefine', 'proxyOn', 'proxyOff'] as const) {
          const answer = editFor(scene, { do: action }, able);
          if (answer.ok) expect(accepting(files, answer.edit)).toEqual([]);
        }
        expect(editFor(scene, { do: 'accept', version: 'another' }, able).ok).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});
