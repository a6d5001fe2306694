import type { DocumentSymbol, FoldingRange, Position, SelectionRange } from 'vscode-languageserver-types';
import { jsonFile } from './json';
import { documentOf, isConfigPath, type Scene } from './scene';
import { stateOf } from './outcome-words';
import { wellFormed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from '../project/document';

function fileOf(scene: Scene) {
  return jsonFile(scene.file.parsed, isConfigPath(scene.path) ? 'config' : 'document');
}

/** The foldable stretches of a file. */
export function foldingRanges(scene: Scene, limit: number | undefined): FoldingRange[] {
  const file = fileOf(scene);
  return file ? file.service.getFoldingRanges(file.document, { rangeLimit: limit ?? Number.MAX_VALUE }) : [];
}

/** What a selection grows to, step by step, from each of the places. */
export function selectionRanges(scene: Scene, positions: readonly Position[]): SelectionRange[] {
  const file = fileOf(scene);
  if (file) return file.service.getSelectionRanges(file.document, [...positions], file.json);
  return positions.map((position) => ({ range: { start: position, end: position } }));
}

/** Most symbols that a file is asked for; a million members help nobody. */
const mostSymbols = 5000;

/** The members of a file as an outline; the KSN group carries its state. */
export function documentSymbols(scene: Scene): DocumentSymbol[] {
  const file = fileOf(scene);
  if (!file) return [];
  const symbols = file.service.findDocumentSymbols2(file.document, file.json, { resultLimit: mostSymbols });
  const document = documentOf(scene);
  if (!document?.facts) return symbols;
  const detail = ksnState(scene, document as PolicyDocument | DeviceDocument);
  return symbols.map((symbol) => (symbol.name === 'ksn' ? { ...symbol, detail } : symbol));
}

/** `KSN: on, Enforce`. */
export function ksnState(scene: Pick<Scene, 'project'>, document: PolicyDocument | DeviceDocument): string {
  const { facts } = document;
  const enabled = facts.ksn.enabled === undefined ? false : wellFormed(facts.ksn.enabled);
  const usage = enabled === undefined ? 'not to be told' : enabled ? 'on' : 'off';
  if (facts.kind === 'device') return `KSN: ${usage}; ${stateOf(scene.project, document).text}`;
  const enforcement = facts.ksn.enforcement === undefined ? 'undefined' : wellFormed(facts.ksn.enforcement);
  return `KSN: ${usage}, ${enforcement === 'enforce' ? 'Enforce' : enforcement === undefined ? 'enforcement not to be told' : 'Undefined'}`;
}
