import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import formats from 'ajv-formats';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { beforeEach, describe, expect, test } from 'vitest';
import findingsSchema from '../../schemas/findings.schema.json';
import { visible } from '../../server/src/cli/visible';
import { rules } from '../../server/src/rules';
import { applyEdits } from '../../server/src/syntax/change';
import { Lines } from '../../server/src/syntax/range';
import { folderWith, policy, read, run, unaccepted } from './command';

/** What a file may hold to fool whoever reads a report: control, direction and markup of every format. */
const hostile = '\u001b[31m\u202e\u0000]]><b a="1">&|`*[x](y)::error::%0A\n@all #1\uffff\ud800';

const config = {
  plugin: { kind: 'web', version: '3.16', statementVersion: 'S2' },
  agents: [{ version: '3.16', statementVersion: 'S1', hosts: 7 }],
};

const on = (version: string) => ({
  enforcement: 'enforce',
  enabled: true,
  statement: { version, accepted: true, acceptedBy: 'a', acceptedAt: '2024-01-01T00:00:00Z' },
});

const exception = { rule: 'ksn-region-restricted', reason: 'Confirmed <by> us & them' };

let folder: string;

beforeEach(() => {
  folder = folderWith({
    'kea-policy.config.json': config,
    'b/broken é.kea-policy.json': '{\r\n\t"kind": "policy", // é 😀\r\n\t"name": "x",\r\n}',
    'b/hostile.kea-policy.json': policy({ name: 'h', administrationGroup: 'H', [hostile]: 1 }),
    'excepted.kea-policy.json': policy({
      administrationGroup: 'E',
      regions: ['US'],
      ksn: on('S2'),
      exceptions: [exception],
    }),
    'off.kea-policy.json': policy({
      administrationGroup: 'O',
      ksn: { enforcement: 'enforce', enabled: false, useKscAsKsnProxy: true },
    }),
    'on.kea-policy.json': unaccepted({ administrationGroup: 'N' }),
    'unreadable.kea-policy.json': new Uint8Array([0xff, 0xfe, 0x7b, 0x00]),
  });
});

const output = (format: string, ...args: string[]): string => {
  const { stdout, stderr, status } = run(folder, ['validate', '--format', format, ...args]);
  expect({ stderr, status }).toEqual({ stderr: '', status: 1 });
  return stdout;
};

/** No format for people or for machines that show it may carry what acts on a terminal or turns text around. */
// eslint-disable-next-line no-control-regex
const acting = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]/;

interface Finding {
  readonly rule: string;
  readonly severity: string;
  readonly path: string;
  readonly message: string;
  readonly excepted: boolean;
  readonly range: { readonly start: { readonly line: number; readonly column: number } };
}

/** The findings, by the one format that everything else is held against. */
const findings = (...args: string[]): Finding[] =>
  (JSON.parse(output('json', ...args)) as { findings: Finding[] }).findings;

test.each(['pretty', 'compact', 'sarif', 'junit', 'github', 'gitlab', 'checkstyle', 'markdown'])(
  '%s shows control and bidirectional characters escaped',
  (format) => {
    const text = output(format);
    expect(text).not.toMatch(acting);
    expect(text.replaceAll('\\', '')).toContain('u202e');
  },
);

describe('json and jsonl', () => {
  const ajv = new Ajv({ strict: false });
  const isReport = ajv.compile(findingsSchema);
  const isFinding = ajv.compile({ ...findingsSchema, $id: 'x', $ref: '#/definitions/finding' });

  test('json is what its schema says, with and without findings, with and without a baseline', () => {
    const report: unknown = JSON.parse(output('json', '--show-excepted'));
    expect(isReport(report), JSON.stringify(isReport.errors)).toBe(true);
    const green = run(folderWith({ 'a.kea-policy.json': policy() }), ['validate', '--format', 'json']);
    expect(isReport(JSON.parse(green.stdout))).toBe(true);
    expect(JSON.parse(green.stdout)).toMatchObject({ findings: [], summary: { files: 1 } });
    expect(green.stdout).not.toContain('baseline');
    run(folder, ['validate', '--write-baseline', 'known.json']);
    const known = run(folder, ['validate', '--format', 'json', '--baseline', 'known.json']);
    expect(isReport(JSON.parse(known.stdout))).toBe(true);
    expect(JSON.parse(known.stdout)).toMatchObject({ findings: [], baseline: { gone: [] } });
  });

  test('the schema finds fault with a report that is not one', () => {
    expect(isReport({ formatVersion: 2 })).toBe(false);
    expect(isFinding({})).toBe(false);
  });

  test('jsonl has the same findings, one a line', () => {
    const lines = output('jsonl').trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual(findings());
    for (const line of lines) expect(isFinding(JSON.parse(line))).toBe(true);
  });
});

test('compact: a line for each finding, at the place that counts from 1', () => {
  const lines = output('compact', '--show-excepted').trimEnd().split('\n');
  const all = findings('--show-excepted');
  expect(lines).toHaveLength(all.length);
  for (const [i, { rule, severity, path, range }] of all.entries()) {
    expect(lines[i]).toContain(`${path}:${range.start.line}:${range.start.column}: ${severity} ${rule} `);
  }
  expect(lines).toContainEqual(
    expect.stringMatching(/ksn-region-restricted .*\(excepted: Confirmed <by> us/),
  );
});

describe('sarif', () => {
  interface Region {
    readonly startLine: number;
    readonly startColumn: number;
    readonly endLine: number;
    readonly endColumn: number;
  }
  interface Result {
    readonly ruleId: string;
    readonly ruleIndex: number;
    readonly level: string;
    readonly locations: { physicalLocation: { artifactLocation: { uri: string }; region: Region } }[];
    readonly partialFingerprints: Record<string, string>;
    readonly suppressions?: { justification?: string }[];
    readonly fixes?: {
      artifactChanges: {
        artifactLocation: { uri: string };
        replacements: { deletedRegion: Region; insertedContent: { text: string } }[];
      }[];
    }[];
  }
  interface Log {
    readonly runs: {
      tool: { driver: { rules: { id: string; helpUri: string; help: { markdown: string } }[] } };
      columnKind: string;
      results: Result[];
    }[];
  }
  const schema = JSON.parse(
    readFileSync('node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json', 'utf8').replace(
      '"id":',
      '"$id":',
    ),
  ) as object;
  const ajv = new Ajv({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const isLog = ajv.compile({ ...schema, $schema: undefined });
  const log = (text: string): Log['runs'][number] => {
    const value = JSON.parse(text) as Log;
    expect(isLog(value), JSON.stringify(isLog.errors)).toBe(true);
    return value.runs[0]!;
  };

  test('is valid by the schema of SARIF, which refuses what is not', () => {
    log(output('sarif'));
    log(run(folderWith({ 'a.kea-policy.json': policy() }), ['validate', '--format', 'sarif']).stdout);
    expect(isLog({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
    expect(isLog({ version: '2.1.0', runs: [{ tool: { driver: { name: 'x' } }, results: [{}] }] })).toBe(
      false,
    );
  });

  test('carries all rules with their docs, and each result points at its own', () => {
    const { tool, results } = log(output('sarif'));
    expect(tool.driver.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
    for (const { id, helpUri, help } of tool.driver.rules) {
      expect(helpUri).toMatch(new RegExp(`^https://.*/${id}\\.md$`));
      expect(help.markdown).toContain(`# ${id}`);
      expect(help.markdown).not.toMatch(/\]\([a-z-]+\.md\)/);
    }
    for (const { ruleId, ruleIndex } of results) expect(tool.driver.rules[ruleIndex]!.id).toBe(ruleId);
  });

  test('has a location for every result, also of a file that cannot be read, and no two fingerprints alike', () => {
    const { results, columnKind } = log(output('sarif'));
    expect(columnKind).toBe('utf16CodeUnits');
    for (const { locations } of results) {
      expect(locations).toHaveLength(1);
      const { artifactLocation, region } = locations[0]!.physicalLocation;
      expect(() => read(folder, decodeURIComponent(artifactLocation.uri))).not.toThrow();
      expect(region.startLine).toBeGreaterThanOrEqual(1);
      expect(region.startColumn).toBeGreaterThanOrEqual(1);
    }
    expect(results.map(({ ruleId }) => ruleId)).toContain('document-unreadable');
    const places = results.map(
      ({ locations, partialFingerprints }) =>
        `${locations[0]!.physicalLocation.artifactLocation.uri} ${partialFingerprints.primaryLocationLineHash}`,
    );
    expect(new Set(places).size).toBe(places.length);
  });

  test('carries the fixes of the first 100 findings of a file that offer any, and all findings', () => {
    const unknown = Object.fromEntries(Array.from({ length: 105 }, (_, i) => [`member ${i}`, i]));
    const files = { 'a.kea-policy.json': policy(unknown), 'b.kea-policy.json': policy({ nobody: 1 }) };
    const { results } = log(run(folderWith(files), ['validate', '--format', 'sarif']).stdout);
    const named = results.map(({ locations, fixes }) => ({
      path: locations[0]!.physicalLocation.artifactLocation.uri,
      fixes: fixes !== undefined,
    }));
    const inA = named.filter(({ path }) => path === 'a.kea-policy.json');
    expect(inA.length).toBeGreaterThan(104);
    expect(inA.filter(({ fixes }) => fixes)).toHaveLength(100);
    expect(named.at(-1)).toEqual({ path: 'b.kea-policy.json', fixes: true });
  });

  test('fixes are edits that do what they say, CRLF, tabs and wide characters before them', () => {
    const { results } = log(output('sarif'));
    const path = 'b/broken é.kea-policy.json';
    const comma = results.filter(({ ruleId, fixes }) => ruleId === 'json-syntax' && fixes);
    let text = read(folder, path);
    const edits = comma.flatMap(({ fixes }) =>
      fixes!.flatMap(({ artifactChanges: [change] }) => {
        expect(decodeURIComponent(change!.artifactLocation.uri)).toBe(path);
        const lines = new Lines(text);
        return change!.replacements.map(({ deletedRegion: at, insertedContent }) => ({
          start: lines.offsetAt({ line: at.startLine - 1, column: at.startColumn - 1 }),
          end: lines.offsetAt({ line: at.endLine - 1, column: at.endColumn - 1 }),
          text: insertedContent.text,
        }));
      }),
    );
    text = applyEdits(text, edits);
    expect(JSON.parse(text)).toEqual({ kind: 'policy', name: 'x' });
  });

  test('what an exception covers is suppressed with its reason, whether or not it is shown', () => {
    const { results } = log(output('sarif'));
    const suppressed = results.filter(({ suppressions }) => suppressions);
    expect(suppressed.map(({ ruleId, suppressions }) => [ruleId, suppressions![0]!.justification])).toEqual([
      ['ksn-region-restricted', exception.reason],
    ]);
  });
});

/** XML as a reader takes it: valid, entities resolved, everything that may repeat as an array. */
function xml(text: string): Record<string, never> {
  expect(XMLValidator.validate(text)).toBe(true);
  const repeated = ['testsuite', 'testcase', 'file', 'error'];
  return new XMLParser({
    ignoreAttributes: false,
    attributeNamePrefix: '',
    parseAttributeValue: false,
    isArray: (name) => repeated.includes(name),
  }).parse(text) as Record<string, never>;
}

describe('junit', () => {
  interface Case {
    readonly name: string;
    readonly classname: string;
    readonly failure?: { readonly message: string; readonly type: string };
    readonly skipped?: { readonly message: string };
    readonly 'system-out'?: string;
  }
  interface Suite {
    readonly name: string;
    readonly tests: string;
    readonly failures: string;
    readonly skipped: string;
    readonly testcase: readonly Case[];
  }
  const suites = (text: string): readonly Suite[] =>
    (xml(text) as unknown as { testsuites: { testsuite: Suite[] } }).testsuites.testsuite;

  test('fails for what makes the run fail, skips what is excepted, and counts right', () => {
    const read = suites(output('junit'));
    const all = findings('--show-excepted');
    const cases = read.flatMap(({ testcase }) => testcase);
    expect(cases).toHaveLength(all.length + 1);
    const errors = all.filter(({ severity, excepted }) => severity === 'error' && !excepted);
    expect(cases.filter(({ failure }) => failure).map(({ failure }) => failure!.message)).toEqual(
      errors.map(({ message }) => visible(message)),
    );
    expect(cases.filter(({ skipped }) => skipped).map(({ skipped }) => skipped!.message)).toEqual([
      expect.stringContaining(exception.reason),
    ]);
    for (const { tests, failures, skipped, testcase } of read) {
      expect(Number(tests)).toBe(testcase.length);
      expect(Number(failures)).toBe(testcase.filter((one) => one.failure).length);
      expect(Number(skipped)).toBe(testcase.filter((one) => one.skipped).length);
    }
  });

  test('the fail level decides what a failure is', () => {
    const failures = (level: string) =>
      suites(output('junit', '--fail-level', level))
        .flatMap(({ testcase }) => testcase)
        .filter(({ failure }) => failure).length;
    expect(failures('info')).toBe(findings().length);
    expect(failures('error')).toBeLessThan(failures('info'));
  });

  test('green has a case that passes; what could not be checked is skipped, not passed', () => {
    const green = run(folderWith({ 'a.kea-policy.json': policy() }), ['validate', '--format', 'junit']);
    expect(suites(green.stdout)[0]!.testcase[0]).not.toHaveProperty('skipped');
    const open = run(folderWith({ 'a.kea-policy.json': policy({ ksn: on('S1') }) }), [
      'validate',
      '--format',
      'junit',
    ]);
    expect(suites(open.stdout)[0]!.testcase[0]!.skipped!.message).toContain('could not be checked');
  });
});

test('checkstyle has every finding in its file', () => {
  interface File {
    readonly name: string;
    readonly error: readonly {
      line: string;
      column: string;
      severity: string;
      message: string;
      source: string;
    }[];
  }
  const { checkstyle } = xml(output('checkstyle')) as unknown as { checkstyle: { file: File[] } };
  const read = checkstyle.file.flatMap(({ name, error }) =>
    error.map(({ line, column, severity, source }) => `${name}:${line}:${column} ${severity} ${source}`),
  );
  expect(read).toEqual(
    findings().map(
      ({ path, range, severity, rule }) =>
        `${path}:${range.start.line}:${range.start.column} ${severity} kea-policy.${rule}`,
    ),
  );
});

test('gitlab: a Code Quality issue for each finding, each with a fingerprint of its own', () => {
  interface Issue {
    readonly check_name: string;
    readonly description: string;
    readonly fingerprint: string;
    readonly severity: string;
    readonly location: { readonly path: string; readonly lines: { readonly begin: number } };
  }
  const issues = JSON.parse(output('gitlab')) as Issue[];
  const severities: Record<string, string> = { error: 'major', warning: 'minor', info: 'info' };
  expect(
    issues.map(({ check_name, severity, location }) => [
      check_name,
      severity,
      location.path,
      location.lines.begin,
    ]),
  ).toEqual(
    findings().map(({ rule, severity, path, range }) => [rule, severities[severity], path, range.start.line]),
  );
  expect(new Set(issues.map(({ fingerprint }) => fingerprint)).size).toBe(issues.length);
  for (const { description } of issues) expect(description).not.toBe('');
});

describe('github', () => {
  /** A workflow command as the runner reads it. */
  function command(line: string): { name: string; properties: Record<string, string>; message: string } {
    const [, name, properties, message] = /^::(\w+) ([^:]*)::(.*)$/.exec(line)!;
    const unescaped = (text: string) =>
      text
        .replaceAll('%2C', ',')
        .replaceAll('%3A', ':')
        .replaceAll('%0A', '\n')
        .replaceAll('%0D', '\r')
        .replaceAll('%25', '%');
    const pairs = properties!.split(',').map((pair) => pair.split('=', 2) as [string, string]);
    return {
      name: name!,
      properties: Object.fromEntries(pairs.map(([key, value]) => [key, unescaped(value)])),
      message: unescaped(message!),
    };
  }
  const commands = (text: string) =>
    text
      .split('\n')
      .filter((line) => line.startsWith('::'))
      .map(command);

  test('each finding is one command that the runner reads back, whatever is in it', () => {
    const names: Record<string, string> = { error: 'error', warning: 'warning', info: 'notice' };
    const read = commands(output('github')).map(
      ({ name, properties, message }) => `${name} ${properties.file}:${properties.line} ${message}`,
    );
    expect(read.sort()).toEqual(
      findings()
        .map(
          ({ severity, path, range, message }) =>
            `${names[severity]} ${path}:${range.start.line} ${visible(message)}`,
        )
        .sort(),
    );
  });

  test('shows ten of a severity and counts the others; the summary of the job lists them all', () => {
    const many = folderWith(
      Object.fromEntries(
        Array.from({ length: 13 }, (_, i) => [
          `${i}.kea-policy.json`,
          unaccepted({ name: `|<b>${i}`, administrationGroup: `G${i}`, nonsense: 1 }),
        ]),
      ),
    );
    const { stdout, stderr } = run(many, ['validate', '--format', 'github'], {
      env: { GITHUB_STEP_SUMMARY: `${many}/summary.md` },
    });
    expect(stderr).toBe('');
    expect(commands(stdout)).toHaveLength(10);
    expect(stdout).toContain('16 more errors without an annotation');
    const summary = read(many, 'summary.md');
    expect(summary.split('\n').filter((line) => line.startsWith('| error'))).toHaveLength(26);
    run(many, ['validate', '--format', 'github'], { env: { GITHUB_STEP_SUMMARY: `${many}/summary.md` } });
    expect(read(many, 'summary.md')).toBe(summary + summary);
  });
});

test('markdown: nothing from a file is formatted, and a row stays a row', () => {
  const rows = output('markdown')
    .split('\n')
    .filter((line) => line.startsWith('| '));
  expect(rows).toHaveLength(findings().length + 2);
  for (const row of rows) {
    // Only the four cells' own bars are left without a backslash, and only our links.
    expect(row.replace(/\\./g, '').split('|')).toHaveLength(6);
    expect(row.replace(/\\./g, '').replace(/\[[a-z-]+\]\(https:[^)]*\)/, '')).not.toMatch(/[<[`*]/);
  }
});

test('a baseline: what is gone is said', () => {
  run(folder, ['validate', '--write-baseline', 'known.json']);
  const fixed = folderWith({
    'known.json': read(folder, 'known.json'),
    'kea-policy.config.json': config,
    'on.kea-policy.json': policy({ administrationGroup: 'N' }),
  });
  for (const format of ['pretty', 'markdown', 'github', 'json']) {
    const { stdout } = run(fixed, ['validate', '--baseline', 'known.json', '--format', format]);
    expect(stdout, format).toMatch(/gone/i);
  }
});
