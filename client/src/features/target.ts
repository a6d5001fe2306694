import * as vscode from 'vscode';
import type { TreeDocument, TreeProject } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { documentsIn, documentsOf } from './tree-view-modes';
import type { Node } from './tree-nodes';

/** A tree item that stands for a document, or for a row below one. */
export interface HasDocument {
  readonly document: TreeDocument;
}

/** The file that a command is about: what it was called with, else the active editor's. */
export function targetOf(argument: unknown): vscode.Uri | undefined {
  if (argument instanceof vscode.Uri) return argument;
  if (typeof argument === 'string') return vscode.Uri.parse(argument);
  if (typeof argument === 'object' && argument !== null && 'document' in argument) {
    return vscode.Uri.parse((argument as HasDocument).document.uri);
  }
  const active = vscode.window.activeTextEditor?.document;
  return active?.languageId === 'kea-policy' ? active.uri : undefined;
}

/** The file that a command is about; lets the user choose where nothing says so. */
export async function requireTarget(server: Server, argument: unknown): Promise<vscode.Uri | undefined> {
  const target = targetOf(argument);
  if (target) return target;
  const projects = (await server.ask('keaPolicy/tree', {})) ?? [];
  const documents = projects.flatMap(documentsOf).filter(({ kind }) => kind !== 'unreadable');
  if (documents.length === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        'There is no policy or device (*.kea-policy.json) here yet. “KEA Policy: New Policy” makes one.',
      ),
    );
    return undefined;
  }
  const chosen = await vscode.window.showQuickPick(
    documents.map(({ name, stateText, administrationGroup, uri }) => ({
      label: name,
      description: stateText,
      detail: administrationGroup ?? '',
      uri,
    })),
    { title: vscode.l10n.t('Which policy or device?'), matchOnDetail: true, ignoreFocusOut: true },
  );
  return chosen && vscode.Uri.parse(chosen.uri);
}

/** The project that a command was called on in the tree. */
export function projectOf(argument: unknown): TreeProject | undefined {
  return isNode(argument) && argument.type === 'project' ? argument.project : undefined;
}

/** The administration group that a command was called on in the tree, and the folder where its files lie. */
export function groupOf(
  argument: unknown,
): { readonly path: string; readonly folder: vscode.Uri } | undefined {
  if (!isNode(argument) || argument.type !== 'group') return undefined;
  const [first] = documentsIn(argument.group);
  return (
    first && { path: argument.group.path, folder: vscode.Uri.joinPath(vscode.Uri.parse(first.uri), '..') }
  );
}

function isNode(argument: unknown): argument is Node {
  return typeof argument === 'object' && argument !== null && 'type' in argument && 'id' in argument;
}

/**
 * The project that a command is about, as the URI of something in it: that of the tree's item, else the active
 * editor's, else the only one, else what the user chooses. `undefined`: the user gave up, or there is none.
 */
export async function chooseProject(server: Server, argument?: unknown): Promise<string | undefined> {
  const called = projectOf(argument);
  if (called) return called.uri;
  const active = vscode.window.activeTextEditor?.document;
  if (active && (active.languageId === 'kea-policy' || active.languageId === 'kea-policy-config')) {
    return active.uri.toString();
  }
  const projects = (await server.ask('keaPolicy/tree', {})) ?? [];
  if (projects.length <= 1) return projects[0]?.uri ?? vscode.workspace.workspaceFolders?.[0]?.uri.toString();
  const chosen = await vscode.window.showQuickPick(
    projects.map(({ name, uri }) => ({
      label: name,
      description: placeOf(vscode.Uri.parse(uri), name),
      uri,
    })),
    { title: vscode.l10n.t('Which project?'), ignoreFocusOut: true },
  );
  return chosen?.uri;
}

/** Where a project lies, as far as its name does not say it: `estate/apac/tokyo`, nothing for a folder that is open. */
function placeOf(uri: vscode.Uri, name: string): string {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const open = folders.find((folder) => folder.uri.toString() === uri.toString());
  const isOnly = folders.filter((folder) => folder.name === open?.name).length === 1;
  if (!open || !isOnly) return vscode.workspace.asRelativePath(uri, true);
  return open.name === name ? '' : open.name;
}
