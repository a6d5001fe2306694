import * as vscode from 'vscode';
import type { TreeDocument, TreeProject } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { itemFor, type Node } from './tree-nodes';
import { documentsOf, leaf, roots, within, withinGroup, type Mode } from './tree-view-modes';

/** The view “KEA Policies”. */
export function registerTree(server: Server): vscode.Disposable {
  const tree = new PolicyTree(server);
  const view = vscode.window.createTreeView('keaPolicy.policies', {
    treeDataProvider: tree,
    showCollapseAll: true,
  });
  tree.attach(view);
  const mode = (id: string, mode: Mode): vscode.Disposable =>
    vscode.commands.registerCommand(`keaPolicy.${id}`, () => tree.show({ mode }));
  return vscode.Disposable.from(
    tree,
    view,
    mode('viewByGroup', 'group'),
    mode('viewByState', 'state'),
    mode('viewByFile', 'file'),
    vscode.commands.registerCommand('keaPolicy.filterTree', async () => {
      const filter = await vscode.window.showInputBox({
        title: vscode.l10n.t('Filter policies and devices'),
        prompt: vscode.l10n.t('Words that the name, group, path, state or Statement must contain'),
        value: tree.filter,
      });
      if (filter !== undefined) await tree.show({ filter: filter.trim() });
    }),
    vscode.commands.registerCommand('keaPolicy.clearFilter', () => tree.show({ filter: '' })),
  );
}

class PolicyTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly disposables: vscode.Disposable[];
  private view: vscode.TreeView<Node> | undefined;
  private projects: readonly TreeProject[] = [];
  private asked = '';
  private parents = new Map<string, Node | undefined>();
  private nodes = new Map<string, Node>();
  private mode: Mode = 'group';
  filter = '';

  constructor(private readonly server: Server) {
    this.disposables = [
      this.changed,
      server.onDidChange(() => void this.refresh()),
      vscode.window.onDidChangeActiveTextEditor((editor) => void this.follow(editor?.document.uri)),
    ];
  }

  attach(view: vscode.TreeView<Node>): void {
    this.view = view;
    this.disposables.push(
      view.onDidChangeVisibility(({ visible }) => {
        if (visible) void this.follow(vscode.window.activeTextEditor?.document.uri);
      }),
    );
  }

  async show(change: { mode?: Mode; filter?: string }): Promise<void> {
    this.mode = change.mode ?? this.mode;
    this.filter = change.filter ?? this.filter;
    await vscode.commands.executeCommand('setContext', 'keaPolicy.filtered', this.filter !== '');
    if (this.view)
      this.view.description = this.filter === '' ? '' : vscode.l10n.t('filter: {0}', this.filter);
    this.redraw();
  }

  /** Asks the server again; draws only where its answer has changed, so that nothing flickers. */
  private async refresh(): Promise<void> {
    const projects = await this.server.ask('keaPolicy/tree', {});
    if (!projects) return;
    const answer = JSON.stringify(projects);
    if (answer === this.asked) {
      this.changed.fire(undefined); // rows may have changed although the documents have not
      return;
    }
    this.asked = answer;
    this.projects = projects;
    await this.announce();
    this.redraw();
  }

  private redraw(): void {
    this.parents = new Map();
    this.nodes = new Map();
    this.changed.fire(undefined);
    void this.follow(vscode.window.activeTextEditor?.document.uri);
  }

  private async announce(): Promise<void> {
    const documents = this.projects.flatMap(documentsOf);
    const errors = this.projects.reduce((sum, { counts }) => sum + counts.error, 0);
    if (this.view) {
      this.view.badge =
        errors === 0
          ? undefined
          : {
              value: errors,
              tooltip:
                errors === 1
                  ? vscode.l10n.t('1 error in KEA policies')
                  : vscode.l10n.t('{0} errors in KEA policies', errors),
            };
    }
    const context = (key: string, value: unknown): Thenable<unknown> =>
      vscode.commands.executeCommand('setContext', `keaPolicy.${key}`, value);
    await context('hasPolicies', documents.length > 0);
    await context(
      'hasConfig',
      this.projects.some(({ config }) => config !== undefined),
    );
    await context('ready', true);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return itemFor(node);
  }

  getParent(node: Node): Node | undefined {
    return this.parents.get(node.id);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const children = await this.childrenOf(node);
    for (const child of children) {
      this.parents.set(child.id, node);
      this.nodes.set(child.id, child);
    }
    return children;
  }

  private async childrenOf(node: Node | undefined): Promise<Node[]> {
    switch (node?.type) {
      case undefined:
        return roots(this.projects, this.mode, this.filter);
      case 'project':
        return within(node.project, this.mode, this.filter);
      case 'group':
        return withinGroup(node, this.filter);
      case 'state':
        return node.documents.map((document) => leaf(document, 'state'));
      case 'document':
        return [
          ...(await this.rows(node.document)),
          ...node.children.map((device) => leaf(device, this.mode)),
        ];
      case 'row':
        return [];
    }
  }

  private async rows(document: TreeDocument): Promise<Node[]> {
    if (document.kind === 'unreadable') return [];
    const answer = await this.server.ask('keaPolicy/rows', { uri: document.uri });
    return (answer?.rows ?? []).map((row) => ({
      type: 'row',
      document,
      row,
      id: `row#${document.uri}#${row.id}`,
    }));
  }

  /** Selects the file of the active editor. */
  private async follow(uri: vscode.Uri | undefined): Promise<void> {
    const wanted = vscode.workspace
      .getConfiguration('keaPolicy')
      .get<boolean>('tree.followActiveEditor', true);
    const active = this.projects.flatMap(documentsOf).find((document) => document.uri === uri?.toString());
    await vscode.commands.executeCommand('setContext', 'keaPolicy.activeKind', active?.kind ?? '');
    if (!wanted || !this.view?.visible || !active) return;
    const node = await this.find(undefined, active);
    if (node) await this.view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** Looks for a document from the top, going only where it is. */
  private async find(from: Node | undefined, document: TreeDocument): Promise<Node | undefined> {
    for (const child of await this.getChildren(from)) {
      if (child.type === 'document' && child.document.uri === document.uri) return child;
      const inside =
        child.type === 'project' ||
        (child.type === 'state' && child.documents.includes(document)) ||
        (child.type === 'group' &&
          `${document.administrationGroup ?? ''}/`.startsWith(`${child.group.path}/`)) ||
        (child.type === 'document' && child.children.includes(document));
      const found = inside ? await this.find(child, document) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  dispose(): void {
    vscode.Disposable.from(...this.disposables).dispose();
  }
}
