import type { Files } from '../project/files';

/** Files among which one has another content, or is there at all: standard input at its path. */
export function overlaid(files: Files, path: string, content: Uint8Array): Files {
  return {
    list: (folder) => files.list(folder),
    exists: (other) => other === path || files.exists(other),
    realPath: (other) => files.realPath(other) ?? (other === path ? path : undefined),
    read(other, limit) {
      if (other !== path) return files.read(other, limit);
      if (content.length <= limit) return content;
      return { fault: 'too-large', reason: `larger than ${limit} bytes` };
    },
  };
}
