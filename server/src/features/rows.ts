import { wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { settled, sourceOf, type Source } from '../project/effective';
import { acceptanceDue } from '../project/outcome';
import { value } from '../syntax/anchor';
import { explainKsn, explainStatement } from './hover-ksn';
import { nameOf, plural } from './names';
import { stateOf } from './outcome-words';
import type { EditAction, RowId, TreeRow } from './protocol';
import { documentOf, lspRange, type JudgedScene } from './scene';
import { switchApplies, switches } from './switches';
import { countsOf, statementKnown } from './tree';
import { escaped } from '../engine/markdown';

/** The rows below a document in the tree: what holds, where it stands, and what can be done about it. */
export function rowsOf(scene: JudgedScene): TreeRow[] | undefined {
  const document = documentOf(scene) as PolicyDocument | DeviceDocument | undefined;
  if (!document?.facts) return undefined;
  const source = sourceOf(scene.project, document);
  return [
    ksnRow(scene, document, source),
    ...(isPolicy(document) ? [enforcementRow(scene, document, source)] : []),
    statementRow(scene, document),
    proxyRow(scene, document, source),
    problemsRow(scene),
  ];
}

function row(
  scene: JudgedScene,
  id: RowId,
  label: string,
  text: string,
  detail: string,
  pointer: string,
  actions: readonly EditAction['do'][],
): TreeRow {
  const { file } = scene;
  return { id, label, text, detail, range: lspRange(file.lines, file.rangeOf(value(pointer))), actions };
}

function applicable(document: PolicyDocument | DeviceDocument, pointer: string): EditAction['do'][] {
  return switches
    .filter((each) => each.pointer === pointer && switchApplies(document, each))
    .map((each) => each.id);
}

function origin(document: PolicyDocument | DeviceDocument, source: Source): string {
  if (!source.known || source.by === document) return '';
  return ` (by ${nameOf(source.by)})`;
}

function ksnRow(scene: JudgedScene, document: PolicyDocument | DeviceDocument, source: Source): TreeRow {
  const { state, text } = stateOf(scene.project, document);
  const stated = source.known ? settled(source.by.facts!.ksn).enabled : undefined;
  const saved = state === 'undefined' ? `${stated === true ? 'on' : 'off'}, saved, not applied` : text;
  const detail = explainKsn(scene, '/ksn/enabled');
  return row(
    scene,
    'ksn',
    'KSN usage',
    `${saved}${origin(document, source)}`,
    detail,
    '/ksn/enabled',
    applicable(document, '/ksn/enabled'),
  );
}

function enforcementRow(scene: JudgedScene, policy: PolicyDocument, source: Source): TreeRow {
  const own =
    policy.facts.ksn.enforcement === undefined ? 'undefined' : wellFormed(policy.facts.ksn.enforcement);
  const text = own === undefined ? 'malformed' : own === 'enforce' ? 'Enforce' : 'Undefined';
  return row(
    scene,
    'enforcement',
    'Enforcement',
    `${text}${origin(policy, source)}`,
    explainKsn(scene, '/ksn/enforcement'),
    '/ksn/enforcement',
    applicable(policy, '/ksn/enforcement'),
  );
}

function statementRow(scene: JudgedScene, document: PolicyDocument | DeviceDocument): TreeRow {
  const statement = document.facts.ksn.statement;
  const version = statement && wellFormed(statement.version);
  const at = statement && wellFormed(statement.acceptedAt)?.slice(0, 10);
  const held =
    version === undefined
      ? 'none'
      : statement!.accepted === true
        ? `${version}, accepted${at ? ` ${at}` : ''}`
        : `${version}, not accepted`;
  const due = isPolicy(document) && acceptanceDue(scene.project, document);
  const known = statementKnown(scene.project, document);
  return row(
    scene,
    'statement',
    'KSN Statement',
    due ? `${held}; ${known ? 'acceptance due' : 'the one required is not known'}` : held,
    explainStatement(scene),
    '/ksn/statement/version',
    known ? ['accept'] : [],
  );
}

function proxyRow(scene: JudgedScene, document: PolicyDocument | DeviceDocument, source: Source): TreeRow {
  const proxy = source.known ? settled(source.by.facts!.ksn).useKscAsKsnProxy : undefined;
  const text = proxy === true ? 'KSC is used' : proxy === false ? 'not used' : 'not to be told';
  return row(
    scene,
    'proxy',
    'KSN proxy',
    `${text}${origin(document, source)}`,
    explainKsn(scene, '/ksn/useKscAsKsnProxy'),
    '/ksn/useKscAsKsnProxy',
    applicable(document, '/ksn/useKscAsKsnProxy'),
  );
}

function problemsRow(scene: JudgedScene): TreeRow {
  const { error, warning, info } = countsOf(scene.findings);
  const parts = [
    ...(error ? [plural(error, 'error')] : []),
    ...(warning ? [plural(warning, 'warning')] : []),
    ...(info ? [`${info} info`] : []),
  ];
  const worst = (['error', 'warning', 'info'] as const)
    .map((severity) => scene.findings.find((finding) => !finding.excepted && finding.severity === severity))
    .find((finding) => finding !== undefined);
  const start = { line: 0, character: 0 };
  return {
    id: 'problems',
    label: 'Problems',
    text: parts.join(', ') || 'none',
    detail: scene.findings
      .filter((finding) => !finding.excepted)
      .slice(0, 10)
      .map((finding) => escaped(finding.message))
      .join('\n\n'),
    range: worst ? lspRange(scene.file.lines, worst.span) : { start, end: start },
    actions: [],
  };
}
