import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import type {
  ClientRequests,
  FilesAnswer,
  FilesParams,
  ReadAnswer,
  ReadParams,
} from '../../server/src/features/protocol';

const mostBytes = 1024 * 1024 + 1;
const left = '**/{.git,node_modules}/**';

/** Reads files for a server that has no file system: on the web, and in virtual workspaces. */
export function answerFileRequests(client: BaseLanguageClient): vscode.Disposable {
  const files: keyof ClientRequests = 'keaPolicy/files';
  const read: keyof ClientRequests = 'keaPolicy/read';
  return vscode.Disposable.from(
    client.onRequest(files, ({ folder }: FilesParams) => filesBelow(vscode.Uri.parse(folder))),
    client.onRequest(read, async ({ uris }: ReadParams): Promise<ReadAnswer> => ({
      contents: await Promise.all(uris.map((uri) => contentOf(vscode.Uri.parse(uri)))),
    })),
  );
}

async function filesBelow(folder: vscode.Uri): Promise<FilesAnswer> {
  const pattern = '{**/*.kea-policy.json,**/kea-policy.config.json,**/.gitignore}';
  const found = await vscode.workspace.findFiles(
    new vscode.RelativePattern(folder, pattern),
    new vscode.RelativePattern(folder, left),
  );
  const files: { path: string; content: string }[] = [];
  for (const uri of found) {
    const content = await contentOf(uri);
    if (content !== null)
      files.push({ path: uri.path.slice(folder.path.length).replace(/^\//, ''), content });
  }
  return { files, gitFolders: (await exists(vscode.Uri.joinPath(folder, '.git'))) ? [''] : [] };
}

async function exists(uri: vscode.Uri): Promise<boolean> {
  try {
    await vscode.workspace.fs.stat(uri);
    return true;
  } catch {
    return false;
  }
}

/** The first bytes of a file as base64, enough to see that it is too large; null where it can't be read. */
async function contentOf(uri: vscode.Uri): Promise<string | null> {
  try {
    const bytes = (await vscode.workspace.fs.readFile(uri)).subarray(0, mostBytes);
    let binary = '';
    for (let i = 0; i < bytes.length; i += 0x8000)
      binary += String.fromCharCode(...bytes.subarray(i, i + 0x8000));
    return btoa(binary);
  } catch {
    return null;
  }
}
