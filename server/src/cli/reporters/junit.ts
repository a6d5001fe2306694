import { atLeast, type Report, type ReportedFinding, type Reporter } from '../report';
import { byFile, startOf } from './place';
import { count, remarks } from './words';
import { element, xml } from './xml';

/**
 * JUnit's XML, one suite for each file with findings. What makes the run fail is a failure, what doesn't passes
 * and says so, what is excepted or could not be checked is skipped: neither passes for checked.
 */
export const report: Reporter = function* (all) {
  const findings = all.withExcepted;
  const failures = findings.filter((finding) => fails(finding, all)).length;
  const skipped = all.summary.excepted + (all.summary.undecided > 0 ? 1 : 0);
  const tests = findings.length + 1;
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites name="kea-policy" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">\n`;
  yield whole(all);
  for (const { path, findings: own } of byFile(findings)) {
    const counts = {
      tests: own.length,
      failures: own.filter((finding) => fails(finding, all)).length,
      errors: 0,
      skipped: own.filter(({ excepted }) => excepted).length,
    };
    const cases = own.map((finding) => `    ${testcase(finding, all)}\n`).join('');
    yield `  ${element('testsuite', { name: path, ...counts }, `\n${cases}  `)}\n`;
  }
  yield '</testsuites>\n';
};

/** One case for the run as a whole, so that a green run has a case, and one with open questions is not green. */
function whole(all: Report): string {
  const { files, undecided } = all.summary;
  const name = `${count(files, 'file')} validated`;
  const open = undecided > 0 ? element('skipped', { message: remarks(all)[0] }) : '';
  const own = element('testcase', { name, classname: 'kea-policy' }, open);
  const counts = { tests: 1, failures: 0, errors: 0, skipped: undecided > 0 ? 1 : 0 };
  return `  ${element('testsuite', { name: 'kea-policy', ...counts }, `\n    ${own}\n  `)}\n`;
}

function testcase(finding: ReportedFinding, all: Report): string {
  const { path, rule, severity, message, span, reason } = finding;
  const { line, column } = startOf(span);
  const place = `${path}:${line}:${column}`;
  const attributes = { name: `${rule} at ${line}:${column}`, classname: path, file: path, line };
  const text = `${place}: ${message}`;
  if (finding.excepted) {
    return element(
      'testcase',
      attributes,
      element('skipped', { message: `excepted: ${reason ?? ''} ${message}` }),
    );
  }
  return fails(finding, all)
    ? element('testcase', attributes, element('failure', { message, type: `${severity} ${rule}` }, xml(text)))
    : element('testcase', attributes, element('system-out', {}, xml(`${severity}: ${text}`)));
}

function fails({ excepted, severity }: ReportedFinding, { failLevel }: Report): boolean {
  return !excepted && atLeast(severity, failLevel);
}
