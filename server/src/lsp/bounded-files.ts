import type { Entry, Files, ReadFault } from '../project/files';

const mostFolders = 2000;

/**
 * Files for a project that is a folder by chance: a file opened on its own may lie in somebody's home folder,
 * and walking through all of that would hold up everything. So only so many folders are listed.
 */
export class Bounded implements Files {
  private listed = 0;

  constructor(private readonly files: Files) {}

  list(folder: string): readonly Entry[] | undefined {
    if (this.listed++ > mostFolders) return [];
    return this.files.list(folder);
  }

  exists(path: string): boolean {
    return this.files.exists(path);
  }

  text(path: string): string | undefined {
    return this.files.text?.(path);
  }

  read(path: string, limit: number): Uint8Array | ReadFault {
    return this.files.read(path, limit);
  }

  realPath(path: string): string | undefined {
    return this.files.realPath(path);
  }
}
