import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { folderWith, read, run, validate } from './command';
import { onTerminal } from './terminal';

const json = (folder: string, path: string) => JSON.parse(read(folder, path)) as Record<string, unknown>;

/** All files below a folder, in order. */
const files = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

const first = ['.gitattributes', 'kea-policy.config.json', 'policy.kea-policy.json'];

describe('kea-policy init', () => {
  test('off a terminal: files by defaults, in order, canonical, and KSN nowhere on', () => {
    const folder = folderWith();
    const { status, stdout, stderr } = run(folder, ['init']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(files(folder)).toEqual(first);
    expect(stdout.trimEnd().split('\n').sort()).toEqual(first.map((path) => `wrote ${path}`));
    expect(validate(folder)).toMatchObject({ status: 0, found: [] });
    expect(run(folder, ['format', '--check']).status).toBe(0);
    expect(read(folder, 'policy.kea-policy.json')).not.toMatch(/"(enabled|accepted)": true/);
    expect(read(folder, '.gitattributes')).toBe('statements/** -text\n');
  });

  test('overwrites nothing', () => {
    const folder = folderWith({ 'policy.kea-policy.json': 'mine' });
    expect(run(folder, ['init'])).toMatchObject({ status: 2, stdout: '' });
    expect(files(folder)).toEqual(['policy.kea-policy.json']);
    expect(read(folder, 'policy.kea-policy.json')).toBe('mine');
    const above = folderWith({ 'kea-policy.config.json': {}, 'sub/x': '' });
    const { status, stderr } = run(join(above, 'sub'), ['init']);
    expect(status).toBe(2);
    expect(stderr).toContain('is in the project of ../kea-policy.config.json already');
    expect(files(above)).toEqual(['kea-policy.config.json', 'sub/x']);
  });

  test('adds its mark behind the attributes that are there, once', () => {
    const folder = folderWith({ '.gitattributes': '* text=auto' });
    run(folder, ['init']);
    expect(read(folder, '.gitattributes')).toBe('* text=auto\nstatements/** -text\n');
    const marked = folderWith({ '.gitattributes': 'statements/** -text\r\n*.png binary\r\n' });
    expect(run(marked, ['init']).stdout).not.toContain('.gitattributes');
    expect(read(marked, '.gitattributes')).toBe('statements/** -text\r\n*.png binary\r\n');
    const latin1 = new Uint8Array([0x23, 0xe9, 0x0a]);
    const other = folderWith({ '.gitattributes': latin1 });
    expect(run(other, ['init']).stdout).toContain(
      'Add the line "statements/** -text" to .gitattributes yourself',
    );
    expect([...readFileSync(join(other, '.gitattributes'))]).toEqual([...latin1]);
  });

  test('in a folder that is not there yet', () => {
    const folder = folderWith();
    expect(run(folder, ['init', 'policies/kea']).status).toBe(0);
    expect(files(join(folder, 'policies/kea'))).toEqual(first);
  });

  test.skipIf(process.platform !== 'linux')(
    'on a terminal: asks, and asks again for what does not fit',
    async () => {
      const folder = folderWith();
      const { status, screen } = await onTerminal(
        folder,
        ['init'],
        [
          ['Version of the plug-in', 'three'],
          ['Version of the plug-in', '3.16'],
          ['administration plug-in or the web', 'web'],
          ['KSN Statement', 'S1'],
          ['Name of the first policy', 'EMEA'],
          ['administration group', 'Managed devices//x'],
          ['administration group', 'Managed devices/EMEA'],
        ],
      );
      expect(status, screen).toBe(0);
      expect(screen).toContain('"three" does not fit');
      expect(json(folder, 'kea-policy.config.json')).toMatchObject({
        plugin: { kind: 'web', version: '3.16', statementVersion: 'S1' },
      });
      expect(json(folder, 'policy.kea-policy.json')).toMatchObject({
        name: 'EMEA',
        administrationGroup: 'Managed devices/EMEA',
        ksn: { enforcement: 'undefined' },
      });
      expect(validate(folder)).toMatchObject({ status: 0, found: [] });
    },
  );

  test.skipIf(process.platform !== 'linux')(
    'a terminal that gives no answer: nothing is written',
    async () => {
      const folder = folderWith();
      const { status } = await onTerminal(folder, ['init'], [['Version of the plug-in', undefined]]);
      expect(status).toBe(2);
      expect(files(folder)).toEqual([]);
    },
  );
});

describe('kea-policy init --from-csv', () => {
  const importing = (content: string | Uint8Array, ...args: string[]) => {
    const folder = folderWith({ 'export.csv': content });
    return { folder, ...run(folder, ['init', '--from-csv', 'export.csv', ...args]) };
  };

  test('a table of policies: each with its settings, in folders like the groups', () => {
    const { folder, status, stdout, stderr } = importing(
      [
        'Policy name,Administration group,Status,Inherit settings from parent policy,Enforce,KSN usage,Use KSC as KSN proxy,Regions,Plug-in version,Owner',
        'EMEA workstations,Managed devices/EMEA/Workstations,Active,yes,yes,yes,no,"de, FR",3.16,bob',
        '"Büro ""Nord""",Managed devices > EMEA,Out-of-office policy,no,Undefined,,,,,',
        '',
        'Baseline,Managed devices,,,,,,,,',
      ].join('\r\n'),
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(files(folder)).toEqual([
      '.gitattributes',
      'baseline.kea-policy.json',
      'emea/büro-nord.kea-policy.json',
      'emea/workstations/emea-workstations.kea-policy.json',
      'export.csv',
      'kea-policy.config.json',
    ]);
    expect(json(folder, 'emea/workstations/emea-workstations.kea-policy.json')).toEqual({
      formatVersion: 1,
      kind: 'policy',
      name: 'EMEA workstations',
      administrationGroup: 'Managed devices/EMEA/Workstations',
      status: 'active',
      inheritance: { inheritFromParent: true },
      plugin: { version: '3.16' },
      regions: ['DE', 'FR'],
      ksn: { enforcement: 'enforce', enabled: true, useKscAsKsnProxy: false },
    });
    expect(json(folder, 'emea/büro-nord.kea-policy.json')).toEqual({
      formatVersion: 1,
      kind: 'policy',
      name: 'Büro "Nord"',
      administrationGroup: 'Managed devices/EMEA',
      status: 'outOfOffice',
      inheritance: { inheritFromParent: false },
      ksn: { enforcement: 'undefined' },
    });
    expect(json(folder, 'baseline.kea-policy.json').ksn).toEqual({ enforcement: 'undefined' });
    expect(stdout).toContain('Columns that are not taken: Owner.');
    expect(stdout).toContain('KSN usage is on in 1 of them');
    expect(validate(folder).found).toEqual([
      'emea/workstations/emea-workstations.kea-policy.json ksn-acceptance-required',
    ]);
  });

  test('never an acceptance, whatever its columns are called', () => {
    const { folder, stdout } = importing(
      'name,group,KSN,Enforce,Accepted,Statement accepted,accepted by,acceptedAt,Statement version\nP,G,on,yes,true,yes,Jane,2026-01-01T00:00:00Z,S1\n',
    );
    expect(read(folder, 'p.kea-policy.json')).not.toMatch(/accepted|statement/i);
    expect(stdout).toContain('An acceptance is never taken from a table');
  });

  test('a table of devices', () => {
    const { folder } = importing(
      'Device name\tGroup\tAgent version\tStatement version\tKSN usage\nSRV-1\tManaged devices\\Servers\t4.0.0.512\tS1\toff\n',
    );
    expect(json(folder, 'servers/srv-1.kea-policy.json')).toEqual({
      formatVersion: 1,
      kind: 'device',
      name: 'SRV-1',
      administrationGroup: 'Managed devices/Servers',
      agent: { version: '4.0.0.512', statementVersion: 'S1' },
      ksn: { enabled: false },
    });
    expect(validate(folder).status).toBe(0);
  });

  test('a table of agents goes into the config', () => {
    const { folder } = importing(
      'Version;Statement version;Number of devices;Groups\n3.16;S1;1.840;Managed devices/A|Managed devices/B\n3.17;;;\n',
    );
    expect(json(folder, 'kea-policy.config.json').agents).toEqual([
      {
        version: '3.16',
        statementVersion: 'S1',
        hosts: 1840,
        administrationGroups: ['Managed devices/A', 'Managed devices/B'],
      },
      { version: '3.17' },
    ]);
    expect(run(folder, ['init', '--from-csv', 'export.csv']).stderr).toContain('nothing is overwritten');
  });

  const small = 'name,group\nÄ,Managed devices\n';
  test.each([
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${small}`)],
    ['UTF-16 with a mark', Buffer.from(`\uFEFF${small}`, 'utf16le')],
    ['UTF-16 without a mark', Buffer.from(small, 'utf16le')],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${small}`, 'utf16le').swap16()],
    ['semicolons', Buffer.from(small.replaceAll(',', ';'))],
    ['a line that says what separates the cells', Buffer.from(`sep=|\r\n${small.replaceAll(',', '|')}`)],
  ])('%s', (_, content) => {
    const { folder, status } = importing(content);
    expect(status).toBe(0);
    expect(json(folder, 'ä.kea-policy.json').name).toBe('Ä');
  });

  test('one bad row: all faults are said with their rows, and nothing is written', () => {
    const { folder, status, stdout, stderr } = importing(
      [
        'sep=,',
        'name,group,agent version,KSN usage',
        'good,Managed devices,3.16,yes',
        ',Managed devices,3.16,perhaps',
        'odd,Managed devices,3.16,perhaps',
        '"two',
        'lines",Managed devices,three,yes',
        'good,Managed devices,3.16,yes',
        'odder,Managed devices,3.16,perhaps',
        'last,Managed devices,3,yes',
      ].join('\n'),
    );
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toEqual([
      'kea-policy: export.csv: row 4: "name" is empty',
      'kea-policy: export.csv: row 4: "KSN usage" has "perhaps", which is neither yes nor no',
      'kea-policy: export.csv: row 5: "KSN usage" has "perhaps", which is neither yes nor no',
      'kea-policy: export.csv: row 7: "agent.version" must be two to four numbers with dots, such as 3.16 or 4.0.0.512, not "three"',
      'kea-policy: export.csv: row 8: the name and the group of row 3 again',
      'kea-policy: export.csv: row 9: "KSN usage" has "perhaps", which is neither yes nor no',
      'kea-policy: export.csv: row 10: "agent.version" must be two to four numbers with dots, such as 3.16 or 4.0.0.512, not "3"',
    ]);
    expect(files(folder)).toEqual(['export.csv']);
  });

  test('a file that is there already: nothing is written at all', () => {
    const folder = folderWith({
      'export.csv': 'name,group\nA,Managed devices\nB,Managed devices\n',
      'b.kea-policy.json': 'mine',
    });
    const { status, stderr } = run(folder, ['init', '--from-csv', 'export.csv']);
    expect(status).toBe(2);
    expect(stderr).toContain('b.kea-policy.json is there already');
    expect(files(folder)).toEqual(['b.kea-policy.json', 'export.csv']);
  });

  test('names that would make the same file make two; none leads out of the folder', () => {
    const { folder, status } = importing(
      'name,group\nA b,Managed devices\nA-b,Managed devices\n../../x,Managed devices/../..\n*,Managed devices/*\n',
    );
    expect(status).toBe(0);
    expect(files(folder).filter((path) => path.endsWith('.kea-policy.json'))).toEqual([
      'a-b-2.kea-policy.json',
      'a-b.kea-policy.json',
      'group/group/x.kea-policy.json',
      'group/policy.kea-policy.json',
    ]);
  });

  test('into a project that has a config: files only', () => {
    const folder = folderWith({ 'kea-policy.config.json': {}, 'export.csv': small });
    expect(run(folder, ['init', '--from-csv', 'export.csv']).stdout).toBe('wrote ä.kea-policy.json\n');
    expect(existsSync(join(folder, '.gitattributes'))).toBe(false);
  });

  test.each([
    ['', /it is empty/],
    ['name,group\n', /no row below/],
    ['a,b\n1,2\n', /has to name the columns.*"a" and "b"/],
    ['name\nx\n', /a table of policies needs administrationGroup/],
    ['name,group,policy\nx,G,y\n', /"name" and "policy" say the same/],
    ['name,group\n"x,G\n', /is not a table/],
    [Buffer.from([0x6e, 0xe9, 0x2c, 0x0a]), /neither UTF-8 nor UTF-16/],
  ])('%j is no table', (content, said) => {
    const { folder, status, stdout, stderr } = importing(content);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(said);
    expect(files(folder)).toEqual(['export.csv']);
  });

  test('wrong usage', () => {
    expect(run(folderWith(), ['init', '--from-csv', 'nowhere.csv']).stderr).toContain(
      'nowhere.csv cannot be read',
    );
    expect(run(folderWith(), ['init', '--kind', 'agents']).stderr).toContain('--kind goes with --from-csv');
    expect(run(folderWith(), ['init', '--kind', 'agent', '--from-csv', 'x']).stderr).toContain(
      'did you mean agents?',
    );
    expect(run(folderWith({ f: '' }), ['init', 'f']).stderr).toContain('f is not a folder');
    expect(run(folderWith(), ['init', 'a', 'b']).status).toBe(2);
  });
});
