import * as vscode from 'vscode';
import type { TemplateParams, TreeProject } from '../../../server/src/features/protocol';
import type { Server } from '../server';
import { notAnswered } from './server-edit';
import { groupOf, projectOf, targetOf } from './target';

/** New policy, new device, config: the server writes the text, the user says where and saves. */
export function registerCreateCommands(server: Server): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('keaPolicy.newPolicy', (argument?: unknown) =>
      create(server, 'policy', argument),
    ),
    vscode.commands.registerCommand('keaPolicy.newDevice', (argument?: unknown) =>
      create(server, 'device', argument),
    ),
    vscode.commands.registerCommand('keaPolicy.createConfig', (argument?: unknown) =>
      createConfig(server, argument),
    ),
  );
}

async function create(server: Server, kind: 'policy' | 'device', argument: unknown): Promise<void> {
  const policy = kind === 'policy';
  const group = groupOf(argument);
  if (group) {
    const title = policy
      ? vscode.l10n.t('New policy in {0}', group.path)
      : vscode.l10n.t('New device in {0}', group.path);
    const name = await askName(policy, title);
    if (name === undefined) return;
    await write(server, group.folder, { kind, name, administrationGroup: group.path });
    return;
  }
  const folder = await chooseFolder();
  if (!folder) return;
  const template = await server.ask('keaPolicy/template', { kind, folder: folder.toString() });
  if (!template) return notAnswered();
  const title = policy ? vscode.l10n.t('New policy (1 of 2)') : vscode.l10n.t('New device (1 of 2)');
  const name = await askName(policy, title);
  if (name === undefined) return;
  const administrationGroup = await chooseGroup(template.groups, policy);
  if (administrationGroup === undefined) return;
  await write(server, folder, { kind, name, administrationGroup });
}

async function askName(policy: boolean, title: string): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title,
    prompt: policy
      ? vscode.l10n.t('The name of the policy in the console')
      : vscode.l10n.t('The host name of the device'),
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === '' || text.trim().length > 100
        ? vscode.l10n.t('A name of 1 to 100 characters is needed.')
        : undefined,
  });
  return name?.trim();
}

async function chooseGroup(groups: readonly string[], policy: boolean): Promise<string | undefined> {
  const title = policy ? vscode.l10n.t('New policy (2 of 2)') : vscode.l10n.t('New device (2 of 2)');
  const other = vscode.l10n.t('Another group…');
  if (groups.length > 0) {
    const chosen = await vscode.window.showQuickPick([...groups, other], {
      title,
      placeHolder: vscode.l10n.t('The administration group'),
      ignoreFocusOut: true,
    });
    if (chosen !== other) return chosen;
  }
  const group = await vscode.window.showInputBox({
    title,
    prompt: vscode.l10n.t(
      'The administration group as a path from the top, such as Managed devices/EMEA/Workstations',
    ),
    value: 'Managed devices',
    ignoreFocusOut: true,
    validateInput: (text) =>
      /^\s*[^/\s][^/]*(\/[^/]+)*\s*$/.test(text)
        ? undefined
        : vscode.l10n.t('Names of groups, separated by single slashes.'),
  });
  return group
    ?.split('/')
    .map((part) => part.trim())
    .join('/');
}

/** Opens the config of a project or of a file (of the active editor's without one), or makes one for the whole project. */
async function createConfig(server: Server, argument: unknown): Promise<void> {
  const uri = targetOf(argument) ?? vscode.window.activeTextEditor?.document.uri;
  const found = projectOf(argument) ?? (uri && (await projectOfFile(server, uri)));
  if (found?.config !== undefined) {
    await vscode.window.showTextDocument(server.uri(found.config));
    return;
  }
  const folder = (found && projectFolder(server.uri(found.uri), uri)) ?? (await chooseFolder());
  if (folder) await write(server, folder, { kind: 'config' });
}

async function projectOfFile(
  server: Server,
  uri: vscode.Uri,
): Promise<Pick<TreeProject, 'uri' | 'config'> | undefined> {
  const status = await server.ask('keaPolicy/status', { uri: uri.toString() });
  return status
    ? { uri: status.project, ...(status.config !== undefined && { config: status.config }) }
    : undefined;
}

/** Makes the file, unless there is one already, and opens it; unsaved nothing is lost, undo takes it back. */
async function write(server: Server, folder: vscode.Uri, params: TemplateParams): Promise<void> {
  const template = await server.ask('keaPolicy/template', { ...params, folder: folder.toString() });
  if (!template) return notAnswered();
  const uri = vscode.Uri.joinPath(folder, template.fileName);
  const edit = new vscode.WorkspaceEdit();
  edit.createFile(uri, {
    overwrite: false,
    ignoreIfExists: true,
    contents: new TextEncoder().encode(template.text),
  });
  if (!(await vscode.workspace.applyEdit(edit))) {
    void vscode.window.showErrorMessage(vscode.l10n.t('{0} could not be made.', template.fileName));
    return;
  }
  await vscode.window.showTextDocument(uri);
}

/** The folder of a project, but not one above what is open; `undefined` for a file outside of all folders. */
function projectFolder(project: vscode.Uri, file: vscode.Uri | undefined): vscode.Uri | undefined {
  const open = file && vscode.workspace.getWorkspaceFolder(file)?.uri;
  return vscode.workspace.getWorkspaceFolder(project) ? project : open;
}

/** The folder of the active policy, else the only workspace folder, else a choice. */
async function chooseFolder(): Promise<vscode.Uri | undefined> {
  const active = vscode.window.activeTextEditor?.document;
  if (active && /^kea-policy/.test(active.languageId) && active.uri.scheme !== 'untitled') {
    return vscode.Uri.joinPath(active.uri, '..');
  }
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length <= 1) return folders[0]?.uri;
  return (await vscode.window.showWorkspaceFolderPick())?.uri;
}
