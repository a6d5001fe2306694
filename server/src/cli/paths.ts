import { below } from '../project/discover';

/** An absolute path with `/`, without `.` and `..`, out of one as a user writes it. */
export function absolute(cwd: string, path: string, windows = process.platform === 'win32'): string {
  const written = windows ? path.replaceAll('\\', '/') : path;
  const drive = windows
    ? (/^[A-Za-z]:(?=\/)/.exec(written)?.[0] ?? /^\/\/[^/]+\/[^/]+/.exec(written)?.[0])
    : '';
  const from = drive ? written : written.startsWith('/') ? written : `${cwd}/${written}`;
  const root = drive || (windows ? (/^[A-Za-z]:|^\/\/[^/]+\/[^/]+/.exec(from)?.[0] ?? '') : '');
  const parts: string[] = [];
  for (const part of from.slice(root.length).split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${root}/${parts.join('/')}`;
}

/** A path relative to a folder, both absolute; with `..` where it lies elsewhere, `.` for the folder itself. */
export function relative(folder: string, path: string): string {
  const inside = below(folder, path);
  if (inside !== undefined) return inside || '.';
  const from = folder.split('/').filter(Boolean);
  const to = path.split('/').filter(Boolean);
  if (/^[A-Za-z]:$/.test(from[0] ?? '') && from[0] !== to[0]) return path;
  let same = 0;
  while (same < from.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
