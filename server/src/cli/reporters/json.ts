import { fingerprint } from '../../engine/fingerprint';
import type { Span } from '../../engine/locate';
import type { ReportedFinding, ReportedPlace, Reporter } from '../report';
import { endOf, startOf } from './place';

/** All findings as one JSON value: schemas/findings.schema.json. */
export const report: Reporter = function* ({ tool, summary, findings, baseline }) {
  const head = { formatVersion: 1, tool, summary, ...(baseline && { baseline }) };
  yield `${JSON.stringify(head, null, 2).slice(0, -2)},\n  "findings": [`;
  for (const [i, finding] of findings.entries()) {
    yield `${i === 0 ? '' : ','}\n    ${JSON.stringify(asJson(finding), null, 2).replaceAll('\n', '\n    ')}`;
  }
  yield findings.length === 0 ? ']\n}\n' : '\n  ]\n}\n';
};

/** A finding as the schema describes it. */
export function asJson(finding: ReportedFinding) {
  const { rule, severity, related, fixes, excepted } = finding;
  const { message, ...where } = placeAsJson(finding);
  return {
    rule,
    severity,
    message,
    ...where,
    related: related.map(placeAsJson),
    fixes: fixes.map(({ title, kind }) => ({ title, kind })),
    fingerprint: fingerprint(finding),
    excepted,
  };
}

function placeAsJson({ path, pointer, span, message }: ReportedPlace) {
  return { path, pointer, range: range(span), message };
}

const range = (span: Span) => ({ start: startOf(span), end: endOf(span) });
