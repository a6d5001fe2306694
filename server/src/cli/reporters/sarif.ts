import { fingerprint } from '../../engine/fingerprint';
import { plainText } from '../../engine/markdown';
import type { Severity } from '../../model/config';
import type { Lines, Range } from '../../syntax/range';
import { documentationBase, documentationUrl } from '../../rules/documentation';
import { rulePage } from '../../rules/page';
import type { Rule } from '../../rules/rule';
import type { Report, ReportedFinding, ReportedPlace, Reporter } from '../report';
import { visible } from '../visible';
import { endOf, startOf } from './place';

/**
 * Findings of one file that carry their fixes. Each takes reading the whole file, and nobody applies the hundredth
 * out of a report; a hostile file has tens of thousands.
 */
const mostWithFixes = 100;

const levelOf: Record<Severity, string> = { error: 'error', warning: 'warning', info: 'note' };

/** SARIF 2.1.0, every result with a location; what exceptions cover is suppressed, not left out. */
export const report: Reporter = function* (all) {
  const { tool, rules, summary } = all;
  const indexes = new Map(rules.map(({ id }, i) => [id, i]));
  const known = new Map(rules.map((rule) => [rule.id, rule]));
  const head = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: tool.name,
            semanticVersion: tool.version,
            informationUri: documentationBase.replace(/\/blob\/.*$/, ''),
            rules: rules.map((rule) => descriptor(rule, known)),
          },
        },
        columnKind: 'utf16CodeUnits',
        invocations: [{ executionSuccessful: true }],
        properties: { summary },
        results: [] as unknown[],
      },
    ],
  };
  // Results by the thousand are written as they come.
  const [before, after] = JSON.stringify(head, null, 2).split('"results": []') as [string, string];
  yield `${before}"results": [`;
  const seen = new Map<string, number>();
  const withFixes = new Map<string, number>();
  const mayHaveFixes = ({ path, fixes }: ReportedFinding): boolean => {
    const before = withFixes.get(path) ?? 0;
    if (fixes.length > 0) withFixes.set(path, before + 1);
    return before < mostWithFixes;
  };
  for (const [i, finding] of all.withExcepted.entries()) {
    const text = JSON.stringify(
      result(finding, mayHaveFixes(finding), all, indexes, seen),
      null,
      2,
    ).replaceAll('\n', '\n        ');
    yield `${i === 0 ? '' : ','}\n        ${text}`;
  }
  yield `${all.withExcepted.length > 0 ? '\n      ' : ''}]${after}\n`;
};

function descriptor(rule: Rule, known: ReadonlyMap<string, Rule>) {
  const page = rulePage(rule, known).replace(
    /\]\(([a-z-]+)\.md\)/g,
    (_, id: string) => `](${documentationUrl(id)})`,
  );
  return {
    id: rule.id,
    shortDescription: { text: `${rule.summary}.` },
    fullDescription: { text: plainText(rule.docs.what) },
    helpUri: documentationUrl(rule.id),
    help: { text: plainText(`${rule.docs.what}\n\n${rule.docs.why}`), markdown: page },
    defaultConfiguration: { level: levelOf[rule.severity] },
    properties: { category: rule.category, tags: ['kea-policy', rule.category] },
  };
}

function result(
  finding: ReportedFinding,
  mayHaveFixes: boolean,
  all: Report,
  indexes: ReadonlyMap<string, number>,
  seen: Map<string, number>,
) {
  const { rule, severity, message, related, identity, excepted, reason } = finding;
  const id = `${finding.path}\0${identity}`;
  const occurrence = (seen.get(id) ?? 0) + 1;
  seen.set(id, occurrence);
  const stable = fingerprint(finding);
  const fixes = (mayHaveFixes ? all.fixEdits(finding) : []).map(({ fix, edits }) => ({
    description: { text: plainMessage(fix.title) },
    artifactChanges: [
      {
        artifactLocation: artifact(finding.path),
        replacements: edits.map((edit) => ({
          deletedRegion: regionOf(all.source(finding.path).lines, edit),
          insertedContent: { text: edit.text },
        })),
      },
    ],
  }));
  return {
    ruleId: rule,
    ruleIndex: indexes.get(rule),
    level: levelOf[severity],
    message: { text: plainMessage(message) },
    locations: [location(finding)],
    ...(related.length > 0 && {
      relatedLocations: related.map((place, id) => ({
        id,
        ...location(place),
        message: { text: plainMessage(place.message) },
      })),
    }),
    // GitHub goes by the first; both stay the same across edits elsewhere in the file.
    partialFingerprints: {
      primaryLocationLineHash: `${stable}:${occurrence}`,
      'keaPolicyFingerprint/v1': stable,
    },
    ...(fixes.length > 0 && { fixes }),
    ...(excepted && {
      suppressions: [
        { kind: 'inSource', status: 'accepted', ...(reason !== undefined && { justification: reason }) },
      ],
    }),
  };
}

function location({ path, pointer, span }: ReportedPlace) {
  const start = startOf(span);
  const end = endOf(span);
  return {
    physicalLocation: {
      artifactLocation: artifact(path),
      region: {
        startLine: start.line,
        startColumn: start.column,
        endLine: end.line,
        endColumn: end.column,
      },
    },
    ...(pointer !== '' && { logicalLocations: [{ fullyQualifiedName: pointer, kind: 'member' }] }),
  };
}

/** A path as a relative URI; one of another drive as a file URI. */
function artifact(path: string) {
  const uri = path.split('/').map(encodeURIComponent).join('/');
  return /^[A-Za-z]:\//.test(path)
    ? { uri: `file:///${path[0]}:${uri.slice(uri.indexOf('/'))}` }
    : { uri, ...(!uri.startsWith('../') && { uriBaseId: '%SRCROOT%' }) };
}

function regionOf(lines: Lines, { start, end }: Range) {
  const from = lines.positionAt(start);
  const to = lines.positionAt(end);
  return {
    startLine: from.line + 1,
    startColumn: from.column + 1,
    endLine: to.line + 1,
    endColumn: to.column + 1,
  };
}

/** A text for a message: brackets that SARIF would take for a link are escaped, and so are its escapes then. */
function plainMessage(text: string): string {
  const shown = visible(text);
  return /\[[^\]]*\]\(/.test(shown) ? shown.replace(/[\\[\]]/g, '\\$&') : shown;
}
