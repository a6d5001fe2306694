import { CompletionItemKind, InsertTextFormat, type CompletionItem } from 'vscode-languageserver-types';
import { indentUnit, lineEnd } from '../syntax/change';
import { memberNames, type CompletionPlace } from './completion-place';
import { offsetAt, shapeOf } from './scene';
import { configSnippets, documentSnippets, itemSnippets, membersFor, type Snippet } from './snippets';

/** Whole documents in an empty file, members and items with what is in them elsewhere. */
export function snippetItems(place: CompletionPlace): CompletionItem[] {
  const { scene, pointer, location, isConfig, range } = place;
  const { text } = scene.file;
  const start = offsetAt(scene.file.lines, range.start);
  const end = offsetAt(scene.file.lines, range.end);
  const isEmpty = isBlank(text.slice(0, start)) && isBlank(text.slice(end));
  const make = (snippet: Snippet, filter = snippet.label): CompletionItem => ({
    label: snippet.label,
    kind: CompletionItemKind.Snippet,
    detail: snippet.description,
    filterText: filter,
    insertTextFormat: InsertTextFormat.Snippet,
    textEdit: {
      range,
      newText: laidOut(snippet.body, text, isEmpty) + (place.needsComma ? ',' : ''),
    },
  });
  if (isEmpty) {
    const whole = isConfig ? configSnippets : documentSnippets;
    // in the order of the table, not of the alphabet: most files are policies
    return whole.map((snippet, index) => ({ ...make(snippet), sortText: String(index) }));
  }
  if (isConfig) return [];
  if (location.isAtPropertyKey) {
    const object = pointer.slice(0, pointer.lastIndexOf('/'));
    const snippets = membersFor(object, shapeOf(scene));
    if (place.isNameOfMember || snippets.length === 0) return [];
    const present = memberNames(scene, object);
    return snippets
      .filter(({ member }) => !present.has(member))
      .map((snippet) => make(snippet, JSON.stringify(snippet.member)));
  }
  const array = pointer.slice(0, pointer.lastIndexOf('/'));
  const isItem = !location.previousNode && /[[,]/.test(text.slice(0, start).trimEnd().slice(-1));
  return isItem ? (itemSnippets[array] ?? []).map((snippet) => make(snippet)) : [];
}

const isBlank = (text: string): boolean => !/\S/.test(text);

function laidOut(body: string, text: string, isEmpty: boolean): string {
  const eol = lineEnd(text);
  const unit = isEmpty ? '  ' : indentUnit(text);
  return body.replace(/\n((?: {2})*)/g, (_, indent: string) => eol + unit.repeat(indent.length / 2));
}
