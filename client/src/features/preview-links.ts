import * as vscode from 'vscode';

/**
 * Markdown of the server as VS Code's preview can show it. The preview opens no `file:` links, but paths from the
 * first workspace folder, also such as lead out of it; where no folder is open, only the name is left. It knows no
 * check boxes: they become signs, for boxes to tick would be empty again whenever another tab was in front.
 *
 * In the server's texts no bracket of a file's stands unescaped, so that what looks like a link is one.
 */
export function forPreview(markdown: string): string {
  const [first] = vscode.workspace.workspaceFolders ?? [];
  return markdown
    .replace(/^- \[ \] /gm, '- ☐ ')
    .replace(/(?<!\\)\[((?:[^\\[\]]|\\.)*)\]\(([^()\s]+)\)/g, (_, name: string, uri: string) => {
      const path = first && pathFrom(first.uri, vscode.Uri.parse(uri));
      return path === undefined ? name : `[${name}](${path})`;
    });
}

/** `/emea/file.json`, or `/../../elsewhere/file.json`, encoded; `undefined` for what lies in another file system. */
function pathFrom(folder: vscode.Uri, file: vscode.Uri): string | undefined {
  if (folder.scheme !== file.scheme || folder.authority !== file.authority) return undefined;
  const from = folder.path.split('/').filter(Boolean);
  const to = file.path.split('/').filter(Boolean);
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  const parts = [...from.slice(same).map(() => '..'), ...to.slice(same)];
  return `/${parts.map(encoded).join('/')}`;
}

function encoded(part: string): string {
  return encodeURIComponent(part).replace(
    /[!'()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
