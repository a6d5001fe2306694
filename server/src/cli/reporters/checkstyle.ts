import type { ReportedFinding, Reporter } from '../report';
import { byFile, startOf } from './place';
import { element } from './xml';

/** Checkstyle's XML: one `file` for each file with findings, one `error` for each finding. */
export const report: Reporter = function* ({ findings }) {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n<checkstyle version="8.0">\n';
  for (const { path, findings: own } of byFile(findings)) {
    yield `${element('file', { name: path }, `\n${own.map(error).join('')}`)}\n`;
  }
  yield '</checkstyle>\n';
};

function error({ span, severity, message, rule, excepted }: ReportedFinding): string {
  const attributes = {
    ...startOf(span),
    severity: excepted ? 'ignore' : severity,
    message,
    source: `kea-policy.${rule}`,
  };
  return `${element('error', attributes)}\n`;
}
