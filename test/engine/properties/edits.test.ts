import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addsAcceptance } from '../../../server/src/engine/acceptance-guard';
import { recordAcceptance } from '../../../server/src/engine/consent';
import { offeredFixes, type OfferedFix } from '../../../server/src/engine/fixes';
import type { LocatedFinding } from '../../../server/src/engine/locate';
import { memberOrder } from '../../../server/src/schema/member-order';
import { applyEdits, editsFor, type Change } from '../../../server/src/syntax/change';
import { child, parentPointer, type Pointer } from '../../../server/src/syntax/pointer';
import { nameOf, nodeAt, parse, plain, valueOf, type Node } from '../../../server/src/syntax/tree';
import { bodyOf, located } from './judged';
import { hangs, projects, strictProjects, tries, type Texts } from './projects';

interface Offer extends OfferedFix {
  readonly finding: LocatedFinding;
  readonly before: string;
  readonly after: string;
}

function offersIn(texts: Texts): Offer[] {
  return located(texts).flatMap((finding) => {
    const before = bodyOf(texts[finding.path]);
    const parsed = parse(before);
    return offeredFixes(parsed, finding).map((offer) => ({
      ...offer,
      finding,
      before,
      after: applyEdits(before, offer.edits),
    }));
  });
}

const withText = (texts: Texts, path: string, body: string): Texts => ({
  ...texts,
  [path]: (texts[path]!.startsWith('\ufeff') ? '\ufeff' : '') + body,
});

/** How often a finding stands there, at its severity: where KSN is off, some are weaker. */
const same = ({ path, identity, severity }: LocatedFinding, all: readonly LocatedFinding[]): number =>
  all.filter((one) => one.path === path && one.identity === identity && one.severity === severity).length;

const said = ({ finding, fix, before, after }: Offer): string =>
  `${finding.rule}, "${fix.title}":\n${before}\n→\n${after}`;

/** Every place of a tree with its plain value, but for what lies at or below one of `except`. */
function elsewhere(text: string, except: readonly Pointer[]): string {
  const kept: [Pointer, unknown][] = [];
  const visit = (node: Node | undefined, pointer: Pointer): void => {
    if (!node || except.includes(pointer)) return;
    if (node.type === 'array') node.children!.forEach((item, i) => visit(item, child(pointer, i)));
    else if (node.type === 'object') {
      for (const member of node.children!)
        visit(valueOf(member), child(pointer, nameOf(member).value as string));
    } else kept.push([pointer, node.value]);
  };
  visit(parse(text).root, '');
  return JSON.stringify(kept);
}

function touched(changes: readonly Change[]): Pointer[] {
  return changes.flatMap((change) => {
    if (change.op === 'text') return [];
    // What follows an item of an array moves up.
    if (change.op === 'remove') return [change.pointer.replace(/\/\d+$/, '')];
    if (change.op !== 'rename') return [change.pointer];
    return [change.pointer, child(parentPointer(change.pointer)!, change.name)];
  });
}

describe('every fix that is offered', () => {
  test(
    'is a set of edits inside the text that do not overlap, and changes it',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const offer of offersIn(texts)) {
            let done = 0;
            for (const { start, end } of [...offer.edits].sort((a, b) => a.start - b.start)) {
              expect(start, said(offer)).toBeGreaterThanOrEqual(done);
              expect(end, said(offer)).toBeGreaterThanOrEqual(start);
              done = end;
            }
            expect(done, said(offer)).toBeLessThanOrEqual(offer.before.length);
            expect(offer.after).not.toBe(offer.before);
          }
        }),
        tries(80),
      );
    },
    hangs,
  );

  test(
    'mends what it is offered for',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          const before = located(texts);
          const repeats = new Set(
            before.filter(({ rule }) => rule === 'duplicate-key').map(({ path }) => path),
          );
          for (const offer of offersIn(texts)) {
            const { path, rule } = offer.finding;
            // Of repeated names the last is mended, and the one before it comes to light.
            if (rule !== 'duplicate-key' && repeats.has(path)) continue;
            const left = same(offer.finding, located(withText(texts, path, offer.after)));
            expect(left, said(offer)).toBeLessThan(same(offer.finding, before));
          }
        }),
        tries(25),
      );
    },
    hangs,
  );

  test(
    'keeps line ends, the final one among them, and spoils no JSON',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const offer of offersIn(texts)) {
            const { before, after } = offer;
            const ends = (text: string): string[] => [...new Set(text.match(/\r\n|\n|\r/g))].sort();
            if (ends(before).length > 0) {
              expect(ends(before), said(offer)).toEqual(expect.arrayContaining(ends(after)));
            }
            if (offer.fix.title !== 'Remove the comment') {
              expect(/\s*$/.exec(after)![0], said(offer)).toBe(/\s*$/.exec(before)![0]);
            }
            expect(parse(after).errors.length, said(offer)).toBeLessThanOrEqual(parse(before).errors.length);
          }
        }),
        tries(80),
      );
    },
    hangs,
  );

  test(
    'leaves every other member, their order and their layout alone',
    () => {
      fc.assert(
        fc.property(strictProjects, (texts) => {
          for (const offer of offersIn(texts)) {
            if (offer.fix.changes.some(({ op }) => op === 'text')) continue; // no pointer tells what it changes
            const pointers = touched(offer.fix.changes);
            expect(elsewhere(offer.after, pointers), said(offer)).toBe(elsewhere(offer.before, pointers));
            // What the edits take away or put in is no more than the members and a comma or blanks beside them.
            for (const { start, end } of offer.edits) {
              const gone = offer.before.slice(start, end);
              const own = offer.fix.changes.flatMap((change) =>
                'pointer' in change ? (nodeAt(parse(offer.before).root, change.pointer) ?? []) : [],
              );
              const inside = own.some((node) => start <= node.offset && node.offset < end);
              expect(inside || /^[\s,]*$/.test(gone) || /^"[^"]*"$/.test(gone), said(offer)).toBe(true);
            }
          }
        }),
        tries(80),
      );
    },
    hangs,
  );

  test(
    'adds no acceptance, however many follow each other',
    () => {
      fc.assert(
        fc.property(projects, fc.array(fc.nat(), { minLength: 1, maxLength: 6 }), (texts, picks) => {
          let current = texts;
          for (const pick of picks) {
            const offers = offersIn(current);
            for (const offer of offers)
              expect(addsAcceptance(offer.before, offer.after), said(offer)).toBe(false);
            if (offers.length === 0) return;
            const { finding, after } = offers[pick % offers.length]!;
            current = withText(current, finding.path, after);
          }
        }),
        tries(50),
      );
    },
    hangs,
  );
});

describe('a consent', () => {
  test(
    'is offered for the version that is required, and mends what it is offered for',
    () => {
      fc.assert(
        fc.property(projects, (texts) => {
          for (const finding of located(texts)) {
            for (const fix of finding.fixes) {
              if (fix.kind !== 'consent') continue;
              const parsed = parse(bodyOf(texts[finding.path]));
              const acceptance = {
                version: fix.statementVersion,
                acceptedBy: 'A. Adams',
                acceptedAt: '2026-11-23T10:00:00Z',
              };
              const edits = editsFor(parsed, [recordAcceptance(acceptance)], memberOrder);
              if (!edits) continue;
              const after = applyEdits(parsed.text, edits);
              expect(plain(nodeAt(parse(after).root, '/ksn/statement'))).toMatchObject({ accepted: true });
              const left = located(withText(texts, finding.path, after)).filter(
                ({ rule, path }) => rule === finding.rule && path === finding.path,
              );
              expect(left).toEqual([]);
            }
          }
        }),
        tries(80),
      );
    },
    hangs,
  );
});
