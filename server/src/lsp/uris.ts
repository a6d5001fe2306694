/**
 * URIs of clients and absolute paths with `/`, both ways. A file's path is its own; everything else
 * (`vscode-vfs://github/…`) gets a path below its scheme and authority, so that folders work alike.
 */
export class Uris {
  /** What the client calls a file: the same place can be written in several ways. */
  private readonly asNamed = new Map<string, string>();

  /** The path of a URI; `undefined` for what has no folders (`untitled:`) or is no URI. */
  pathOf(uri: string): string | undefined {
    const parts = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?(\/[^?#]*)?/.exec(uri);
    const path = parts?.[3];
    if (!parts || path === undefined) return undefined;
    const scheme = parts[1]!.toLowerCase();
    const decoded = decode(path);
    if (decoded === undefined) return undefined;
    const trimmed = withoutDetours(decoded.length > 1 ? decoded.replace(/\/+$/, '') : decoded);
    const authority = parts[2] ?? '';
    if (scheme !== 'file') {
      if (parts[2] === undefined) return undefined;
      // the root of such a file system is a folder like others: no slash ends it
      return `/${scheme}:/${authority}${trimmed === '/' ? '' : trimmed}`;
    }
    if (authority !== '' && authority !== 'localhost') return `//${authority}${trimmed}`;
    const drive = /^\/([A-Za-z])(:.*)$/s.exec(trimmed);
    return drive ? drive[1]!.toLowerCase() + drive[2]! : trimmed;
  }

  /** Remembers how the client writes a URI while a file is open. */
  name(path: string, uri: string): void {
    this.asNamed.set(path, uri);
  }

  forget(path: string): void {
    this.asNamed.delete(path);
  }

  uriOf(path: string): string {
    const named = this.asNamed.get(path);
    if (named !== undefined) return named;
    const virtual = /^\/([a-z][a-z0-9+.-]*):\/([^/]*)(\/.*)?$/s.exec(path);
    if (virtual) return `${virtual[1]}://${virtual[2]}${encode(virtual[3] ?? '/')}`;
    if (path.startsWith('//')) {
      const [authority, ...rest] = path.slice(2).split('/');
      return `file://${authority}${encode(`/${rest.join('/')}`)}`;
    }
    return `file://${encode(path.startsWith('/') ? path : `/${path}`)}`;
  }
}

/**
 * A path without empty parts, `.` and `..`: written with them it would be another file of the same content. Two
 * slashes that lead it are those of a server (UNC).
 */
function withoutDetours(path: string): string {
  if (!/\/\.|.\/\//.test(path)) return path;
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '' && part !== '.') parts.push(part);
  }
  return `${path.startsWith('//') ? '//' : '/'}${parts.join('/')}`;
}

function decode(path: string): string | undefined {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}

const encode = (path: string): string =>
  path
    .split('/')
    .map((part) =>
      encodeURIComponent(part).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/');
