import type { ReportedFinding, Reporter } from '../report';
import { visible } from '../visible';
import { startOf } from './place';

/** One line for a finding: `path:line:column: severity rule message`. */
export const report: Reporter = function* ({ findings }) {
  for (const finding of findings) yield `${line(finding)}\n`;
};

function line({ path, span, severity, rule, message, excepted, reason }: ReportedFinding): string {
  const { line, column } = startOf(span);
  const covered = excepted ? ` (excepted${reason === undefined ? '' : `: ${visible(reason)}`})` : '';
  return `${visible(path)}:${line}:${column}: ${severity} ${rule} ${visible(message)}${covered}`;
}
