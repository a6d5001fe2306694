import * as vscode from 'vscode';
import type { TreeDocument, TreeProject } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { askFilter } from './tree-filter';
import { itemFor, type Node } from './tree-nodes';
import { documentsOf, leaf, matches, modes, roots, within, withinGroup, type Mode } from './tree-view-modes';

/** The view “KEA Policies”. */
export function registerTree(
  server: Server,
  memento: vscode.Memento,
): {
  readonly tree: vscode.TreeDataProvider<Node>;
  readonly view: vscode.TreeView<Node>;
  readonly registration: vscode.Disposable;
} {
  const tree = new PolicyTree(server, memento);
  const registration = vscode.Disposable.from(
    tree,
    ...modes.map((mode) =>
      vscode.commands.registerCommand(`keaPolicy.viewBy${mode[0]!.toUpperCase()}${mode.slice(1)}`, () =>
        tree.show({ mode }),
      ),
    ),
    vscode.commands.registerCommand('keaPolicy.filterTree', () =>
      askFilter(tree.filter, (filter) => void tree.show({ filter })),
    ),
    vscode.commands.registerCommand('keaPolicy.clearFilter', () => tree.show({ filter: '' })),
  );
  return { tree, view: tree.view, registration };
}

/** After an answer, so many times as long as it took is rested. */
const restFor = 4;
/** Milliseconds; who waits longer than that thinks that nothing happens. */
const mostRest = 3000;

const modeKey = 'keaPolicy.tree.mode';

class PolicyTree implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<Node | undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  readonly view: vscode.TreeView<Node>;
  private readonly disposables: vscode.Disposable[];
  private projects: readonly TreeProject[] = [];
  private documents = new Map<string, TreeDocument>();
  /** The last answer as text, to tell whether a new one says anything new. */
  private answer = '';
  private parents = new Map<string, Node | undefined>();
  /** Documents whose rows are shown, with the rows as last shown. */
  private rowsShown = new Map<string, { node: Node; rows: string }>();
  /** Ends the view's progress, which runs until there is a first answer. */
  private loaded!: () => void;
  private readonly firstAnswer = new Promise<void>((resolve) => (this.loaded = resolve));
  private refreshing = false;
  private staleAgain = false;
  /** Where the active editor's file was last looked for. */
  private followed = '';
  private mode: Mode;
  filter = '';

  constructor(
    private readonly server: Server,
    private readonly memento: vscode.Memento,
  ) {
    const kept = memento.get<Mode>(modeKey);
    this.mode = kept && modes.includes(kept) ? kept : 'group';
    this.view = vscode.window.createTreeView('keaPolicy.policies', {
      treeDataProvider: this,
      showCollapseAll: true,
    });
    void vscode.window.withProgress({ location: { viewId: 'keaPolicy.policies' } }, () => this.firstAnswer);
    this.disposables = [
      this.changed,
      this.view,
      server.onDidChange(() => void this.refresh()),
      vscode.window.onDidChangeActiveTextEditor(() => {
        this.followed = '';
        void this.follow();
      }),
      this.view.onDidChangeVisibility(() => void this.follow()),
      this.view.onDidCollapseElement(({ element }) => this.rowsShown.delete(element.id)),
    ];
    void context('mode', this.mode);
  }

  async show(change: { mode?: Mode; filter?: string }): Promise<void> {
    this.mode = change.mode ?? this.mode;
    this.filter = change.filter ?? this.filter;
    await this.memento.update(modeKey, this.mode);
    await context('mode', this.mode);
    await context('filtered', this.filter !== '');
    this.redraw();
  }

  /**
   * Asks the server again, once at a time: while it is typed, what comes meanwhile is one question more. The tree of
   * a large estate takes a while, so that it is asked for less often and the server stays free for who types.
   */
  private async refresh(): Promise<void> {
    if (this.refreshing) {
      this.staleAgain = true;
      return;
    }
    this.refreshing = true;
    try {
      do {
        this.staleAgain = false;
        const begin = Date.now();
        await this.refreshOnce();
        await pause(Math.min((Date.now() - begin) * restFor, mostRest));
      } while (this.staleAgain);
    } finally {
      this.refreshing = false;
    }
  }

  /** Draws only what has changed, so that nothing flickers. */
  private async refreshOnce(): Promise<void> {
    const projects = await this.server.ask('keaPolicy/tree', {});
    await context('stopped', this.server.isStopped);
    this.view.message = this.message();
    if (projects || this.server.isStopped) this.loaded();
    if (!projects) return;
    const answer = JSON.stringify(projects);
    if (answer === this.answer) return this.refreshRows();
    this.answer = answer;
    this.projects = projects;
    this.documents = new Map(projects.flatMap(documentsOf).map((document) => [document.uri, document]));
    await this.announce();
    this.redraw();
  }

  /** Rows may say something else although their document does not. */
  private async refreshRows(): Promise<void> {
    for (const [id, shown] of [...this.rowsShown]) {
      if (shown.node.type !== 'document') continue;
      const rows = JSON.stringify(await this.rows(shown.node.document));
      if (rows !== shown.rows && this.rowsShown.has(id)) this.changed.fire(shown.node);
    }
  }

  private redraw(): void {
    this.parents = new Map();
    this.rowsShown = new Map();
    this.view.message = this.message();
    this.changed.fire(undefined);
    void this.follow();
  }

  /** What has to be known about what is shown; where nothing is, the welcome says it. */
  private message(): string | undefined {
    if (this.server.isStopped && this.documents.size > 0) {
      return vscode.l10n.t('The language server does not run: this may be out of date.');
    }
    return this.filterMessage();
  }

  /** What the filter does; the view's title has no room for it where it is the container's too. */
  private filterMessage(): string | undefined {
    if (this.filter === '' || this.documents.size === 0) return undefined;
    const shown = [...this.documents.values()].filter((document) => matches(document, this.filter)).length;
    return shown === 0
      ? vscode.l10n.t('Nothing has all words of the filter “{0}”.', this.filter)
      : vscode.l10n.t('{0} of {1} match the filter “{2}”.', shown, this.documents.size, this.filter);
  }

  private async announce(): Promise<void> {
    const errors = this.projects.reduce((sum, { counts }) => sum + counts.error, 0);
    const tooltip =
      errors === 1
        ? vscode.l10n.t('1 error in KEA policies')
        : vscode.l10n.t('{0} errors in KEA policies', errors);
    this.view.badge = errors === 0 ? undefined : { value: errors, tooltip };
    await context('hasPolicies', this.documents.size > 0);
    await context(
      'hasConfig',
      this.projects.some(({ config }) => config !== undefined),
    );
    await context('ready', true);
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return itemFor(node, this.documents.size);
  }

  getParent(node: Node): Node | undefined {
    return this.parents.get(node.id);
  }

  async getChildren(node?: Node): Promise<Node[]> {
    if (node?.type !== 'document') return this.below(node);
    const rows = await this.rows(node.document);
    this.rowsShown.set(node.id, { node, rows: JSON.stringify(rows) });
    return this.adopted(node, [...rows, ...this.devicesBelow(node)]);
  }

  /** What is below a node, as far as it is known without asking the server. */
  private below(node: Node | undefined): Node[] {
    switch (node?.type) {
      case undefined:
        return this.adopted(node, this.top());
      case 'project':
        return this.adopted(node, within(node.project, this.mode, this.filter));
      case 'group':
        return this.adopted(node, withinGroup(node, this.filter));
      case 'state':
      case 'folder':
        return this.adopted(
          node,
          node.documents.map((document) => leaf(document, this.mode)),
        );
      case 'document':
        return this.adopted(node, this.devicesBelow(node));
      case 'row':
        return [];
    }
  }

  private top(): Node[] {
    return roots(this.projects, this.mode, this.filter);
  }

  private devicesBelow(node: Extract<Node, { type: 'document' }>): Node[] {
    return node.children.map((device) => leaf(device, this.mode));
  }

  private adopted(parent: Node | undefined, children: Node[]): Node[] {
    for (const child of children) this.parents.set(child.id, parent);
    return children;
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

  /** Selects the file of the active editor, unless it, or something below it, is selected already. */
  private async follow(): Promise<void> {
    const wanted = vscode.workspace
      .getConfiguration('keaPolicy')
      .get<boolean>('tree.followActiveEditor', true);
    const active = this.documents.get(vscode.window.activeTextEditor?.document.uri.toString() ?? '');
    if (!wanted || !this.view.visible || !active) return;
    // once for each place: what the user folds over it stays so
    const place = [this.mode, this.filter, active.uri, active.administrationGroup].join('\n');
    if (place === this.followed) return;
    this.followed = place;
    const [selected] = this.view.selection;
    if (selected && 'document' in selected && selected.document.uri === active.uri) return;
    const node = this.find(undefined, active);
    if (node) await this.view.reveal(node, { select: true, focus: false, expand: false });
  }

  /** Looks for a document from the top, going only where it is. */
  private find(from: Node | undefined, document: TreeDocument): Node | undefined {
    for (const child of this.below(from)) {
      if (child.type === 'document' && child.document.uri === document.uri) return child;
      const inside =
        (child.type === 'project' && document.uri.startsWith(child.project.uri)) ||
        ((child.type === 'state' || child.type === 'folder') && child.documents.includes(document)) ||
        (child.type === 'group' &&
          `${document.administrationGroup ?? ''}/`.startsWith(`${child.group.path}/`)) ||
        (child.type === 'document' && child.children.includes(document));
      const found = inside ? this.find(child, document) : undefined;
      if (found) return found;
    }
    return undefined;
  }

  dispose(): void {
    this.loaded();
    vscode.Disposable.from(...this.disposables).dispose();
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}

function context(key: string, value: unknown): Thenable<unknown> {
  return vscode.commands.executeCommand('setContext', `keaPolicy.${key}`, value);
}
