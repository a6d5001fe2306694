import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fingerprint } from '../../../server/src/engine/fingerprint';
import type { LocatedFinding } from '../../../server/src/engine/locate';
import { parse } from '../../../server/src/syntax/tree';
import { bodyOf, located, read } from './judged';
import { hangs, projects, tries, type Texts } from './projects';

const inWords = ({ rule, path, pointer, message }: LocatedFinding): string =>
  `${rule} ${path}#${pointer}: ${message}`;

const inAnyItem = ({ pointer }: LocatedFinding): string => pointer.replace(/\/\d+/g, '/*');

/** Rules that may stand together at one place, since their causes differ (see the rules' documentation). */
const together: readonly (readonly [string, string])[] = [
  ['kmp-not-configurable', 'kmp-still-running'],
  ['ksn-statement-version-mismatch', 'ksn-agent-statement-mismatch'],
  ['ksn-statement-version-unknown', 'ksn-agent-statement-mismatch'],
];

describe('every finding of any project', () => {
  test(
    'has a place in its text that is not empty',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const finding of located(texts)) {
            const { length } = bodyOf(texts[finding.path]);
            const spans = [
              { path: finding.path, span: finding.span },
              ...finding.related.map(({ path, span }) => ({ path, span })),
            ];
            for (const { path, span } of spans) {
              expect(texts[path], inWords(finding)).toBeDefined();
              expect(span.start, inWords(finding)).toBeGreaterThanOrEqual(0);
              expect(span.end, inWords(finding)).toBeGreaterThanOrEqual(span.start);
              expect(span.end, inWords(finding)).toBeLessThanOrEqual(bodyOf(texts[path]).length);
            }
            const { span, rule } = finding;
            const wholeFile = ['document-limits', 'document-unreadable', 'config-nested'].includes(rule);
            const atEnd = rule === 'json-syntax' && /^The file /.test(finding.message);
            if (!wholeFile && !atEnd && length > 0)
              expect(span.end, inWords(finding)).toBeGreaterThan(span.start);
          }
        }),
        tries(120),
      );
    },
    hangs,
  );

  test(
    'says a sentence without characters that can’t be seen',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const { message, related, fixes } of located(texts)) {
            const sentences = [message, ...related.map((place) => place.message)];
            for (const sentence of sentences) expect(sentence).toMatch(/^["\p{L}].*[.?]$/u);
            for (const said of [...sentences, ...fixes.map(({ title }) => title)]) {
              expect(said).not.toMatch(
                /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|(?<![-"])undefined|\[object|Symbol\(|NaN/u,
              );
            }
          }
        }),
        tries(120),
      );
    },
    hangs,
  );

  test(
    'is the only one about its cause',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const byPlace = new Map<string, LocatedFinding[]>();
          for (const finding of located(texts)) {
            if (!('pointer' in finding.anchor) || finding.anchor.on !== 'value') continue;
            const place = `${finding.path}#${finding.pointer}`;
            byPlace.set(place, [...(byPlace.get(place) ?? []), finding]);
          }
          for (const findings of byPlace.values()) {
            findings.forEach((one, i) => {
              for (const other of findings.slice(i + 1)) {
                const known = together.some((pair) => pair.includes(one.rule) && pair.includes(other.rule));
                expect(known ? [] : [inWords(one), inWords(other)]).toEqual([]);
              }
            });
          }
        }),
        tries(120),
      );
    },
    hangs,
  );

  test(
    'is missing where the document is in order as JSON and has its shape, unless a rule looks there',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const project = read(texts);
          for (const { path, problems } of project.documents) {
            if (problems.length > 0) continue;
            expect(parse(bodyOf(texts[path])).errors, path).toEqual([]);
            expect(() => JSON.parse(bodyOf(texts[path])) as unknown).not.toThrow();
          }
        }),
        tries(60),
      );
    },
    hangs,
  );
});

describe('fingerprints', () => {
  const identified = (texts: Texts, path: string): string[] =>
    located(texts)
      .filter((finding) => finding.path === path)
      .map((finding) => `${finding.rule} ${fingerprint(finding)}`)
      .sort();

  test(
    'tell findings of a file apart, but for the same said again of what has no name of its own',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const seen = new Map<string, LocatedFinding>();
          for (const finding of located(texts)) {
            const id = `${finding.path} ${fingerprint(finding)}`;
            const before = seen.get(id);
            seen.set(id, finding);
            if (!before) continue;
            expect(finding.rule).toBe(before.rule);
            const text = bodyOf(texts[finding.path]);
            const repeated =
              text.slice(finding.span.start, finding.span.end) ===
              text.slice(before.span.start, before.span.end);
            // Items that say the same of themselves are told apart by nothing but their place.
            const alike = inAnyItem(finding) === inAnyItem(before);
            expect(repeated || alike ? [] : [inWords(before), inWords(finding)]).toEqual([]);
          }
        }),
        tries(120),
      );
    },
    hangs,
  );

  test(
    'stay when lines are put above and between',
    () => {
      fc.assert(
        fc.property(projects, fc.nat(), (texts, seed) => {
          const path = Object.keys(texts).filter((name) => name.endsWith('.json'))[seed % 2];
          if (path === undefined || parse(bodyOf(texts[path])).errors.length > 0) return;
          const spaced = bodyOf(texts[path])
            .split(/(?<=[{,[\]}])(?=[\r\n])/)
            .join('\n\n');
          expect(identified({ ...texts, [path]: `\n\n${spaced}` }, path)).toEqual(identified(texts, path));
        }),
        tries(80),
      );
    },
    hangs,
  );
});
