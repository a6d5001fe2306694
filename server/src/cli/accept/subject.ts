import { malformed, wellFormed } from '../../model/facts';
import { below, folderOf, homeOf } from '../../project/discover';
import type { Document } from '../../project/document';
import { requiredStatement } from '../../project/effective';
import { loadProject, plainReader } from '../../project/load';
import type { Project } from '../../project/project';
import { decode, maxBytes } from '../../syntax/decode';
import type { Io } from '../io';
import { rulesFor } from '../selection';
import { notDue, refused, type Review } from './outcome';

/** A file for which an acceptance is due, and of which Statement version. */
export interface Subject {
  readonly project: Project;
  readonly document: Document;
  readonly facts: NonNullable<Document['facts']>;
  readonly version: string;
}

/** What a file holds now; without its byte order mark, which whoever writes it puts back. */
export interface Content {
  readonly text: string;
  readonly bom: boolean;
}

/** The content of a file, or why it can't be had. */
export function contentOf(io: Io, path: string): Content | Review {
  const bytes = io.files.read(path, maxBytes);
  if ('fault' in bytes) return refused(`cannot be read: ${bytes.reason}`);
  const decoded = decode(bytes);
  return 'fault' in decoded ? refused(decoded.message) : decoded;
}

const broken: ReadonlySet<string> = new Set([
  'json-syntax',
  'duplicate-key',
  'document-unreadable',
  'document-limits',
]);

/** Places in a config that say who may accept, and what of it is recorded. */
const saysWhoAccepts = /^(\/overrides(\/\d+(\/acceptance(\/.*)?)?)?|\/acceptance(\/.*)?)$/;

/** What has to be accepted in a file (absolute path), or why nothing can be, or need be. */
export function subjectOf(io: Io, path: string): Subject | Review {
  const { project, document } = inProject(io, path);
  const { facts, problems } = document;
  if (problems.some(({ rule }) => broken.has(rule))) {
    return refused('the file has to be put in order first (kea-policy validate)');
  }
  if (!facts) return refused('it is neither a policy nor a device');
  const { enabled, statement } = facts.ksn;
  if (enabled === malformed) return refused('the file has to be put in order first (kea-policy validate)');
  const accepted = statement?.accepted === true;
  if (enabled !== true && !accepted) return notDue('KSN usage is not enabled: no acceptance is due');
  const version = wellFormed(requiredStatement(project, document));
  if (version === undefined) {
    return refused(
      'which Statement version is required is not known: write the one that the managing plug-in carries into plugin.statementVersion of kea-policy.config.json',
    );
  }
  if (accepted && statement.version === version) {
    return notDue(`Statement version ${version} is accepted already`);
  }
  const unclear = project.config?.problems.some(
    ({ rule, malformed }) => broken.has(rule) || saysWhoAccepts.test(malformed ?? ''),
  );
  if (unclear) {
    return refused(
      'it can’t be told who may accept, and what is to be recorded: put kea-policy.config.json in order first (kea-policy validate)',
    );
  }
  return { project, document, facts, version };
}

/** The document within its project, also where that ignores it. */
function inProject(io: Io, path: string): { readonly project: Project; readonly document: Document } {
  const rules = rulesFor(io.cwd, true, true);
  const home = homeOf(io.files, folderOf(path), rules);
  const { project } = loadProject(io.files, home, rules);
  const inside = below(home.root, path)!;
  const known = project.document(inside);
  if (known) return { project, document: known };
  const document = plainReader(io.files, home.root)(inside);
  project.replace(inside, document);
  return { project, document };
}
