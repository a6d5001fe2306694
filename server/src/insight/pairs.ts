import { wellFormed, type DocumentFacts } from '../model/facts';
import { mayDiffer } from '../project/affected';
import {
  isDevice,
  isPolicy,
  type DeviceDocument,
  type Document,
  type PolicyDocument,
} from '../project/document';
import type { LocatedFinding } from '../engine/locate';
import type { Project } from '../project/project';

/** A project on one side of a comparison, with what was found in it. */
export interface Part {
  readonly project: Project;
  readonly findings: readonly LocatedFinding[];
  /** Where the project is below what is compared: `''`, or a path with `/`. Paths in answers begin with it. */
  readonly prefix: string;
}

/** One side of a comparison: all its projects. */
export type Side = readonly Part[];

/**
 * For the projects after that were there before: the documents about which the two may say different things;
 * `undefined` where that may be all.
 */
export type Differing = ReadonlyMap<Project, ReadonlySet<string> | undefined>;

export function differingIn(before: Side, after: Side): Differing {
  const differing = new Map<Project, ReadonlySet<string> | undefined>();
  for (const { prefix, project } of after) {
    const was = before.find((part) => part.prefix === prefix);
    if (was) differing.set(project, mayDiffer(was.project, project));
  }
  return differing;
}

/** A path within a project as the comparison has it. */
export const within = (prefix: string, path: string): string => (prefix === '' ? path : `${prefix}/${path}`);

export type Judged = PolicyDocument | DeviceDocument;

/** A document with the project it is in, and its path in the answer. */
export interface Placed {
  readonly project: Project;
  readonly document: Judged;
  readonly path: string;
}
/** The same document before and after; one of them is absent where it came or went. */
export type Pair = readonly [Placed | undefined, Placed | undefined];

/**
 * Documents of both sides, matched by path, and where a file was moved by kind, group and name.
 * @param differing leaves out documents that are not in it: nothing about them can have changed
 */
export function pairs(before: Side, after: Side, differing: Differing): Pair[] {
  const found: Pair[] = [];
  const only = (prefix: string): ReadonlySet<string> | undefined => {
    const is = after.find((part) => part.prefix === prefix);
    return is && differing.get(is.project);
  };
  const left = placed(before, only);
  const come = new Map<string, Placed[]>();
  const right = placed(after, only);
  for (const [path, is] of right) {
    const was = left.get(path);
    if (was?.document.facts.kind === is.document.facts.kind) {
      found.push([was, is]);
      left.delete(path);
    } else {
      const id = identity(is.document.facts);
      come.set(id, [...(come.get(id) ?? []), is]);
    }
  }
  for (const was of left.values()) found.push([was, come.get(identity(was.document.facts))?.shift()]);
  for (const moved of come.values()) for (const is of moved) found.push([undefined, is]);
  return found;
}

function placed(side: Side, only: (prefix: string) => ReadonlySet<string> | undefined): Map<string, Placed> {
  const found = new Map<string, Placed>();
  for (const { project, prefix } of side) {
    const paths = only(prefix);
    const documents = paths ? inOrder(project, paths) : project.documents;
    for (const document of documents) {
      const path = within(prefix, document.path);
      if (isPolicy(document) || isDevice(document)) found.set(path, { project, document, path });
    }
  }
  return found;
}

function inOrder(project: Project, paths: ReadonlySet<string>): Document[] {
  return [...paths].sort().flatMap((path) => project.document(path) ?? []);
}

/** What identifies a document wherever its file is. */
export function identity({ kind, administrationGroup, name }: DocumentFacts): string {
  return JSON.stringify([kind, wellFormed(administrationGroup), wellFormed(name)]);
}
