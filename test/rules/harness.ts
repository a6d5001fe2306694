import { judge, judgeConfig } from '../../server/src/engine/judge';
import { fixEdits } from '../../server/src/engine/fixes';
import { homeOf } from '../../server/src/project/discover';
import { configName, isDevice, isPolicy } from '../../server/src/project/document';
import type { DeviceDocument, PolicyDocument } from '../../server/src/project/document';
import type { Entry, Files, ReadFault } from '../../server/src/project/files';
import { loadProject } from '../../server/src/project/load';
import type { Project } from '../../server/src/project/project';
import type { Finding } from '../../server/src/rules/finding';
import type { Fix } from '../../server/src/rules/fix';
import { applyEdits } from '../../server/src/syntax/change';
import { parse } from '../../server/src/syntax/tree';

/**
 * Files of a project by their path in it: a text or bytes as they stand there, or a value that is laid out as
 * JSON. They are read as files of the outside world are, through discovery and the schema.
 */
export type ProjectFiles = Readonly<Record<string, unknown>>;

/** The time of every judgement that does not say otherwise. */
export const now = Date.parse('2026-11-23T12:00:00Z');

const root = '/project';

/** The text of a file; bytes that are no UTF-8 come out as replacement characters. */
export function textOf(content: unknown): string {
  return typeof content === 'string' ? content : new TextDecoder().decode(bytesOf(content));
}

function bytesOf(content: unknown): Uint8Array {
  if (content instanceof Uint8Array) return content;
  const text = typeof content === 'string' ? content : `${JSON.stringify(content, null, 2)}\n`;
  return new TextEncoder().encode(text);
}

/** Files in memory, under absolute paths. */
export class MemoryFiles implements Files {
  private readonly contents = new Map<string, Uint8Array>();

  constructor(files: ProjectFiles, folder: string = root) {
    for (const [path, content] of Object.entries(files))
      this.contents.set(`${folder}/${path}`, bytesOf(content));
  }

  list(folder: string): Entry[] | undefined {
    const prefix = folder.endsWith('/') ? folder : `${folder}/`;
    const entries = new Map<string, Entry['kind']>();
    for (const path of this.contents.keys()) {
      if (!path.startsWith(prefix)) continue;
      const [name, ...rest] = path.slice(prefix.length).split('/');
      entries.set(name!, rest.length ? 'folder' : 'file');
    }
    return entries.size ? [...entries].map(([name, kind]) => ({ name, kind })) : undefined;
  }

  exists(path: string): boolean {
    return this.contents.has(path) || this.list(path) !== undefined;
  }

  read(path: string, limit: number): Uint8Array | ReadFault {
    const bytes = this.contents.get(path);
    if (!bytes) {
      return this.list(path)
        ? { fault: 'not-a-file', reason: 'it is a folder' }
        : { fault: 'missing', reason: 'no such file' };
    }
    return bytes.length > limit ? { fault: 'too-large', reason: 'over the limit' } : bytes;
  }

  realPath(path: string): string | undefined {
    return this.exists(path) ? path : undefined;
  }
}

/** The project that these files make. */
export function projectOf(files: ProjectFiles): Project {
  const memory = new MemoryFiles({ '.git/HEAD': '', ...files });
  const discovery = { fallback: () => root, gitignore: true, configs: true };
  return loadProject(memory, homeOf(memory, root, discovery), discovery).project;
}

/** The findings of one file of a project; of its config where that is named. */
export function findingsIn(files: ProjectFiles, path: string, at: number = now): readonly Finding[] {
  const project = projectOf(files);
  const judgement = { now: at };
  if (path === configName || !path.endsWith('.kea-policy.json')) return judgeConfig(project, judgement);
  const document = project.document(path);
  if (!document) throw new Error(`${path} is not in the project`);
  return judge(project, document, judgement);
}

/** What one rule finds in a file. */
export function found(rule: string, files: ProjectFiles, path: string, at?: number): readonly Finding[] {
  return findingsIn(files, path, at).filter((finding) => finding.rule === rule);
}

/** The one finding of a rule in a file; throws where there is another number of them. */
export function only(rule: string, files: ProjectFiles, path: string, at?: number): Finding {
  const findings = found(rule, files, path, at);
  if (findings.length !== 1) throw new Error(`${findings.length} findings of ${rule} in ${path}`);
  return findings[0]!;
}

/** The files after a fix was applied to one of them; throws where the fix can't be carried out. */
export function fixed(files: ProjectFiles, path: string, fix: Fix): ProjectFiles {
  const text = textOf(files[path]);
  const edits = fixEdits(parse(text), fix);
  if (!edits) throw new Error(`"${fix.title}" cannot be carried out`);
  return { ...files, [path]: applyEdits(text, edits) };
}

/** The fix of a finding of that kind; throws where there is none. */
export function fixOf(finding: Finding, kind: Fix['kind']): Fix {
  const fix = finding.fixes.find((one) => one.kind === kind);
  if (!fix) throw new Error(`no ${kind} fix`);
  return fix;
}

export function policyOf(project: Project, path: string): PolicyDocument {
  const document = project.document(path);
  if (!document || !isPolicy(document)) throw new Error(`${path} is no policy`);
  return document;
}

export function deviceOf(project: Project, path: string): DeviceDocument {
  const document = project.document(path);
  if (!document || !isDevice(document)) throw new Error(`${path} is no device`);
  return document;
}
