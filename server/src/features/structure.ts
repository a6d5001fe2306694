import type {
  DocumentSymbol,
  FoldingRange,
  Position,
  SelectionRange,
  SymbolInformation,
} from 'vscode-languageserver-types';
import { jsonOf } from './json-of-scene';
import { documentOf, type Scene } from './scene';
import { ksnState } from './ksn-state';
import type { DeviceDocument, PolicyDocument } from '../project/document';

/** The foldable stretches of a file. */
export async function foldingRanges(scene: Scene, limit: number | undefined): Promise<FoldingRange[]> {
  const file = await jsonOf(scene);
  return file ? file.service.getFoldingRanges(file.document, { rangeLimit: limit ?? Number.MAX_VALUE }) : [];
}

/** What a selection grows to, step by step, from each of the places. */
export async function selectionRanges(
  scene: Scene,
  positions: readonly Position[],
): Promise<SelectionRange[]> {
  const file = await jsonOf(scene);
  if (file) return file.service.getSelectionRanges(file.document, [...positions], file.json);
  return positions.map((position) => ({ range: { start: position, end: position } }));
}

/** Most symbols that a file is asked for; a million members help nobody. */
const mostSymbols = 5000;

/** The members of a file as an outline; the KSN group carries its state. */
export async function documentSymbols(scene: Scene): Promise<DocumentSymbol[]> {
  const file = await jsonOf(scene);
  if (!file) return [];
  const symbols = file.service.findDocumentSymbols2(file.document, file.json, { resultLimit: mostSymbols });
  const document = documentOf(scene);
  if (!document?.facts) return symbols;
  const detail = ksnState(scene, document as PolicyDocument | DeviceDocument);
  return symbols.map((symbol) => (symbol.name === 'ksn' ? { ...symbol, detail } : symbol));
}

/** The same as a list, each with the name of what holds it, for clients that show no outline; of the file at `uri`. */
export async function symbolList(scene: Scene, uri: string): Promise<SymbolInformation[]> {
  const listed = (symbols: readonly DocumentSymbol[], containerName?: string): SymbolInformation[] =>
    symbols.flatMap(({ name, detail, kind, range, children = [] }) => [
      {
        name: detail ? `${name} (${detail})` : name,
        kind,
        location: { uri, range },
        ...(containerName !== undefined && { containerName }),
      },
      ...listed(children, name),
    ]);
  return listed(await documentSymbols(scene));
}
