import { getLocation, type Location } from 'jsonc-parser';
import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
  type Position,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver-types';
import { acceptanceIn } from '../engine/acceptance-guard';
import { rules } from '../rules';
import { indentUnit, lineEnd } from '../syntax/change';
import { child, type Pointer } from '../syntax/pointer';
import { nodeAt, rangeOf, type Node } from '../syntax/tree';
import { jsonFile } from './json';
import { knownNames, type KnownNames } from './known-names';
import { isConfigPath, lspRange, offsetAt, shapeOf, type Scene } from './scene';
import {
  configSnippets,
  documentSnippets,
  itemSnippets,
  memberSnippets,
  withoutPlaceholders,
  type Snippet,
} from './snippets';

/** What of completion items the client takes. */
export interface CompletionSupport {
  readonly snippets: boolean;
  readonly markdown: boolean;
}

/** What can be written at a place. Nothing that is offered can leave an acceptance behind that was not there. */
export async function completion(
  scene: Scene,
  position: Position,
  support: CompletionSupport,
): Promise<CompletionList> {
  const { parsed, lines } = scene.file;
  const isConfig = isConfigPath(scene.path);
  const json = jsonFile(parsed, shapeOf(scene) ?? 'document');
  if (!json) return { isIncomplete: false, items: [] };
  const offset = offsetAt(lines, position);
  const location = getLocation(parsed.text, offset);
  const pointer = location.path.reduce<Pointer>(child, '');
  const fromSchema = (await json.service.doComplete(json.document, position, json.json))?.items ?? [];
  const own = [
    ...knownValues(scene, pointer, location, position, isConfig),
    ...snippetItems(scene, pointer, location, position, isConfig),
  ];
  const labels = new Set(own.map((item) => item.label));
  const items = [...own, ...fromSchema.filter((item) => !labels.has(item.label))]
    .map((item) => (support.snippets ? item : plainItem(item)))
    .map((item) => (support.markdown ? item : plainDocumentation(item)));
  return { isIncomplete: false, items: harmless(scene, pointer, location, items) };
}

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

function knownValues(
  scene: Scene,
  pointer: Pointer,
  location: Location,
  position: Position,
  isConfig: boolean,
): CompletionItem[] {
  const range = replaced(scene, location, position);
  if (location.isAtPropertyKey) {
    if (!isConfig || !/^(\/overrides\/\d+)?\/rules(\/[^/]*)?$/.test(pointer)) return [];
    return rules
      .filter((rule) => !rule.always)
      .map((rule) =>
        memberItem(rule.id, rule.summary, `"${rule.id}": "\${1:${rule.severity}}"`, range, location, scene),
      );
  }
  if (!isConfig && /^\/exceptions\/\d+\/rule$/.test(pointer)) {
    return rules
      .filter((rule) => !rule.notExceptable && !rule.always)
      .map((rule) => valueItem(rule.id, rule.summary, range));
  }
  const table = valueTables.find(
    (each) => each.in === (isConfig ? 'config' : 'document') && each.at.test(pointer),
  );
  return table
    ? table.names(knownNames(scene.project)).map((name) => valueItem(name, table.detail, range))
    : [];
}

function valueItem(name: string, detail: string, range: LspRange): CompletionItem {
  const newText = JSON.stringify(name);
  return {
    label: newText,
    kind: CompletionItemKind.Value,
    detail,
    filterText: newText,
    textEdit: { range, newText },
  };
}

function memberItem(
  name: string,
  detail: string,
  body: string,
  range: LspRange,
  location: Location,
  scene: Scene,
): CompletionItem {
  const hasValue = location.previousNode && /^\s*:/.test(after(scene, location.previousNode));
  return {
    label: name,
    kind: CompletionItemKind.Property,
    detail,
    filterText: JSON.stringify(name),
    insertTextFormat: hasValue ? InsertTextFormat.PlainText : InsertTextFormat.Snippet,
    textEdit: { range, newText: hasValue ? JSON.stringify(name) : body },
  };
}

const after = (scene: Scene, node: Node): string =>
  scene.file.parsed.text.slice(node.offset + node.length, node.offset + node.length + 100);

/** The token that the cursor is in or at, or nothing. */
function replaced(scene: Scene, { previousNode }: Location, position: Position): LspRange {
  const { lines } = scene.file;
  const offset = offsetAt(lines, position);
  if (previousNode && previousNode.offset <= offset && previousNode.offset + previousNode.length >= offset) {
    return lspRange(lines, rangeOf(previousNode));
  }
  return { start: position, end: position };
}

function snippetItems(
  scene: Scene,
  pointer: Pointer,
  location: Location,
  position: Position,
  isConfig: boolean,
): CompletionItem[] {
  const { parsed, lines } = scene.file;
  const isEmpty = parsed.text.replace(/^\uFEFF/, '').trim() === '';
  const range = replaced(scene, location, position);
  const make = (snippet: Snippet, filter = snippet.label): CompletionItem => ({
    label: snippet.label,
    kind: CompletionItemKind.Snippet,
    detail: snippet.description,
    filterText: filter,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: laidOut(snippet.body, parsed.text, isEmpty) },
  });
  if (isEmpty) return (isConfig ? configSnippets : documentSnippets).map((snippet) => make(snippet));
  if (isConfig) return [];
  if (location.isAtPropertyKey) {
    const object = pointer.slice(0, pointer.lastIndexOf('/'));
    const node = nodeAt(parsed.root, object);
    const present = new Set(node?.children?.map((member) => member.children![0]!.value as string));
    const inKey = location.previousNode && /^\s*:/.test(after(scene, location.previousNode));
    if (inKey) return [];
    const comma = needsComma(
      parsed.text,
      lines.offsetAt({ line: range.end.line, column: range.end.character }),
    );
    return (memberSnippets[object] ?? [])
      .filter(({ member }) => !present.has(member))
      .map((snippet) => {
        const item = make(snippet, JSON.stringify(snippet.member));
        const edit = item.textEdit as LspTextEdit;
        return comma ? { ...item, textEdit: { ...edit, newText: `${edit.newText},` } } : item;
      });
  }
  const array = pointer.slice(0, pointer.lastIndexOf('/'));
  return location.previousNode ? [] : (itemSnippets[array] ?? []).map((snippet) => make(snippet));
}

const needsComma = (text: string, offset: number): boolean => /^\s*"/.test(text.slice(offset, offset + 1000));

function laidOut(body: string, text: string, isEmpty: boolean): string {
  const eol = lineEnd(text);
  const unit = isEmpty ? '  ' : indentUnit(text);
  return body.replace(/\n((?: {2})*)/g, (_, indent: string) => eol + unit.repeat(indent.length / 2));
}

function plainItem(item: CompletionItem): CompletionItem {
  if (item.insertTextFormat !== InsertTextFormat.Snippet) return item;
  const { textEdit, insertText } = item;
  return {
    ...item,
    insertTextFormat: InsertTextFormat.PlainText,
    ...(insertText !== undefined && { insertText: withoutPlaceholders(insertText) }),
    ...(textEdit && { textEdit: { ...textEdit, newText: withoutPlaceholders(textEdit.newText) } }),
  };
}

function plainDocumentation(item: CompletionItem): CompletionItem {
  const { documentation } = item;
  if (typeof documentation !== 'object') return item;
  return { ...item, documentation: documentation.value };
}

/** What a text that records an acceptance has in it, unless it is written with escapes. */
const mayAccept = /"accepted"\s*:\s*true|\\u/;

/** Leaves out whatever would accept the Statement, or turn KSN on in the place of a malformed value. */
function harmless(
  scene: Scene,
  pointer: Pointer,
  location: Location,
  items: CompletionItem[],
): CompletionItem[] {
  const { text, root } = scene.file.parsed;
  const enabled = nodeAt(root, '/ksn/enabled');
  const noTrue =
    pointer === '/ksn/statement/accepted' ||
    (pointer === '/ksn/enabled' && enabled !== undefined && enabled.type !== 'boolean');
  const canAccept = location.isAtPropertyKey || /^(\/ksn.*)?$/.test(pointer);
  const before = canAccept && mayAccept.test(text) ? acceptanceIn(text) : undefined;
  return items.filter((item) => {
    const edit = item.textEdit as LspTextEdit | undefined;
    const newText = withoutPlaceholders(edit?.newText ?? item.insertText ?? item.label);
    if (noTrue && newText.includes('true')) return false;
    if (!canAccept) return true;
    if (!edit) return true;
    const start = offsetAt(scene.file.lines, edit.range.start);
    const end = offsetAt(scene.file.lines, edit.range.end);
    const changed = text.slice(0, start) + newText + text.slice(end);
    if (!mayAccept.test(changed)) return true;
    const recorded = acceptanceIn(changed);
    return recorded === undefined || recorded === before;
  });
}
