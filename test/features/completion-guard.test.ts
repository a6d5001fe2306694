import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Position } from 'vscode-languageserver-types';
import { acceptanceIn, addsAcceptance } from '../../server/src/engine/acceptance-guard';
import { harmless } from '../../server/src/features/completion-guard';
import type { CompletionPlace } from '../../server/src/features/completion-place';
import { Lines } from '../../server/src/syntax/range';
import { parse } from '../../server/src/syntax/tree';

const between = fc.constantFrom(
  ...['', '', ' ', '\n', ' '.repeat(60), '\t\r\n', '\u00a0', '/* x */', '// y\n', '/**/'.repeat(20)],
  '/* "accepted": false */',
);
const name = fc.constantFrom(
  '"accepted"',
  '"accepted"',
  '"acc\\u0065pted"',
  '"\\u0061ccepted"',
  '"accepted "',
);
const value = fc.constantFrom(
  ...['true', 'true', 'false', 'falsey', 'true,"accepted":false', 'false,"accepted":true'],
);

/** A document with something in the place of a stretch of it, and what a completion would put there. */
const insertions = fc
  .tuple(
    fc.array(between, { minLength: 8, maxLength: 8 }),
    ...([name, value, fc.nat(), fc.nat(30)] as const),
    fc.constantFrom('', 'x', 'false', '"', '"accepted', ':', ',', 'true'),
  )
  .map(([blanks, member, stated, from, length, old]) => {
    const tokens = [
      '{"ksn":{"statement":{"version":"S1",',
      member,
      ':',
      stated,
      ',"reference"',
      ':',
      '"r"',
      '}}}',
    ];
    const whole = tokens.map((token, i) => token + blanks[i]!).join('');
    const start = from % whole.length;
    const text = whole.slice(0, start) + old + whole.slice(start + length);
    return { text, start, end: start + old.length, newText: whole.slice(start, start + length) };
  });

test('what would add an acceptance is left out, wherever a part of it stands already', () => {
  let adding = 0;
  fc.assert(
    fc.property(insertions, ({ text, start, end, newText }) => {
      const lines = new Lines(text);
      const at = (offset: number): Position => {
        const { line, column } = lines.positionAt(offset);
        return { line, character: column };
      };
      const place = {
        scene: { file: { text, lines, parsed: parse(text) } },
        pointer: '',
        location: { isAtPropertyKey: true },
      } as unknown as CompletionPlace;
      const range = { start: at(start), end: at(end) };
      const offered = harmless(place, [{ label: 'it', textEdit: { range, newText } }]).length > 0;
      const changed = text.slice(0, start) + newText + text.slice(end);
      if (addsAcceptance(text, changed)) {
        adding++;
        expect(offered).toBe(false);
      } else if (acceptanceIn(changed) === undefined) expect(offered).toBe(true);
    }),
    { numRuns: 3000 },
  );
  expect(adding).toBeGreaterThan(100);
});
