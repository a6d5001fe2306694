import {
  CompletionItemKind,
  InsertTextFormat,
  type CompletionItem,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver-types';
import { indentUnit, lineEnd } from '../syntax/change';
import { nodeAt } from '../syntax/tree';
import type { CompletionPlace } from './completion-place';
import { configSnippets, documentSnippets, itemSnippets, memberSnippets, type Snippet } from './snippets';

/** Whole documents in an empty file, members and items with what is in them elsewhere. */
export function snippetItems(place: CompletionPlace): CompletionItem[] {
  const { scene, pointer, location, isConfig, range } = place;
  const { text } = scene.file;
  const isEmpty = !/[^\s\uFEFF]/.test(text);
  const make = (snippet: Snippet, filter = snippet.label): CompletionItem => ({
    label: snippet.label,
    kind: CompletionItemKind.Snippet,
    detail: snippet.description,
    filterText: filter,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: { range, newText: laidOut(snippet.body, text, isEmpty) },
  });
  if (isEmpty) return (isConfig ? configSnippets : documentSnippets).map((snippet) => make(snippet));
  if (isConfig) return [];
  if (location.isAtPropertyKey) {
    const object = pointer.slice(0, pointer.lastIndexOf('/'));
    const snippets = memberSnippets[object];
    if (place.isNameOfMember || !snippets) return [];
    const node = nodeAt(scene.file.parsed.root, object);
    const present = new Set(node?.children?.map((member) => member.children![0]!.value as string));
    return snippets
      .filter(({ member }) => !present.has(member))
      .map((snippet) => {
        const item = make(snippet, JSON.stringify(snippet.member));
        const edit = item.textEdit as LspTextEdit;
        return place.needsComma ? { ...item, textEdit: { ...edit, newText: `${edit.newText},` } } : item;
      });
  }
  const array = pointer.slice(0, pointer.lastIndexOf('/'));
  return location.previousNode ? [] : (itemSnippets[array] ?? []).map((snippet) => make(snippet));
}

function laidOut(body: string, text: string, isEmpty: boolean): string {
  const eol = lineEnd(text);
  const unit = isEmpty ? '  ' : indentUnit(text);
  return body.replace(/\n((?: {2})*)/g, (_, indent: string) => eol + unit.repeat(indent.length / 2));
}
