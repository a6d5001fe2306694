import { SymbolKind, type WorkspaceSymbol } from 'vscode-languageserver-types';
import { wellFormed } from '../model/facts';
import { isPolicy, type DeviceDocument, type PolicyDocument } from '../project/document';
import { nameOf } from './names';
import { placeOf } from './fix-actions';
import { ksnState } from './ksn-state';
import type { Scene } from './scene';

const most = 200;

/** Policies and devices of a project whose name, group or path holds the letters of `query` in order. */
export function workspaceSymbols(
  scene: Pick<Scene, 'project' | 'fileAt' | 'uriOf'>,
  query: string,
): WorkspaceSymbol[] {
  const { project } = scene;
  const wanted = query.toLowerCase();
  const symbols: WorkspaceSymbol[] = [];
  for (const document of project.documents) {
    if (symbols.length === most) break;
    if (!document.facts) continue;
    const name = nameOf(document);
    const group = wellFormed(document.facts.administrationGroup);
    if (!holds(`${name} ${group ?? ''} ${document.path}`.toLowerCase(), wanted)) continue;
    const state = ksnState({ project }, document as PolicyDocument | DeviceDocument);
    symbols.push({
      name: `${name} (${state})`,
      kind: isPolicy(document) ? SymbolKind.Module : SymbolKind.Object,
      location: placeOf(scene, document.path, '/name'),
      ...(group !== undefined && { containerName: group }),
    });
  }
  return symbols;
}

function holds(text: string, letters: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = text.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
