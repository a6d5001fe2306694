import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { frame } from '../../server/src/cli/reporters/frame';
import { windowOf } from '../../server/src/cli/reporters/window';
import { wrapped } from '../../server/src/cli/reporters/wrap';
import { visible, widthOf } from '../../server/src/cli/visible';
import { Lines } from '../../server/src/syntax/range';
import { folderWith, policy, run, unaccepted } from './command';

const pretty = (folder: string, ...args: string[]) =>
  run(folder, ['validate', '--format', 'pretty', ...args]).stdout;

const document = (members: string) =>
  `{\n  "kind": "policy",\n  "name": "N",\n  "administrationGroup": "G",\n${members}\n}\n`;

describe('a finding', () => {
  test('shows its place, what helps to understand it, ways out and the rule', () => {
    const folder = folderWith({
      'kea-policy.config.json': '{\n  "plugin": { "version": "3.16" }\n}\n',
      'a.kea-policy.json': document(
        '  "plugin": { "version": "3.9" },\n  "ksn": { "enforcement": "enforce", "enabled": false, "proxy": 1 }',
      ),
    });
    expect(pretty(folder)).toBe(`a.kea-policy.json

  5:26  warning  plugin-outdated
    The policy was last saved by plug-in 3.9, which is older than the plug-in 3.16 that manages it
    now: it may hold another KSN Statement than is in use now until it is reviewed and saved with a
    current plug-in.

      4 │   "administrationGroup": "G",
      5 │   "plugin": { "version": "3.9" },
        │                          ^^^^^
      6 │   "ksn": { "enforcement": "enforce", "enabled": false, "proxy": 1 }

    see     kea-policy.config.json:2:26  Plug-in 3.16 manages the policies now.

      2 │   "plugin": { "version": "3.16" }
        │                          ------

    rule    https://github.com/kea-policy/kea-policy/blob/main/docs/rules/plugin-outdated.md

  6:56  error  unknown-property
    "ksn" has no "proxy", so it has no effect.

      5 │   "plugin": { "version": "3.9" },
      6 │   "ksn": { "enforcement": "enforce", "enabled": false, "proxy": 1 }
        │                                                        ^^^^^^^
      7 │ }

    fix     Remove "proxy" (a choice of yours)
    rule    https://github.com/kea-policy/kea-policy/blob/main/docs/rules/unknown-property.md

1 error and 1 warning in 1 of 2 files.
  1  error    unknown-property
  1  warning  plugin-outdated
`);
  });

  test('a file without text has no frame', () => {
    const shown = pretty(folderWith({ 'a.kea-policy.json': new Uint8Array([0xff, 0xfe, 0x7b, 0x00]) }));
    expect(shown).toContain('1:1  error  document-unreadable');
    expect(shown).not.toContain('│');
  });

  test('an excepted one says so, with the reason', () => {
    const exceptions = [{ rule: 'ksn-region-restricted', reason: 'Confirmed in CHG-1' }];
    const folder = folderWith({
      'a.kea-policy.json': unaccepted({ regions: ['US'], exceptions }),
    });
    const shown = pretty(folder, '--show-excepted');
    expect(shown).toContain('excepted  ksn-region-restricted');
    expect(shown).toContain('reason  Confirmed in CHG-1');
    expect(shown).toContain('1 finding is covered by recorded exceptions');
    expect(pretty(folder)).not.toContain('ksn-region-restricted');
  });
});

describe('the end', () => {
  test('green says how many files were validated', () => {
    expect(pretty(folderWith({ 'a.kea-policy.json': policy() }))).toBe('No problems found in 1 file.\n');
  });

  test('green that could not be checked to the end says that', () => {
    const statement = { version: 'S', accepted: true, acceptedBy: 'a', acceptedAt: '2024-01-01T00:00:00Z' };
    const ksn = { enforcement: 'enforce', enabled: true, statement };
    const folder = folderWith({
      'kea-policy.config.json': {
        plugin: { version: '3.16', statementVersion: 'S' },
        agents: [{ version: '3.16' }],
      },
      'a.kea-policy.json': policy({ ksn }),
    });
    expect(pretty(folder)).toMatch(/^No problems found in 2 files\.\n1 policy that turns KSN on could not/);
  });

  test('colours only where they are wanted', () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    expect(pretty(folder)).not.toContain('\x1b');
    const colourful = pretty(folder, '--color');
    expect(colourful).toContain('\x1b[31merror\x1b[39m');
    // eslint-disable-next-line no-control-regex
    expect(colourful.replace(/\x1b\[\d+m/g, '')).toBe(pretty(folder));
  });
});

describe('a code frame', () => {
  const plain = {
    width: 60,
    around: 1,
    paint: (_: string, text: string) => text,
    mark: (n: number) => '^'.repeat(n),
  };
  /** The frame of the part of a text between `[` and `]`. */
  function framed(marked: string, options: Partial<typeof plain> = {}): string[] {
    const start = marked.indexOf('«');
    const end = marked.indexOf('»') - 1;
    const text = marked.replace(/[«»]/g, '');
    const lines = new Lines(text);
    const span = { start, end, from: lines.positionAt(start), to: lines.positionAt(end) };
    return frame(lines, span, { ...plain, ...options });
  }

  test('tabs become blanks up to the next stop', () => {
    expect(framed('{\n\t"a":\t«true»\n}')).toEqual([
      '1 │ {',
      '2 │     "a":    true',
      '  │             ^^^^',
      '3 │ }',
    ]);
  });

  test('wide characters and pictures take two columns, marks none', () => {
    expect(framed('"日本 😀 e\u0301": «"値"»', { around: 0 })).toEqual([
      '1 │ "日本 😀 e\u0301": "値"',
      '  │              ^^^^',
    ]);
  });

  test('what can’t be seen is as wide as it is written', () => {
    expect(framed('"\u202e": «1»', { around: 0 })).toEqual(['1 │ "\\u202e": 1', '  │           ^']);
  });

  test('an empty place is marked by one mark', () => {
    expect(framed('«»{}', { around: 0 })).toEqual(['1 │ {}', '  │ ^']);
  });

  test('a value of several lines is marked on each, a long one at both ends', () => {
    expect(framed('"a": «{\n  "b": 1\n}»', { around: 0 })).toEqual([
      '1 │ "a": {',
      '  │      ^',
      '2 │   "b": 1',
      '  │   ^^^^^^',
      '3 │ }',
      '  │ ^',
    ]);
    const long = framed(`«[\n${'  1,\n'.repeat(200)}  1\n]»`, { around: 0 });
    expect(long.length).toBeLessThan(16);
    expect(long[0]).toBe('  1 │ [');
    expect(long).toContain('  ⋮ │');
    expect(long.at(-2)).toBe('203 │ ]');
  });

  test('line ends of any kind', () => {
    expect(framed('{\r\n  «"a"»\r\n}')).toEqual(['1 │ {', '2 │   "a"', '  │   ^^^', '3 │ }']);
    expect(framed('{\r  «"a"»\r}')).toEqual(['1 │ {', '2 │   "a"', '  │   ^^^', '3 │ }']);
  });

  test('a line of a million characters costs nothing and shows the place', () => {
    const lines = new Lines(`${'"x", '.repeat(200_000)}"here"${', "y"'.repeat(200_000)}`);
    const span = {
      from: { line: 0, column: 1_000_000 },
      to: { line: 0, column: 1_000_006 },
      start: 0,
      end: 0,
    };
    const started = performance.now();
    for (let i = 0; i < 500; i++) frame(lines, span, plain);
    const [line, marks] = frame(lines, span, plain);
    expect(performance.now() - started).toBeLessThan(5_000);
    expect(line).toMatch(/^1 │ ….*"here".*…$/);
    expect(line!.slice(marks!.indexOf('^'), marks!.lastIndexOf('^') + 1)).toBe('"here"');
  });

  test('whatever the line: it fits, and marks are under what they mean', () => {
    const pieces = fc.array(fc.constantFrom('a', '"', '\t', '日', '😀', '\u202e', 'é', ' ', '\u0301'), {
      maxLength: 90,
    });
    fc.assert(
      fc.property(
        pieces,
        pieces,
        pieces,
        fc.integer({ min: 20, max: 80 }),
        (before, within, after, width) => {
          const line = [...before, ...within, ...after].join('');
          const start = before.join('').length;
          const stop = start + within.join('').length;
          const shown = windowOf(line, [start, stop], width);
          expect(widthOf(shown.text)).toBeLessThanOrEqual(width);
          expect(shown.before + shown.marked).toBeLessThanOrEqual(width + 1);
          if (!shown.text.includes('…')) {
            const untabbed = visible(within.join('').replaceAll('\t', ''));
            expect(shown.marked).toBeGreaterThanOrEqual(Math.max(1, widthOf(untabbed)));
          }
        },
      ),
    );
  });
});

test('wrapping loses no word and keeps to the width', () => {
  fc.assert(
    fc.property(
      fc.array(fc.stringMatching(/^[a-z日]{1,12}$/)),
      fc.integer({ min: 24, max: 60 }),
      (words, width) => {
        const lines = wrapped(words.join(' '), width);
        expect(lines.join(' ')).toBe(words.join(' '));
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
      },
    ),
  );
});
