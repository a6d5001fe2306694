import * as vscode from 'vscode';
import type {
  Counts,
  State,
  TreeDocument,
  TreeGroup,
  TreeProject,
  TreeRow,
} from '../../../server/src/features/protocol';
import { inWords } from './counts';

/** What the tree shows; each knows its own id, so that what is expanded and selected stays so. */
export type Node =
  | { readonly type: 'project'; readonly project: TreeProject; readonly id: string }
  | {
      readonly type: 'group';
      readonly group: TreeGroup;
      /** Of everything below it. */
      readonly counts: Counts;
      readonly id: string;
    }
  | {
      readonly type: 'state';
      readonly state: ShownState;
      readonly documents: readonly TreeDocument[];
      readonly id: string;
    }
  | {
      readonly type: 'folder';
      /** Within the project, with `/`. */
      readonly path: string;
      readonly documents: readonly TreeDocument[];
      readonly id: string;
    }
  | {
      readonly type: 'document';
      readonly document: TreeDocument;
      /** Its name, or that of its file. */
      readonly label: string;
      readonly children: readonly TreeDocument[];
      readonly id: string;
    }
  | { readonly type: 'row'; readonly document: TreeDocument; readonly row: TreeRow; readonly id: string };

/** A state as shown: a document that can't be read has none. */
export type ShownState = State | 'unreadable';

export function shownState({ kind, state }: TreeDocument): ShownState {
  return kind === 'unreadable' ? 'unreadable' : state;
}

/** The order of states: what needs a look first. */
export const stateOrder: readonly ShownState[] = [
  'unreadable',
  'switchedOff',
  'blocked',
  'unknown',
  'undefined',
  'off',
  'on',
];

/** Up to so many documents, groups are shown open. */
const fewDocuments = 200;

const icons: Record<ShownState, readonly [icon: string, color: string]> = {
  unreadable: ['warning', 'list.warningForeground'],
  on: ['pass-filled', 'testing.iconPassed'],
  off: ['circle-slash', 'disabledForeground'],
  undefined: ['circle-large-outline', 'descriptionForeground'],
  blocked: ['stop-circle', 'list.errorForeground'],
  switchedOff: ['error', 'list.errorForeground'],
  unknown: ['question', 'list.warningForeground'],
};

/** The word for a state, as a heading. */
export function stateLabel(state: ShownState): string {
  const labels: Record<ShownState, string> = {
    unreadable: vscode.l10n.t('Can’t be read'),
    on: vscode.l10n.t('On'),
    off: vscode.l10n.t('Off'),
    undefined: vscode.l10n.t('Undefined'),
    blocked: vscode.l10n.t('Blocked'),
    switchedOff: vscode.l10n.t('Switched off'),
    unknown: vscode.l10n.t('Not known'),
  };
  return labels[state];
}

/** How a node looks, in a tree of so many documents: of many, only the top is shown open. */
export function itemFor(node: Node, documents: number): vscode.TreeItem {
  const item = bare(node, documents <= fewDocuments);
  item.id = node.id;
  return item;
}

function bare(node: Node, few: boolean): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  switch (node.type) {
    case 'project': {
      const item = new vscode.TreeItem(node.project.name, Expanded);
      item.iconPath = new vscode.ThemeIcon('root-folder');
      item.description = inWords(node.project.counts);
      item.contextValue = 'project';
      return item;
    }
    case 'group': {
      const item = new vscode.TreeItem(
        node.group.name,
        few || !node.group.path.includes('/') ? Expanded : Collapsed,
      );
      item.iconPath = new vscode.ThemeIcon('organization');
      item.tooltip = node.group.path;
      // shown open, what is below it says it
      if (!few) item.description = inWords(node.counts);
      item.contextValue = 'group';
      return item;
    }
    case 'state': {
      const item = new vscode.TreeItem(stateLabel(node.state), few ? Expanded : Collapsed);
      item.iconPath = stateIcon(node.state);
      item.description = String(node.documents.length);
      item.contextValue = 'state';
      return item;
    }
    case 'folder': {
      const item = new vscode.TreeItem(node.path, few ? Expanded : Collapsed);
      item.iconPath = vscode.ThemeIcon.Folder;
      item.description = String(node.documents.length);
      item.contextValue = 'folder';
      return item;
    }
    case 'document':
      return documentItem(
        node,
        node.document.kind === 'unreadable' ? vscode.TreeItemCollapsibleState.None : Collapsed,
      );
    case 'row':
      return rowItem(node.document, node.row);
  }
}

function documentItem(
  { document, label }: Extract<Node, { type: 'document' }>,
  collapsible: vscode.TreeItemCollapsibleState,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsible);
  const uri = vscode.Uri.parse(document.uri);
  const status =
    document.status === 'inactive'
      ? vscode.l10n.t('inactive')
      : document.status === 'outOfOffice'
        ? vscode.l10n.t('out-of-office')
        : undefined;
  const problems = inWords(document.counts);
  item.description = [
    document.kind === 'unreadable' ? vscode.l10n.t('can’t be read') : document.stateText,
    ...(status ? [status] : []),
    ...(document.acceptanceDue ? [vscode.l10n.t('acceptance due')] : []),
    ...(problems ? [problems] : []),
  ].join(' · ');
  item.iconPath = stateIcon(shownState(document));
  // a narrow side bar cuts the description
  item.tooltip = [
    document.name,
    ...(document.administrationGroup === undefined ? [] : [document.administrationGroup]),
    document.path,
    vscode.l10n.t('KSN: {0}', item.description),
  ].join('\n');
  // The actions are in the context value, where the manifest's `when` clauses find them as words.
  item.contextValue = [document.kind, ...document.actions].join(' ');
  item.command = { command: 'vscode.open', title: vscode.l10n.t('Open'), arguments: [uri] };
  item.accessibilityInformation = {
    label: vscode.l10n.t('{0}, {1}, KSN {2}', label, kindLabel(document), item.description),
  };
  return item;
}

function kindLabel({ kind }: TreeDocument): string {
  if (kind === 'policy') return vscode.l10n.t('policy');
  return kind === 'device' ? vscode.l10n.t('device') : vscode.l10n.t('file');
}

const rowIcons: Record<TreeRow['id'], string> = {
  ksn: 'broadcast',
  enforcement: 'lock',
  statement: 'checklist',
  proxy: 'server',
  problems: 'issues',
};

function rowItem(document: TreeDocument, row: TreeRow): vscode.TreeItem {
  const item = new vscode.TreeItem(row.label, vscode.TreeItemCollapsibleState.None);
  item.description = row.text;
  item.iconPath = new vscode.ThemeIcon(rowIcons[row.id]);
  item.tooltip = new vscode.MarkdownString(row.detail);
  item.contextValue = ['row', row.id, ...row.actions].join(' ');
  item.command = {
    command: 'keaPolicy.openPlace',
    title: vscode.l10n.t('Open'),
    arguments: [{ uri: document.uri, range: row.range }],
  };
  item.accessibilityInformation = { label: `${row.label}: ${row.text}` };
  return item;
}

function stateIcon(state: ShownState): vscode.ThemeIcon {
  const [icon, color] = icons[state];
  return new vscode.ThemeIcon(icon, new vscode.ThemeColor(color));
}
