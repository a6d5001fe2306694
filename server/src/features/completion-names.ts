import { CompletionItemKind, InsertTextFormat, type CompletionItem } from 'vscode-languageserver-types';
import { rules } from '../rules';
import { memberNames, type CompletionPlace } from './completion-place';
import { knownNames, type KnownNames } from './known-names';
import { shapeOf } from './scene';

/** Which names go where. */
const valueTables: readonly {
  readonly at: RegExp;
  readonly in: 'document' | 'config';
  readonly names: (known: KnownNames) => readonly string[];
  readonly detail: string;
}[] = [
  {
    in: 'document',
    at: /^\/ksn\/statement\/version$/,
    names: (k) => k.statements,
    detail: 'Statement version known to the project',
  },
  {
    in: 'document',
    at: /^\/(plugin|agent)\/statementVersion$/,
    names: (k) => k.statements,
    detail: 'Statement version known to the project',
  },
  {
    in: 'document',
    at: /^\/administrationGroup$/,
    names: (k) => k.groups,
    detail: 'Group known to the project',
  },
  {
    in: 'document',
    at: /^\/agent\/version$/,
    names: (k) => k.agentVersions,
    detail: 'Agent known to the project',
  },
  {
    in: 'document',
    at: /^\/plugin\/version$/,
    names: (k) => k.pluginVersions,
    detail: 'Plug-in known to the project',
  },
  {
    in: 'document',
    at: /^\/ksn\/statement\/language$/,
    names: (k) => k.languages,
    detail: 'Language of a text in the catalogue',
  },
  {
    in: 'config',
    at: /\/(statementVersion|statements\/\d+\/version)$/,
    names: (k) => k.statements,
    detail: 'Statement version known to the project',
  },
  {
    in: 'config',
    at: /\/administrationGroups\/\d+$/,
    names: (k) => k.groups,
    detail: 'Group known to the project',
  },
  {
    in: 'config',
    at: /\/agents\/\d+\/version$/,
    names: (k) => k.agentVersions,
    detail: 'Agent known to the project',
  },
  {
    in: 'config',
    at: /\/plugin\/version$/,
    names: (k) => k.pluginVersions,
    detail: 'Plug-in known to the project',
  },
];

/** Names that the project knows, and ids of rules, where one of them goes. */
export function nameItems(place: CompletionPlace): CompletionItem[] {
  const { scene, pointer, location, isConfig } = place;
  if (location.isAtPropertyKey) {
    const [object] = isConfig ? (/^(\/overrides\/\d+)?\/rules(?=\/|$)/.exec(pointer) ?? []) : [];
    if (object === undefined || pointer.indexOf('/', object.length + 1) >= 0) return [];
    const present = memberNames(scene, object);
    return rules
      .filter((rule) => !rule.always && (place.isNameOfMember || !present.has(rule.id)))
      .map((rule) => memberItem(rule.id, rule.summary, `"${rule.id}": "\${1:${rule.severity}}"`, place));
  }
  if (!isConfig && /^\/exceptions\/\d+\/rule$/.test(pointer)) {
    const shape = shapeOf(scene);
    const subjects: readonly string[] = shape === undefined ? ['policy', 'device'] : [shape];
    return rules
      .filter(
        (rule) => !rule.notExceptable && !rule.always && rule.in.some((kind) => subjects.includes(kind)),
      )
      .map((rule) => valueItem(rule.id, rule.summary, place));
  }
  const table = valueTables.find(
    (each) => each.in === (isConfig ? 'config' : 'document') && each.at.test(pointer),
  );
  return table
    ? table.names(knownNames(scene.project, scene.path)).map((name, index) => ({
        ...valueItem(name, table.detail, place),
        // editors sort by this text; by the labels, G10 would come before G2
        sortText: String(index).padStart(6, '0'),
      }))
    : [];
}

function valueItem(name: string, detail: string, { range, needsComma }: CompletionPlace): CompletionItem {
  const value = JSON.stringify(name);
  return {
    label: value,
    kind: CompletionItemKind.Value,
    detail,
    filterText: value,
    textEdit: { range, newText: value + (needsComma ? ',' : '') },
  };
}

function memberItem(
  name: string,
  detail: string,
  body: string,
  { range, isNameOfMember, needsComma }: CompletionPlace,
): CompletionItem {
  const newText = isNameOfMember ? JSON.stringify(name) : body + (needsComma ? ',' : '');
  return {
    label: name,
    kind: CompletionItemKind.Property,
    detail,
    filterText: JSON.stringify(name),
    insertTextFormat: isNameOfMember ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    textEdit: { range, newText },
  };
}
