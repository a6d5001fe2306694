import { describe, expect, test } from 'vitest';
import { accepted, config, device, file, managedBy, off, on, policy } from '../documents';
import { findingsIn, fixed, fixOf, found, only, type ProjectFiles } from '../harness';

const p = file('p');
const alone = (ksn: object, settings?: object, more?: object): ProjectFiles => ({
  [p]: policy('A', ksn, more),
  ...(settings && { [config]: settings }),
});

describe('ksn-statement-version-mismatch', () => {
  const rule = 'ksn-statement-version-mismatch';

  test('is an error while KSN usage is on', () => {
    const finding = only(rule, alone(on('A'), managedBy('B')), p);
    expect(finding.severity).toBe('error');
    expect(finding.message).toBe(
      'Statement version A is accepted, but plug-in 3.16 carries version B: KSN usage goes on as saved, but nothing can be saved again without a new acceptance.',
    );
    expect(finding.anchor).toEqual({ pointer: '/ksn/statement/version', on: 'value' });
    expect(finding.fixes.map((fix) => fix.kind)).toEqual(['consent', 'choice']);
    expect(finding.fixes[0]).toMatchObject({ statementVersion: 'B' });
  });

  test('is weaker while KSN usage is off, whatever its level, unless that is off', () => {
    const off = { enforcement: 'enforce', enabled: false, statement: accepted('A') };
    const at = (level?: string) =>
      found(rule, alone(off, managedBy('B', level ? { rules: { [rule]: level } } : {})), p).map(
        (one) => one.severity,
      );
    expect(at()).toEqual(['info']);
    expect(at('warning')).toEqual(['info']);
    expect(at('off')).toEqual([]);
    const warned = alone(on('A'), managedBy('B', { rules: { [rule]: 'warning' } }));
    expect(only(rule, warned, p).severity).toBe('warning');
    // There is nothing to disable, but an acceptance can be given ahead.
    expect(only(rule, alone(off, managedBy('B')), p).fixes.map((fix) => fix.kind)).toEqual(['consent']);
  });

  test('disabling KSN usage leaves the weaker one', () => {
    const files = alone(on('A'), managedBy('B'));
    const after = fixed(files, p, fixOf(only(rule, files, p), 'choice'));
    expect(findingsIn(after, p).map(({ rule, severity }) => [rule, severity])).toEqual([[rule, 'info']]);
  });

  test('shows the place that requires the version: config, override or the policy itself', () => {
    const placeIn = (files: ProjectFiles) => {
      const [place] = only(rule, files, p).related;
      return [place!.path, 'pointer' in place!.anchor && place!.anchor.pointer];
    };
    expect(placeIn(alone(on('A'), managedBy('B')))).toEqual([config, '/plugin/statementVersion']);
    const overrides = [
      { files: ['q.*'], plugin: { version: '3.16', statementVersion: 'C' } },
      { files: ['p.*'], plugin: { version: '3.17', statementVersion: 'B' } },
    ];
    expect(placeIn(alone(on('A'), managedBy('A', { overrides })))).toEqual([
      config,
      '/overrides/1/plugin/statementVersion',
    ]);
    const saved = { plugin: { version: '3.14', statementVersion: 'B' } };
    expect(placeIn(alone(on('A'), undefined, saved))).toEqual([p, '/plugin/statementVersion']);
    // The config names the plug-in, but not its Statement: then the policy's own word counts.
    expect(placeIn(alone(on('A'), { plugin: { version: '3.16' } }, saved))).toEqual([
      p,
      '/plugin/statementVersion',
    ]);
  });

  test('compares versions as opaque strings', () => {
    for (const other of ['a', 'A ', '1.0', '01']) {
      expect(found(rule, alone(on('A'), managedBy(other)), p)).toHaveLength(1);
    }
    expect(found(rule, alone(on('1'), managedBy('1.0')), p)).toHaveLength(1);
  });

  test.each([
    ['the same', on('B'), managedBy('B')],
    ['not accepted', on('A', { statement: { version: 'A', accepted: false } }), managedBy('B')],
    ['of unknown requirement', on('A'), undefined],
    ['of malformed requirement', on('A'), { plugin: { version: '3.16', statementVersion: 5 } }],
    ['malformed', on('A', { statement: { version: 5, accepted: true } }), managedBy('B')],
    ['accepted with "enabled" malformed', on('A', { enabled: 1 }), managedBy('B')],
  ])('is silent where the Statement is %s', (_, ksn, settings) => {
    expect(found(rule, alone(ksn, settings), p)).toEqual([]);
  });

  test('of a device, what a policy was saved with is not asked', () => {
    const d = file('d');
    const files = {
      [d]: device('A', { enabled: true, statement: accepted('A') }, 'A'),
      [p]: policy('A', {}, { plugin: { version: '3.16', statementVersion: 'B' } }),
    };
    expect(found(rule, files, d)).toEqual([]);
    expect(found(rule, { ...files, [config]: managedBy('B') }, d)).toHaveLength(1);
  });
});

describe('ksn-statement-version-unknown', () => {
  const rule = 'ksn-statement-version-unknown';

  test('opens the config at the plug-in, where there is a config, and fills in nothing', () => {
    const finding = only(rule, alone(on('A'), {}), p);
    expect(finding.severity).toBe('info');
    expect(finding.anchor).toEqual({ pointer: '/ksn/statement/version', on: 'value' });
    expect(finding.fixes).toMatchObject([{ kind: 'open', path: config, pointer: '/plugin' }]);
    expect(only(rule, alone(on('A')), p).fixes).toEqual([]);
  });

  test('of a device, the config alone can say it', () => {
    const d = file('d');
    const files = { [d]: device('A', { enabled: true, statement: accepted('A') }, 'A') };
    expect(found(rule, files, d)).toHaveLength(1);
    expect(found(rule, { ...files, [config]: managedBy('A') }, d)).toEqual([]);
  });

  test.each([
    ['known', on('A'), managedBy('B')],
    ['malformed, which is another finding', on('A'), { plugin: { version: '3.16', statementVersion: 5 } }],
    ['of no matter, since KSN usage is off', { ...off, statement: accepted('A') }, {}],
    ['of no matter, since nothing is accepted', { enforcement: 'enforce', enabled: true }, {}],
  ])('is silent where the version is %s', (_, ksn, settings) => {
    expect(found(rule, alone(ksn, settings), p)).toEqual([]);
  });
});

describe('ksn-statement-digest-mismatch', () => {
  const rule = 'ksn-statement-digest-mismatch';
  const hash = (digit: string): string => digit.repeat(64);
  const kept = 'f8a7cbf83bb3932c836b7a6a8b38c307297dcb21e5bab48c219d86e158450072';
  const text = 'The text that your plug-in shows.\n';
  const read = (evidence: object, texts: object[], more: ProjectFiles = {}) =>
    found(
      rule,
      {
        ...alone(
          on('A', { statement: accepted('A', evidence) }),
          managedBy('A', { statements: [{ version: 'A', texts }] }),
        ),
        ...more,
      },
      p,
    );

  test('holds the hash against the bytes of the file', () => {
    const texts = [{ language: 'en', file: 'en.txt' }];
    expect(read({ language: 'en', sha256: kept }, texts, { 'en.txt': text })).toEqual([]);
    const [finding] = read({ language: 'en', sha256: kept }, texts, { 'en.txt': `${text}\n` });
    expect(finding?.message).toContain(kept);
    expect(finding?.anchor).toEqual({ pointer: '/ksn/statement/sha256', on: 'value' });
    expect(finding?.related.map(({ path, anchor }) => [path, 'pointer' in anchor && anchor.pointer])).toEqual(
      [[config, '/statements/0/texts/0']],
    );
  });

  test('takes the hash that the catalogue states where it names no file', () => {
    const texts = [{ language: 'en', sha256: hash('A') }];
    expect(read({ language: 'en', sha256: hash('a') }, texts)).toEqual([]);
    expect(read({ language: 'en', sha256: hash('b') }, texts)).toHaveLength(1);
  });

  test('goes by the file where the stated hash is another: that is for the catalogue to mend', () => {
    const texts = [{ language: 'en', file: 'en.txt', sha256: hash('a') }];
    expect(read({ language: 'en', sha256: kept }, texts, { 'en.txt': text })).toEqual([]);
    expect(read({ language: 'en', sha256: hash('a') }, texts, { 'en.txt': text })).toHaveLength(1);
  });

  test('is silent where the text is not to be had', () => {
    const texts = [{ language: 'en', file: 'gone.txt', sha256: hash('a') }];
    expect(read({ language: 'en', sha256: hash('b') }, texts)).toEqual([]);
  });

  test('finds the text by version and language, whatever the case of its letters', () => {
    const texts = [
      { language: 'pt-BR', sha256: hash('a') },
      { language: 'en', sha256: hash('b') },
    ];
    expect(read({ language: 'PT-br', sha256: hash('a') }, texts)).toEqual([]);
    expect(read({ language: 'PT-br', sha256: hash('b') }, texts)).toHaveLength(1);
    expect(read({ language: 'de', sha256: hash('c') }, texts)).toEqual([]);
    expect(read({ sha256: hash('c') }, texts)).toEqual([]);
    const other = on('X', { statement: accepted('X', { language: 'en', sha256: hash('c') }) });
    expect(found(rule, alone(other, managedBy('X', { statements: [{ version: 'A', texts }] })), p)).toEqual(
      [],
    );
  });

  test('takes any of the texts that the catalogue has twice', () => {
    const texts = ['a', 'b'].map((digit) => ({ language: 'en', sha256: hash(digit) }));
    expect(read({ language: 'en', sha256: hash('b') }, texts)).toEqual([]);
    expect(read({ language: 'en', sha256: hash('c') }, texts)).toHaveLength(1);
  });
});
