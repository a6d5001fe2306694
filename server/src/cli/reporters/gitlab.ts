import type { Severity } from '../../model/config';
import { digest, fingerprint } from '../../engine/fingerprint';
import type { ReportedFinding, Reporter } from '../report';
import { visible } from '../visible';
import { endOf, startOf } from './place';

const severityOf: Record<Severity, string> = { error: 'major', warning: 'minor', info: 'info' };

/** GitLab's Code Quality report; excepted findings are no issues. */
export const report: Reporter = function* ({ findings }) {
  const seen = new Map<string, number>();
  const issues = findings.filter(({ excepted }) => !excepted).map((finding) => issue(finding, seen));
  yield `${JSON.stringify(issues, null, 2)}\n`;
};

function issue(finding: ReportedFinding, seen: Map<string, number>) {
  const { path, span, rule, severity, message, identity } = finding;
  // GitLab takes two issues with one fingerprint for the same: paths tell projects apart, a number the rest.
  const id = `${path}\0${identity}`;
  const occurrence = seen.get(id) ?? 0;
  seen.set(id, occurrence + 1);
  return {
    type: 'issue',
    check_name: rule,
    description: visible(message),
    categories: ['Security'],
    severity: severityOf[severity],
    fingerprint: digest(JSON.stringify([path, fingerprint(finding), occurrence])).slice(0, 32),
    location: { path, lines: { begin: startOf(span).line, end: endOf(span).line } },
  };
}
