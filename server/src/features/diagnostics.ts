import { DiagnosticSeverity, type Diagnostic, type Range } from 'vscode-languageserver-types';
import type { PlacedFinding, Span } from '../engine/locate';
import type { Severity } from '../model/config';
import { documentationUrl } from '../rules/documentation';

/** What a diagnostic carries for code actions of clients and tools: its rule and the member it is about. */
export interface DiagnosticData {
  readonly rule: string;
  readonly pointer: string;
}

/** What of a diagnostic the client can show. */
export interface DiagnosticSupport {
  readonly related: boolean;
  readonly codeDescription: boolean;
  readonly data: boolean;
}

const severities: Record<Severity, DiagnosticSeverity> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  info: DiagnosticSeverity.Information,
};

/** The findings of a file as diagnostics; what an exception covers is no problem. */
export function diagnosticsOf(
  findings: readonly PlacedFinding[],
  uriOf: (path: string) => string,
  support: DiagnosticSupport,
): Diagnostic[] {
  return findings
    .filter((finding) => !finding.excepted)
    .map((finding) => diagnosticOf(finding, uriOf, support));
}

function diagnosticOf(
  finding: PlacedFinding,
  uriOf: (path: string) => string,
  support: DiagnosticSupport,
): Diagnostic {
  const { rule, pointer, related } = finding;
  const diagnostic: Diagnostic = {
    range: rangeOfSpan(finding.span),
    severity: severities[finding.severity],
    code: rule,
    source: 'kea-policy',
    message: finding.message,
  };
  if (support.codeDescription) diagnostic.codeDescription = { href: documentationUrl(rule) };
  if (support.related && related.length > 0) {
    diagnostic.relatedInformation = related.map(({ path, span, message }) => ({
      location: { uri: uriOf(path), range: rangeOfSpan(span) },
      message,
    }));
  }
  if (support.data) diagnostic.data = { rule, pointer } satisfies DiagnosticData;
  return diagnostic;
}

export function rangeOfSpan({ from, to }: Span): Range {
  return {
    start: { line: from.line, character: from.column },
    end: { line: to.line, character: to.column },
  };
}
