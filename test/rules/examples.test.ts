import { describe, expect, test } from 'vitest';
import { addsAcceptance } from '../../server/src/engine/acceptance-guard';
import { rules } from '../../server/src/rules';
import type { Example } from '../../server/src/rules/rule';
import { findingsIn, fixed, now, textOf, type ProjectFiles } from './harness';

const filesOf = (example: Example): ProjectFiles =>
  Object.fromEntries(example.files.map(({ path, content }) => [path, content]));
const pathOf = (example: Example): string => example.files[0]!.path;
const timeOf = (example: Example): number => (example.now === undefined ? now : Date.parse(example.now));
const judged = (example: Example) => findingsIn(filesOf(example), pathOf(example), timeOf(example));

// What keeps KMP running is a newer plug-in or agent, about which there is something else to say.
const accompanied: Record<string, readonly string[]> = {
  'kmp-still-running': ['kmp-not-configurable', 'plugin-outdated'],
};

describe.each([...rules])('$id', (rule) => {
  describe.each([...rule.docs.avoid])('avoid: $title', (example) => {
    test('is found once, at the severity of the rule, and nothing else beside it', () => {
      const findings = judged(example);
      const beside = accompanied[rule.id] ?? [];
      expect(findings.map((finding) => finding.rule).sort()).toEqual([rule.id, ...beside].sort());
      expect(findings.find((finding) => finding.rule === rule.id)!.severity).toBe(rule.severity);
    });

    test('each fix can be carried out, and leaves no acceptance that was not there', () => {
      const files = filesOf(example);
      const path = pathOf(example);
      for (const finding of judged(example)) {
        for (const fix of finding.fixes) {
          if (!('changes' in fix)) continue;
          const after = textOf(fixed(files, path, fix)[path]);
          expect(addsAcceptance(textOf(files[path]), after)).toBe(false);
        }
      }
    });

    test('each fix ends the finding, or makes it a weaker one', () => {
      const files = filesOf(example);
      const path = pathOf(example);
      const [finding] = judged(example).filter((each) => each.rule === rule.id);
      for (const fix of finding?.fixes ?? []) {
        if (!('changes' in fix)) continue;
        const after = findingsIn(fixed(files, path, fix), path, timeOf(example));
        const left = after.filter((each) => each.rule === rule.id && each.severity === rule.severity);
        expect(left).toEqual([]);
      }
    });
  });

  test.each([...rule.docs.prefer])('prefer: $title', (example) => {
    expect(judged(example).filter((finding) => !finding.excepted)).toEqual([]);
  });

  test('offers in its examples what it documents as fixes, and nothing else', () => {
    const offered = rule.docs.avoid
      .flatMap(judged)
      .filter((finding) => finding.rule === rule.id)
      .flatMap((finding) => finding.fixes.map((fix) => fix.kind));
    expect([...new Set(offered)].sort()).toEqual([...new Set(rule.fixes?.map((fix) => fix.kind))].sort());
  });
});
