import { fixToFixedPoint } from '../engine/fixes';
import { Locator } from '../engine/locate';
import { isUndecided } from '../engine/undecided';
import { countsOf, treeOf } from '../features/tree';
import { workspaceEdit, type FileEdits } from '../features/workspace-edit';
import { wellFormed } from '../model/facts';
import { join } from '../project/discover';
import type { Finding } from '../rules/finding';
import { difference } from '../syntax/change';
import type { OpenProject } from './open-project';
import type { FixAllAnswer, StatusAnswer, TreeProject, ValidateAnswer } from './protocol';
import type { Session } from './session';

/** The project of a file or folder; all of them where none is named. */
export function projectsOf(uri: string | undefined, session: Session): readonly OpenProject[] {
  const { all } = session.workspace;
  if (uri === undefined) return all;
  const path = session.pathOf(uri);
  if (path === undefined) return [];
  // A folder is asked for as if by a file in it.
  const placed = session.workspace.placeOf(all.some(({ root }) => root === path) ? join(path, '.') : path);
  return placed ? [placed.project] : [];
}

/** All that is found in a project, excepted findings included. */
export function findingsOf(project: OpenProject): Finding[] {
  return [...project.reported].flatMap((path) => project.findings(path));
}

function undecidedIn({ project }: OpenProject): number {
  let count = 0;
  for (const document of project.documents) if (isUndecided(project, document)) count++;
  return count;
}

/** The groups of a project with all that is in them. */
export function treeProject(open: OpenProject, { uris }: Session): TreeProject {
  const { project, root, configPath } = open;
  const uriOf = (path: string): string => uris.uriOf(join(root, path));
  return {
    uri: uris.uriOf(root),
    name: root.slice(root.lastIndexOf('/') + 1),
    ...(configPath !== undefined && { config: uriOf(configPath) }),
    ...treeOf({ project, uriOf, findings: (path) => open.findings(path) }),
    counts: countsOf(findingsOf(open)),
  };
}

/** What the user is told of a project in a line. */
export function status(open: OpenProject, session: Session): StatusAnswer {
  const { project, root, configPath } = open;
  const findings = findingsOf(open);
  const plugin = project.config?.facts.plugin;
  const version = plugin && wellFormed(plugin.version);
  const statementVersion = plugin && wellFormed(plugin.statementVersion);
  return {
    project: session.uris.uriOf(root),
    ...(configPath !== undefined && { config: session.uris.uriOf(join(root, configPath)) }),
    configCounts: countsOf(findings.filter(({ path }) => path === configPath)),
    ...(plugin && { plugin: { ...(version && { version }), ...(statementVersion && { statementVersion }) } }),
    documents: project.size,
    counts: countsOf(findings),
    excepted: findings.filter(({ excepted }) => excepted).length,
    undecided: undecidedIn(open),
    serverVersion: session.runtime.version,
  };
}

/** How much there is in projects, and what is found in it. */
export function validated(projects: readonly OpenProject[]): ValidateAnswer {
  const findings = projects.flatMap(findingsOf);
  return {
    files: projects.reduce((sum, { project }) => sum + project.size + (project.config ? 1 : 0), 0),
    counts: countsOf(findings),
    excepted: findings.filter(({ excepted }) => excepted).length,
    undecided: projects.reduce((sum, project) => sum + undecidedIn(project), 0),
  };
}

/** Safe fixes of all files, each to a fixed point within the project as it is. */
export function fixAll(projects: readonly OpenProject[], session: Session): FixAllAnswer {
  const files: FileEdits[] = [];
  for (const open of projects) {
    const locator = new Locator((path) => session.workspace.textOf(join(open.root, path)));
    for (const path of [...open.reported]) {
      if (
        !open
          .findings(path)
          .some(({ excepted, fixes }) => !excepted && fixes.some(({ kind }) => kind === 'safe'))
      )
        continue;
      const file = locator.file(path);
      const { text } = file.parsed;
      const edits = difference(
        text,
        fixToFixedPoint(text, (changed) => open.judgeText(path, changed)),
      );
      if (edits.length > 0) files.push({ uri: session.uris.uriOf(join(open.root, path)), file, edits });
    }
  }
  return { edit: files.length === 0 ? null : workspaceEdit(files, session.editSupport), files: files.length };
}
