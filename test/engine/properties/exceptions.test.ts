import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compareWithBaseline, readBaseline, writeBaseline } from '../../../server/src/engine/baseline';
import { fingerprint } from '../../../server/src/engine/fingerprint';
import type { LocatedFinding } from '../../../server/src/engine/locate';
import { rulesById } from '../../../server/src/rules';
import { now } from '../../rules/harness';
import { located, read } from './judged';
import { hangs, projects, tries, type Texts } from './projects';

const identified = (findings: readonly LocatedFinding[]): string[] =>
  findings.map(({ path, rule, identity }) => `${path} ${rule} ${identity}`).sort();

const printed = (texts: Texts) =>
  located(texts).map((finding) => ({ ...finding, fingerprint: fingerprint(finding) }));

describe('exceptions', () => {
  test(
    'hide nothing: what they cover and what is left are all that there is',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const plain = located(texts, read(texts), { now, noExceptions: true });
          const excepting = located(texts);
          // That an exception covers nothing is only said where exceptions are applied.
          const rest = excepting.filter(({ rule }) => rule !== 'exception-unused');
          expect(identified(rest)).toEqual(identified(plain));
          expect(plain.some(({ excepted }) => excepted)).toBe(false);
          for (const { excepted, rule } of excepting) {
            if (excepted) expect(rulesById.get(rule)!.notExceptable).not.toBe(true);
          }
        }),
        tries(80),
      );
    },
    hangs,
  );
});

describe('a baseline', () => {
  test(
    'that was written and read again knows every finding, once for each time that it stands there',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const findings = printed(texts);
          const baseline = readBaseline(writeBaseline(findings));
          if ('wrong' in baseline) throw new Error(baseline.wrong);
          expect(compareWithBaseline(findings, baseline, () => true)).toEqual({ fresh: [], gone: [] });
          expect(compareWithBaseline([...findings, ...findings], baseline, () => true).fresh).toHaveLength(
            findings.length,
          );
        }),
        tries(50),
      );
    },
    hangs,
  );

  test(
    'says which of its findings are gone, of the files that were judged',
    () => {
      fc.assert(
        fc.property(projects, fc.nat(), (texts, pick) => {
          const findings = printed(texts);
          if (findings.length === 0) return;
          const baseline = readBaseline(writeBaseline(findings));
          if ('wrong' in baseline) throw new Error(baseline.wrong);
          const mended = findings[pick % findings.length]!;
          const left = findings.filter((finding) => finding !== mended);
          const { gone, fresh } = compareWithBaseline(left, baseline, () => true);
          expect(fresh).toEqual([]);
          expect(gone.map(({ fingerprint, path }) => [fingerprint, path])).toEqual([
            [mended.fingerprint, mended.path],
          ]);
          expect(compareWithBaseline(left, baseline, (path) => path !== mended.path).gone).toEqual([]);
        }),
        tries(50),
      );
    },
    hangs,
  );

  test.each([
    ['nothing', ''],
    ['no object', 'null'],
    ['another version', '{"formatVersion": 2, "findings": []}'],
    ['findings that are none', '{"formatVersion": 1, "findings": [{"rule": "a"}, null]}'],
    ['a list of findings only', '[]'],
  ])('of %s is refused in words', (_what, text) => {
    expect(readBaseline(text)).toEqual({ wrong: expect.stringMatching(/^it|^its/) as string });
  });
});
