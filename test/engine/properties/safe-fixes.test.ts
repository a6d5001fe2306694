import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addsAcceptance } from '../../../server/src/engine/acceptance-guard';
import { fixToFixedPoint, offeredFixes, safeEdits } from '../../../server/src/engine/fixes';
import { configName } from '../../../server/src/project/document';
import { applyEdits } from '../../../server/src/syntax/change';
import { parse } from '../../../server/src/syntax/tree';
import { bodyOf, consequences, findingsOf, located, pathsOf, read } from './judged';
import { hangs, projects, tries, type Texts } from './projects';

/** The project after its safe fixes were applied to one file. */
function fixedOne(texts: Texts, path: string): Texts {
  const bom = texts[path]!.startsWith('\ufeff') ? '\ufeff' : '';
  const after = fixToFixedPoint(bodyOf(texts[path]), (text) =>
    findingsOf(read({ ...texts, [path]: bom + text }), path).filter((finding) => finding.path === path),
  );
  return { ...texts, [path]: bom + after };
}

const fixedAll = (texts: Texts): Texts => pathsOf(read(texts)).reduce(fixedOne, texts);

describe('safe fixes', () => {
  test(
    'leave what every device does as it was, and every acceptance',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const after = fixedAll(texts);
          expect(consequences(read(after))).toBe(consequences(read(texts)));
          for (const path of Object.keys(texts)) {
            expect(addsAcceptance(bodyOf(texts[path]), bodyOf(after[path])), path).toBe(false);
          }
        }),
        tries(100),
      );
    },
    hangs,
  );

  test(
    'make nothing worse: every finding that is there afterwards was there before',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const before = located(texts).map(({ path, identity }) => `${path} ${identity}`);
          for (const finding of located(fixedAll(texts))) {
            const i = before.indexOf(`${finding.path} ${finding.identity}`);
            expect(i < 0 ? finding.message : '', finding.rule).toBe('');
            before.splice(i, 1);
          }
        }),
        tries(60),
      );
    },
    hangs,
  );

  test(
    'change nothing the second time, and leave nothing behind that they could mend',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const once = fixedAll(texts);
          expect(fixedAll(once)).toEqual(once);
          // What an exception covers is left as it is.
          for (const finding of located(once).filter(({ excepted }) => !excepted)) {
            // What a comment is in the way of is not offered: nothing of the author's is deleted with it.
            const offered = offeredFixes(parse(bodyOf(once[finding.path])), finding);
            expect(offered.some(({ fix }) => fix.kind === 'safe') ? finding.message : '').toBe('');
          }
        }),
        tries(60),
      );
    },
    hangs,
  );

  test(
    'never get into each other’s way, and only take away',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const project = read(texts);
          for (const path of pathsOf(project)) {
            const text = bodyOf(texts[path]);
            const edits = [...safeEdits(parse(text), findingsOf(project, path))].sort(
              (a, b) => a.start - b.start,
            );
            let done = 0;
            for (const { start, end, text: inserted } of edits) {
              expect(start).toBeGreaterThanOrEqual(done);
              expect(end).toBeGreaterThan(start);
              expect(inserted).toBe('');
              done = end;
            }
            expect(done).toBeLessThanOrEqual(text.length);
            expect(applyEdits(text, edits).length <= text.length).toBe(true);
          }
        }),
        tries(80),
      );
    },
    hangs,
  );

  test('of a config leave every setting as it was', () => {
    const text =
      '{\r\n\t"rules": {"policy-inactive": "off",},\r\n\t"rules": {"policy-inactive": "off"},\r\n}';
    const texts = { [configName]: text };
    const after = fixedAll(texts);
    expect(after[configName]).toBe('{\r\n\t"rules": {"policy-inactive": "off"}\r\n}');
    expect(consequences(read(after))).toBe(consequences(read(texts)));
  });
});
