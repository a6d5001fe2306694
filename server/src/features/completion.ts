import {
  InsertTextFormat,
  type CompletionItem,
  type CompletionList,
  type Position,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver-types';
import { harmless } from './completion-guard';
import { nameItems } from './completion-names';
import { completionPlace, withComma, type CompletionPlace } from './completion-place';
import { snippetItems } from './completion-snippets';
import { jsonOf } from './json-of-scene';
import { child } from '../syntax/pointer';
import { shapeOf, type Scene } from './scene';
import { withoutPlaceholders } from './snippets';
import { termAt } from './vocabulary';

/** What of completion items the client takes. */
export interface CompletionSupport {
  readonly snippets: boolean;
  readonly markdown: boolean;
}

/**
 * What can be written at a place. Nothing that is offered can leave an acceptance behind that was not there. Where it
 * is a space that `trigger`s it, only values are offered: what indents a line asks for nothing, and Enter takes nothing.
 */
export async function completion(
  scene: Scene,
  position: Position,
  support: CompletionSupport,
  trigger?: string,
): Promise<CompletionList> {
  const json = await jsonOf(scene);
  if (!json) return { isIncomplete: false, items: [] };
  const place = completionPlace(scene, position);
  if (place.missingComma !== undefined) return behindComma(place.missingComma);
  if (place.takesNothing || (trigger === ' ' && !place.isAtValue)) return { isIncomplete: false, items: [] };
  const fromSchema = (await json.service.doComplete(json.document, position, json.json))?.items ?? [];
  const own = [...nameItems(place), ...snippetItems(place)];
  const labels = new Set(own.map((item) => item.label));
  const items = [
    ...own,
    ...fromSchema.filter((item) => !labels.has(item.label)).map((item) => whole(item, place)),
  ]
    .map((item) => (support.snippets ? item : plainItem(item)))
    .map((item) => (support.markdown ? item : plainDocumentation(item)));
  return { isIncomplete: false, items: harmless(place, items) };

  /** What can be written once the comma is set, which comes with it: right behind what is before, as people write. */
  async function behindComma(offset: number): Promise<CompletionList> {
    const parted = withComma(scene, position, offset);
    const list = await completion(parted.scene, parted.position, support, trigger);
    const comma: LspTextEdit = { range: parted.comma, newText: ',' };
    return {
      ...list,
      items: list.items.map((item) => {
        const edit = item.textEdit as LspTextEdit | undefined;
        return {
          ...item,
          ...(edit && { textEdit: { ...edit, range: parted.back(edit.range) } }),
          additionalTextEdits: [comma],
        };
      }),
    };
  }
}

const valueForms: Readonly<Record<string, string>> = { string: '"$1"', object: '{$1}', array: '[$1]' };

// Of a member whose schema is a reference the JSON service writes the bare name.
function whole(
  item: CompletionItem,
  { scene, pointer, location, isNameOfMember, needsComma }: CompletionPlace,
): CompletionItem {
  const edit = item.textEdit as LspTextEdit | undefined;
  const name = JSON.stringify(item.label);
  if (!location.isAtPropertyKey || isNameOfMember || edit?.newText !== name) return item;
  const member = child(pointer.slice(0, pointer.lastIndexOf('/')), item.label);
  const form = valueForms[termAt(shapeOf(scene) ?? 'policy', member)?.type ?? ''] ?? '$1';
  return { ...item, textEdit: { ...edit, newText: `${name}: ${form}${needsComma ? ',' : ''}` } };
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
