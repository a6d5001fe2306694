import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bin, folderWith, policy, put, read, run, unaccepted, validate } from './command';
import { onTerminal, type Answer } from './terminal';

const sentence =
  'I confirm that I have fully read, understand, and accept the terms and conditions of this KSN Statement';
const confirm = 'Type "yes"';

const text = 'The placeholder of a Statement.\r\n';
const sha256 = createHash('sha256').update(text).digest('hex');

const config = (more: object = {}) => ({
  plugin: { version: '3.16', statementVersion: 'S2' },
  statements: [{ version: 'S2', texts: [{ language: 'en', file: 'statements/s2.txt', sha256 }] }],
  ...more,
});

const project = (files: object = {}, more: object = {}) =>
  folderWith({
    'kea-policy.config.json': config(more),
    'statements/s2.txt': text,
    'a.kea-policy.json': unaccepted(),
    ...files,
  });

const statement = (folder: string, path = 'a.kea-policy.json') =>
  (JSON.parse(read(folder, path)) as { ksn: { statement?: Record<string, unknown> } }).ksn.statement;

describe('without a terminal', () => {
  test.each([
    ['nothing typed', '', {}],
    ['yes on standard input', 'yes\nyes\n', {}],
    [
      'an environment that says it is fine',
      'yes\n',
      { CI: '', TERM: 'xterm', KEA_POLICY_YES: '1', FORCE_COLOR: '1' },
    ],
  ])('%s: refused, and nothing is recorded', (_, input, env) => {
    const folder = project();
    const before = read(folder, 'a.kea-policy.json');
    const { status, stdout, stderr } = run(folder, ['accept', 'a.kea-policy.json', '--by', 'A'], {
      input,
      env,
    });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toBe(
      'kea-policy: accept asks a person and runs on a terminal only: nothing was recorded\n',
    );
    expect(read(folder, 'a.kea-policy.json')).toBe(before);
  });

  test.each(['--yes', '-y', '--force', '--assume-yes', '--no-interactive'])('there is no %s', (option) => {
    const { status, stderr } = run(project(), ['accept', 'a.kea-policy.json', option]);
    expect(status).toBe(2);
    expect(stderr).toContain(`unknown option ${option}`);
  });

  test('wrong usage', () => {
    expect(run(project(), ['accept']).stderr).toContain('accept needs the files');
    expect(run(project(), ['accept', '--help'])).toMatchObject({ status: 0 });
  });
});

describe.skipIf(process.platform !== 'linux')('on a terminal', () => {
  const accept = (folder: string, args: readonly string[], answers: readonly Answer[]) =>
    onTerminal(folder, ['accept', ...args], answers);

  test('shows version, text, hash and sentence, asks who, and records what was confirmed', async () => {
    const folder = project();
    const started = Date.now();
    const { status, screen } = await accept(
      folder,
      ['a.kea-policy.json'],
      [
        ['Who accepts', 'Jane Roe'],
        [confirm, 'yes'],
      ],
    );
    expect(status, screen).toBe(0);
    for (const shown of ['version S2', 'statements/s2.txt (en)', sha256, sentence])
      expect(screen).toContain(shown);
    expect(screen).toContain('does not accept it in Kaspersky Security Center');
    const { acceptedAt, ...rest } = statement(folder)!;
    expect(rest).toEqual({ version: 'S2', accepted: true, acceptedBy: 'Jane Roe', language: 'en', sha256 });
    expect(acceptedAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const at = Date.parse(acceptedAt as string);
    expect(at).toBeGreaterThanOrEqual(started - 1000);
    expect(at).toBeLessThanOrEqual(Date.now());
    expect(validate(folder)).toMatchObject({ status: 0, found: [] });
  });

  test.each(['', 'y', 'Y', 'no', 'ja', 'yes please', 'true', '1'])(
    '"%s" is no confirmation',
    async (typed) => {
      const folder = project();
      const before = read(folder, 'a.kea-policy.json');
      const { status, screen } = await accept(
        folder,
        ['a.kea-policy.json', '--by', 'Jane'],
        [[confirm, typed]],
      );
      expect(status).toBe(1);
      expect(screen).toContain('nothing recorded: not confirmed');
      expect(read(folder, 'a.kea-policy.json')).toBe(before);
    },
  );

  test.each(['> shown.txt', '2> asked.txt', '< /dev/null'])(
    'refused with %s: a person must see it all',
    (redirection) => {
      const folder = project();
      const command = `'${process.execPath}' '${bin}' accept a.kea-policy.json --by J ${redirection}`;
      const { status } = spawnSync('script', ['-qec', command, '/dev/null'], { cwd: folder, input: 'yes\r' });
      expect(status).toBe(2);
      expect(statement(folder)).toBeUndefined();
    },
  );

  test('the end of input is no confirmation, and ends it for all files', async () => {
    const folder = project({ 'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }) });
    const { status, screen } = await accept(
      folder,
      ['a.kea-policy.json', 'b.kea-policy.json', '--by', 'Jane'],
      [[confirm, undefined]],
    );
    expect(status).toBe(1);
    expect(screen).not.toContain('b.kea-policy.json');
    expect(statement(folder)).toBeUndefined();
  });

  test('asks for each file on its own', async () => {
    const folder = project({
      'b.kea-policy.json': unaccepted({ administrationGroup: 'B' }),
      'c.kea-policy.json': unaccepted({ administrationGroup: 'C' }),
    });
    const { status } = await accept(
      folder,
      ['a.kea-policy.json', 'b.kea-policy.json', 'c.kea-policy.json', '--by', 'Jane'],
      [
        [confirm, 'yes'],
        [confirm, 'no'],
        [confirm, 'YES'],
      ],
    );
    expect(status).toBe(1);
    expect(statement(folder, 'a.kea-policy.json')).toMatchObject({ accepted: true });
    expect(statement(folder, 'b.kea-policy.json')).toBeUndefined();
    expect(statement(folder, 'c.kea-policy.json')).toMatchObject({ accepted: true });
  });

  test('nothing of an earlier acceptance stays; the rest of the file does, byte for byte', async () => {
    const old = `\uFEFF{\r\n\t"kind": "policy", "name": "N", "administrationGroup": "G",\r\n\t"ksn": { "enabled": true, "enforcement": "enforce",\r\n\t\t"statement": { "version": "S1", "accepted": true, "acceptedBy": "Old", "acceptedAt": "2020-01-01T00:00:00Z", "reference": "T-1" } }\r\n}`;
    const folder = project({ 'a.kea-policy.json': old });
    const { status } = await accept(
      folder,
      ['a.kea-policy.json', '--by', 'Jane', '--reference', 'T-2'],
      [[confirm, 'yes']],
    );
    expect(status).toBe(0);
    const after = read(folder, 'a.kea-policy.json');
    const [head, tail] = [old.indexOf('{ "version"'), old.indexOf('} }')];
    expect(after.startsWith(old.slice(0, head))).toBe(true);
    expect(after.endsWith(old.slice(tail + 1))).toBe(true);
    expect(JSON.parse(after.slice(1))).toMatchObject({
      ksn: { statement: { version: 'S2', acceptedBy: 'Jane', reference: 'T-2' } },
    });
    expect(after).not.toMatch(/Old|T-1|2020/);
  });

  test.each([
    [
      'an acceptance is there already',
      policy({ ksn: { enabled: true, statement: { version: 'S2', accepted: true } } }),
      0,
      'accepted already',
    ],
    ['KSN usage is off', policy(), 0, 'no acceptance is due'],
    ['the file is not strict JSON', '{"kind": "policy",', 2, 'put in order first'],
    ['what is enabled can’t be told', policy({ ksn: { enabled: 'yes' } }), 2, 'put in order first'],
    ['the file is neither', '{"kind": "other"}', 2, 'neither a policy nor a device'],
  ])('%s: nothing to ask', async (_, content, code, said) => {
    const folder = project({ 'a.kea-policy.json': content });
    const before = read(folder, 'a.kea-policy.json');
    const { status, screen } = await accept(folder, ['a.kea-policy.json'], []);
    expect(status).toBe(code);
    expect(screen).toContain(said);
    expect(read(folder, 'a.kea-policy.json')).toBe(before);
  });

  test('which Statement is required must be known', async () => {
    const folder = folderWith({ 'a.kea-policy.json': unaccepted() });
    const { status, screen } = await accept(folder, ['a.kea-policy.json'], []);
    expect(status).toBe(2);
    expect(screen).toContain('which Statement version is required is not known');
  });

  test('without a text in the catalogue nothing about a text is recorded', async () => {
    const folder = project({}, { statements: [] });
    const { screen } = await accept(folder, ['a.kea-policy.json', '--by', 'Jane'], [[confirm, 'yes']]);
    expect(screen).toContain('read it in the console');
    expect(Object.keys(statement(folder)!)).toEqual(['version', 'accepted', 'acceptedBy', 'acceptedAt']);
  });

  test.each([
    [
      'a text must be recorded and there is none',
      { statements: [], acceptance: { evidence: ['sha256'] } },
      [],
      'asks for sha256',
    ],
    [
      'the text is not the one that the config records',
      {
        statements: [
          { version: 'S2', texts: [{ language: 'en', file: 'statements/s2.txt', sha256: '0'.repeat(64) }] },
        ],
      },
      [],
      'its hash is another',
    ],
    [
      'the text leads out of the folder',
      { statements: [{ version: 'S2', texts: [{ language: 'en', file: '../x' }] }] },
      [],
      'cannot be read',
    ],
    [
      'no text can be read, in whatever language',
      { statements: [{ version: 'S2', texts: [{ language: 'de', file: 'gone.txt' }] }] },
      ['--language', 'en'],
      'put the catalogue in order first',
    ],
    [
      'there is no text at all',
      { statements: [] },
      ['--language', 'en'],
      'the catalogue has no text of this version, so none in en',
    ],
    ['there is no text in that language', {}, ['--language', 'de'], 'only in en, not in de'],
    [
      'somebody may not accept',
      { acceptance: { approvers: ['Anna'] } },
      ['--by', 'Jane'],
      'Jane may not accept',
    ],
    [
      'who may accept is not to be read',
      { acceptance: { approvers: 'Anna' } },
      ['--by', 'Jane'],
      'can’t be told who may accept',
    ],
    [
      'who may accept here is not to be read',
      { overrides: [{ files: ['*.json'], acceptance: { approvers: ['Anna', 1] } }] },
      ['--by', 'Jane'],
      'put kea-policy.config.json in order first',
    ],
  ])('%s: refused before the question', async (_, more, args, said) => {
    const folder = project({}, more);
    const { status, screen } = await accept(folder, ['a.kea-policy.json', ...args], []);
    expect(status).toBe(2);
    expect(screen).toContain(said);
    expect(screen).not.toContain(sentence);
    expect(statement(folder)).toBeUndefined();
  });

  test('--language, or an answer, picks the text; a reference is asked for where the project wants one', async () => {
    const other = 'Platzhalter\n';
    const statements = [
      {
        version: 'S2',
        texts: [
          { language: 'en', file: 'statements/s2.txt' },
          { language: 'de', file: 'statements/s2.de.txt' },
        ],
      },
    ];
    const evidence = ['acceptedBy', 'acceptedAt', 'language', 'sha256', 'reference'];
    const folder = project({ 'statements/s2.de.txt': other }, { statements, acceptance: { evidence } });
    await accept(
      folder,
      ['a.kea-policy.json'],
      [
        ['In which language', 'DE'],
        ['Who accepts', 'Jane'],
        ['Ticket', 'CHG-1'],
        [confirm, 'yes'],
      ],
    );
    const expected = {
      language: 'de',
      sha256: createHash('sha256').update(other).digest('hex'),
      reference: 'CHG-1',
    };
    expect(statement(folder)).toMatchObject(expected);
    expect(validate(folder).status).toBe(0);
  });

  test.each([
    ['file', 'a.kea-policy.json', unaccepted({ description: 'other' })],
    ['text', 'statements/s2.txt', 'another text'],
  ])('a %s that was changed while somebody read is not accepted unseen', async (what, path, changed) => {
    const folder = project();
    const meanwhile = (): string => {
      put(folder, { [path]: changed });
      return 'yes';
    };
    const { status, screen } = await accept(
      folder,
      ['a.kea-policy.json', '--by', 'J'],
      [[confirm, meanwhile]],
    );
    expect(status).toBe(2);
    expect(screen).toContain(`nothing recorded: the ${what} was changed meanwhile`);
    expect(statement(folder)).toBeUndefined();
  });

  test('what a file holds can’t paint the screen', async () => {
    const folder = project({ 'a.kea-policy.json': unaccepted({ name: 'x\u001b[2J\u202e' }) });
    const { screen } = await accept(folder, ['a.kea-policy.json', '--by', 'J'], [[confirm, 'no']]);
    expect(screen).toContain('x\\u001b[2J\\u202e');
    expect(screen).not.toContain('\u001b[2J');
  });
});
