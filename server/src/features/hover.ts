import type { Hover, Position } from 'vscode-languageserver-types';
import { rulesById } from '../rules';
import { documentationUrl } from '../rules/documentation';
import type { Shape } from '../schema/problem';
import { lastToken, type Pointer } from '../syntax/pointer';
import { rangeOf } from '../syntax/tree';
import { explainAgentEntry, explainManagingPlugin, explainCatalogueEntry } from './hover-config';
import { explainGroup, explainInheritance, explainPlugin, explainStatus } from './hover-policy';
import { explainAgent, explainKsn, explainStatement } from './hover-ksn';
import { code, escaped, plainText } from '../engine/markdown';
import { configOf, documentOf, isConfigPath, lspRange, shapeOf, spotAt, type Scene } from './scene';
import { termAt } from './vocabulary';

/** What is told about the member at a place: its meaning, its default, what holds and what follows on hosts. */
export function hover(scene: Scene, position: Position, markdown: boolean): Hover | undefined {
  const spot = spotAt(scene.file, position);
  if (!spot || spot.pointer === '') return undefined;
  const rule = ruleNamed(scene, spot.pointer, spot.node.value);
  const sections = rule
    ? [aboutRule(rule)]
    : [meaning(shapeOf(scene), spot.pointer), ...explanation(scene, spot.pointer)];
  const text = sections.filter(Boolean).join('\n\n---\n\n');
  if (!text) return undefined;
  return {
    contents: markdown
      ? { kind: 'markdown', value: text }
      : { kind: 'plaintext', value: plainText(text).replace(/\n{3,}/g, '\n\n') },
    range: lspRange(scene.file.lines, rangeOf(spot.node)),
  };
}

function meaning(shape: Shape | undefined, pointer: Pointer): string {
  const term = shape && termAt(shape, pointer);
  if (!term?.description) return '';
  const values = term.values
    .filter(({ meaning }) => meaning)
    .map(({ value, meaning }) => `- ${code(JSON.stringify(value))}: ${escaped(meaning!)}`);
  return [
    `**${escaped(term.title ?? lastToken(pointer)!)}**`,
    escaped(term.description),
    ...(values.length ? [values.join('\n')] : []),
    ...(term.default === undefined ? [] : [`Default: ${code(JSON.stringify(term.default))}`]),
  ].join('\n\n');
}

/** What the project says about it; each explanation is for the members below one pointer. */
const explanations: readonly {
  readonly at: RegExp;
  readonly explain: (scene: Scene, pointer: Pointer) => string | undefined;
}[] = [
  { at: /^\/ksn\/statement(\/.*)?$/, explain: explainStatement },
  { at: /^\/ksn(\/(enforcement|enabled|useKscAsKsnProxy))?$/, explain: explainKsn },
  { at: /^\/administrationGroup$/, explain: explainGroup },
  { at: /^\/status$/, explain: explainStatus },
  { at: /^\/inheritance(\/.*)?$/, explain: explainInheritance },
  { at: /^\/(plugin|kmp)(\/.*)?$/, explain: explainPlugin },
  { at: /^\/agent(\/.*)?$/, explain: explainAgent },
];

const configExplanations: typeof explanations = [
  { at: /^\/plugin(\/.*)?$/, explain: explainManagingPlugin },
  { at: /^\/agents\/\d+(\/.*)?$/, explain: explainAgentEntry },
  { at: /^\/statements\/\d+(\/.*)?$/, explain: explainCatalogueEntry },
];

function explanation(scene: Scene, pointer: Pointer): string[] {
  const table = configOf(scene) ? configExplanations : documentOf(scene)?.facts ? explanations : [];
  const found = table.find(({ at }) => at.test(pointer))?.explain(scene, pointer);
  return found ? [found] : [];
}

function ruleNamed(scene: Scene, pointer: Pointer, value: unknown): string | undefined {
  const named = isConfigPath(scene.path)
    ? /^(\/overrides\/\d+)?\/rules\/[^/]+$/.test(pointer) && lastToken(pointer)
    : /^\/exceptions\/\d+\/rule$/.test(pointer) && value;
  return typeof named === 'string' && rulesById.has(named) ? named : undefined;
}

function aboutRule(id: string): string {
  const rule = rulesById.get(id)!;
  return [
    `**${escaped(id)}** (${rule.category}, ${rule.severity} by default)`,
    escaped(rule.summary),
    `[Documentation](${documentationUrl(id)})`,
  ].join('\n\n');
}
