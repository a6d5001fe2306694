/**
 * URIs of clients and absolute paths with `/`, both ways. A file's path is its own; everything else
 * (`vscode-vfs://github/…`) gets a path below its scheme and authority, so that folders work alike.
 */
export class Uris {
  /** What the client calls a file: the same place can be written in several ways. */
  private readonly asNamed = new Map<string, string>();
  /** Schemes whose files have no authority (`memfs:/a`): those of folders that are named like that. */
  private readonly withoutAuthority = new Set<string>();

  /** Takes in that a workspace has a folder, so that what is in it has a path. */
  addFolder(uri: string): void {
    const { scheme, authority } = partsOf(uri) ?? {};
    if (scheme !== undefined && authority === undefined) this.withoutAuthority.add(scheme);
  }

  /** The path of a URI; `undefined` for what has no folders (`untitled:`) or is no URI. */
  pathOf(uri: string): string | undefined {
    const parts = partsOf(uri);
    if (!parts) return undefined;
    const { scheme, authority = '', path } = parts;
    const decoded = decode(path);
    if (decoded === undefined) return undefined;
    const trimmed = withoutDetours(decoded.length > 1 ? decoded.replace(/\/+$/, '') : decoded);
    if (scheme !== 'file') {
      if (parts.authority === undefined && !this.withoutAuthority.has(scheme)) return undefined;
      return `/${scheme}:/${authority || noAuthority}${trimmed === '/' ? '' : trimmed}`;
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
    if (virtual) {
      const [, scheme, authority, below = '/'] = virtual;
      if (authority !== noAuthority) return `${scheme}://${authority}${encode(below)}`;
      return `${scheme}:${this.withoutAuthority.has(scheme!) ? '' : '//'}${encode(below)}`;
    }
    if (path.startsWith('//')) {
      const [authority, ...rest] = path.slice(2).split('/');
      return `file://${authority}${encode(`/${rest.join('/')}`)}`;
    }
    return `file://${encode(path.startsWith('/') ? path : `/${path}`)}`;
  }
}

/** Stands for an authority in a path, where there is none. */
const noAuthority = ':';

/** The parts of a URI that are in its path here; of one with an authority alone the path is the root. */
function partsOf(
  uri: string,
): { readonly scheme: string; readonly authority?: string; readonly path: string } | undefined {
  const parts = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#]*))?(\/[^?#]*)?/.exec(uri);
  if (!parts) return undefined;
  const [, scheme, authority, path = authority ? '/' : undefined] = parts;
  return path === undefined ? undefined : { scheme: scheme!.toLowerCase(), authority, path };
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
