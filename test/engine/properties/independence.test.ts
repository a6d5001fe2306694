import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judge, judgeProject } from '../../../server/src/engine/judge';
import { affectedBy } from '../../../server/src/project/affected';
import { configName } from '../../../server/src/project/document';
import { documentFrom } from '../../../server/src/project/load';
import { readConfig, readDocument } from '../../../server/src/project/read-document';
import { now } from '../../rules/harness';
import { bodyOf, consequences, findingsOf, located, pathsOf, read } from './judged';
import { hangs, projects, tries, type Texts } from './projects';

const documentsOf = (texts: Texts): string[] =>
  Object.keys(texts).filter((path) => path.endsWith('.kea-policy.json'));

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('findings do not depend on', () => {
  test(
    'the order in which files are read',
    () => {
      fc.assert(
        fc.property(projects, fc.infiniteStream(fc.nat(1000)), (texts, ranks) => {
          const shuffled = Object.entries(texts)
            .map((entry) => ({ entry, rank: ranks.next().value as number }))
            .sort((a, b) => a.rank - b.rank)
            .map(({ entry }) => entry);
          const other = Object.fromEntries(shuffled);
          expect(located(other)).toEqual(located(texts));
          expect(consequences(read(other))).toBe(consequences(read(texts)));
        }),
        tries(80),
      );
    },
    hangs,
  );

  test(
    'which files are asked for, and what was asked before',
    () => {
      fc.assert(
        fc.property(projects, fc.nat(), (texts, pick) => {
          const all = judgeProject(read(texts), { now });
          const project = read(texts);
          const paths = pathsOf(project);
          const path = paths[pick % paths.length];
          if (path === undefined || path === configName) return;
          expect(findingsOf(project, path)).toEqual(all.filter((finding) => finding.path === path));
        }),
        tries(60),
      );
    },
    hangs,
  );

  test(
    'whether a text comes from the disk or from an editor',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const text of Object.values(texts)) {
            expect(readDocument(bodyOf(text))).toEqual(readDocument(utf8(text)));
            expect(readConfig(bodyOf(text))).toEqual(readConfig(utf8(text)));
          }
        }),
        tries(60),
      );
    },
    hangs,
  );

  test(
    'which documents are open, and how their texts came about',
    () => {
      fc.assert(
        fc.property(projects, projects, (texts, others) => {
          // Typed over the files of another project, one after the other, with questions in between.
          const project = read({ ...others, ...(texts[configName] && { [configName]: texts[configName] }) });
          const settings = read(texts);
          project.configure(settings.config, settings.nestedConfigs);
          for (const path of documentsOf({ ...others, ...texts })) {
            const isThere = settings.document(path) !== undefined;
            const before = project.document(path);
            const untouched = new Map(pathsOf(project).map((other) => [other, findingsOf(project, other)]));
            const after = isThere ? documentFrom(path, bodyOf(texts[path])) : undefined;
            project.replace(path, after);
            const affected = affectedBy(project, before, after);
            for (const [other, findings] of untouched) {
              if (other === path || affected.has(other)) continue;
              expect(findingsOf(project, other), `${path} changed ${other}`).toEqual(findings);
            }
          }
          expect(located(texts, project)).toEqual(located(texts));
          expect(consequences(project)).toBe(consequences(settings));
        }),
        tries(60),
      );
    },
    hangs,
  );

  test(
    'how often they are asked for',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const project = read(texts);
          const ask = (): unknown =>
            [...project.documents].map((document) => judge(project, document, { now }));
          expect(ask()).toEqual(ask());
        }),
        tries(40),
      );
    },
    hangs,
  );
});
