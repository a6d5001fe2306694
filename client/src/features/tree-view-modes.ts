import type { Counts, TreeDocument, TreeGroup, TreeProject } from '../../../server/src/features/protocol';
import { shownState, stateOrder, type Node } from './tree-nodes';

/** How the tree is laid out. */
export const modes = ['group', 'state', 'file'] as const;
export type Mode = (typeof modes)[number];

/** As the server orders names: G2 before G10. */
const naturally = new Intl.Collator('en', { numeric: true });

/** The top of the tree: projects where there are several, else what is in the only one. */
export function roots(projects: readonly TreeProject[], mode: Mode, filter: string): Node[] {
  const filled = projects.filter((project) =>
    documentsOf(project).some((document) => matches(document, filter)),
  );
  if (filled.length === 1) return within(filled[0]!, mode, filter);
  return filled.map((project) => ({ type: 'project', project, id: project.uri }));
}

/** What is below a project. */
export function within(project: TreeProject, mode: Mode, filter: string): Node[] {
  const documents = documentsOf(project).filter((document) => matches(document, filter));
  if (mode === 'file') return folders(project, documents);
  if (mode === 'state') {
    return stateOrder.flatMap((state): Node[] => {
      const inState = documents.filter((document) => shownState(document) === state);
      return inState.length
        ? [{ type: 'state', state, documents: inState, id: `${project.uri}#${state}` }]
        : [];
    });
  }
  return [
    ...project.groups.filter((group) => holds(group, filter)).map((group) => groupNode(project, group)),
    ...project.ungrouped
      .filter((document) => matches(document, filter))
      .map((document) => leaf(document, mode)),
  ];
}

/** Folders that hold policy files, each with its path, then the files at the top. */
function folders(project: TreeProject, documents: readonly TreeDocument[]): Node[] {
  const inFolder = new Map<string, TreeDocument[]>();
  for (const document of [...documents].sort((a, b) => naturally.compare(a.path, b.path))) {
    const folder = document.path.slice(0, Math.max(document.path.lastIndexOf('/'), 0));
    const known = inFolder.get(folder);
    if (known) known.push(document);
    else inFolder.set(folder, [document]);
  }
  const atTop = inFolder.get('') ?? [];
  inFolder.delete('');
  return [
    ...[...inFolder]
      .sort(([a], [b]) => naturally.compare(a, b))
      .map(([path, inside]): Node => ({
        type: 'folder',
        path,
        documents: inside,
        id: `${project.uri}#folder#${path}`,
      })),
    ...atTop.map((document) => leaf(document, 'file')),
  ];
}

function groupNode(project: { readonly uri: string }, group: TreeGroup): Node {
  return { type: 'group', group, counts: sumOf(documentsIn(group)), id: `${project.uri}#${group.path}` };
}

/** What is below a group: its groups, its policies with their devices, and devices without a policy. */
export function withinGroup(node: Extract<Node, { type: 'group' }>, filter: string): Node[] {
  const { group, id } = node;
  const project = { uri: id.slice(0, id.indexOf('#')) };
  return [
    ...group.policies
      .filter(
        (policy) =>
          matches(policy, filter) || (policy.devices ?? []).some((device) => matches(device, filter)),
      )
      .map((policy): Node => ({
        type: 'document',
        document: policy,
        label: policy.name,
        children: (policy.devices ?? []).filter(
          (device) => matches(device, filter) || matches(policy, filter),
        ),
        id: `group#${policy.uri}`,
      })),
    ...group.devices.filter((device) => matches(device, filter)).map((device) => leaf(device, 'group')),
    ...group.groups.filter((below) => holds(below, filter)).map((below) => groupNode(project, below)),
  ];
}

export function leaf(document: TreeDocument, mode: Mode): Node {
  const label = mode === 'file' ? document.path.slice(document.path.lastIndexOf('/') + 1) : document.name;
  return { type: 'document', document, label, children: [], id: `${mode}#${document.uri}` };
}

function holds(group: TreeGroup, filter: string): boolean {
  return documentsIn(group).some((document) => matches(document, filter));
}

/** All documents of a project, each once. */
export function documentsOf(project: TreeProject): TreeDocument[] {
  return [...project.groups.flatMap(documentsIn), ...project.ungrouped];
}

/** All documents of a group and of those below it. */
export function documentsIn(group: TreeGroup): TreeDocument[] {
  return [
    ...group.policies.flatMap((policy) => [policy, ...(policy.devices ?? [])]),
    ...group.devices,
    ...group.groups.flatMap(documentsIn),
  ];
}

function sumOf(documents: readonly TreeDocument[]): Counts {
  const sum = { error: 0, warning: 0, info: 0 };
  for (const { counts } of documents) {
    sum.error += counts.error;
    sum.warning += counts.warning;
    sum.info += counts.info;
  }
  return sum;
}

/** Whether a document has all words of the filter in its name, group, path, state or Statement. */
export function matches(document: TreeDocument, filter: string): boolean {
  if (filter === '') return true;
  const { name, administrationGroup, path, stateText, statementVersion, kind } = document;
  const text = [name, administrationGroup, path, stateText, statementVersion, kind].join(' ').toLowerCase();
  return filter
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
