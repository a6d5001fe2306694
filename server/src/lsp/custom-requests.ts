import type { Connection } from 'vscode-languageserver';
import { digestBytes } from '../engine/fingerprint';
import { fixToFixedPoint } from '../engine/fixes';
import { isUndecided } from '../engine/undecided';
import { editFor } from '../features/edit-action';
import { effectiveFor } from './effective-text';
import { placeOf } from '../features/fix-actions';
import { knownNames } from '../features/known-names';
import { inNaturalOrder } from '../features/natural-order';
import { rowsOf } from '../features/rows';
import { documentOf } from '../features/scene';
import { dueDocuments, statementAnswer, textFile } from '../features/statement-answer';
import { templateFileName, templateText } from '../features/template';
import { countsOf, treeOf } from '../features/tree';
import { workspaceEdit, type FileEdits } from '../features/workspace-edit';
import { estateOf } from '../insight/estate';
import { estatePage } from '../insight/estate-page';
import { asMarkdown } from '../insight/blocks';
import { plan } from '../insight/plan';
import { planBlocks } from '../insight/plan-blocks';
import { runbookFor, runbookMarkdown } from '../insight/runbook';
import { wellFormed } from '../model/facts';
import { catalogueTextPath, maxText } from '../project/catalogue';
import { join } from '../project/discover';
import { requiredStatement } from '../project/effective';
import type { Finding } from '../rules/finding';
import { difference } from '../syntax/change';
import { Locator } from '../engine/locate';
import type { Answering } from './answering';
import type { DiagnosticReports } from './diagnostic-reports';
import type { OpenProject } from './open-project';
import type {
  Counts,
  FixAllAnswer,
  NamedPlace,
  PlanParams,
  Requests,
  StatementText,
  StatusAnswer,
  TextAnswer,
  TreeProject,
} from './protocol';
import type { Session, ShownFile } from './session';

type Method = keyof Requests;
type Run<M extends Method> = (
  params: Requests[M]['params'],
  session: Session,
) => Requests[M]['result'] | Promise<Requests[M]['result']>;

const noCounts: Counts = { error: 0, warning: 0, info: 0 };
const failed: TextAnswer = { ok: false, message: 'It could not be done; the output of the server says why.' };

/** Answers the requests of protocol.ts, each by a feature or an insight. */
export function registerCustomRequests(
  connection: Connection,
  answer: Answering,
  reports: () => DiagnosticReports,
): void {
  const on = <M extends Method>(method: M, nothing: Requests[M]['result'], run: Run<M>): void => {
    connection.onRequest(
      method,
      answer((params: Requests[M]['params'], session) => run(params, session), nothing),
    );
  };
  /** For answers that count findings. */
  const judged =
    <P, R>(run: (params: P, session: Session) => R) =>
    async (params: P, session: Session): Promise<Awaited<R>> => {
      await reports().allJudged();
      return await run(params, session);
    };

  on(
    'keaPolicy/tree',
    [],
    judged((_, session) => session.workspace.all.map((project) => treeProject(project, session))),
  );
  on('keaPolicy/rows', null, ({ uri }, session) => {
    const [scene] = session.judgedScenesOf(uri);
    const rows = scene && rowsOf(scene);
    return rows ? { rows } : null;
  });
  on('keaPolicy/place', null, ({ uri, pointer }, session) => {
    const shown = session.sceneOf(uri);
    return shown ? placeOf(shown.scene, shown.scene.path, pointer) : null;
  });
  on('keaPolicy/effective', null, ({ uri }, session) => {
    const shown = session.sceneOf(uri);
    return (shown && effectiveFor(shown.scene)) ?? null;
  });
  on('keaPolicy/plan', failed, (params, session) => planFor(params, session));
  on(
    'keaPolicy/report',
    failed,
    judged(({ uri, format }, session) => report(projectsOf(uri, session), format, session)),
  );
  on('keaPolicy/runbook', failed, ({ uri }, session) => runbook(session.sceneOf(uri)));
  on('keaPolicy/diff', failed, ({ uri, base }, session) => {
    const project = projectsOf(uri, session)[0];
    if (!project) return noProject;
    if (!session.runtime.diff) return { ok: false, message: 'There is no git here to compare with.' };
    return session.runtime.diff(project.root, base);
  });
  on(
    'keaPolicy/edit',
    { ok: false, message: 'It could not be done; the output of the server says why.' },
    ({ uri, action }, session) => {
      const shown = session.sceneOf(uri);
      if (!shown)
        return { ok: false, message: 'This file is in no project: it is ignored, or no policy file.' };
      return editFor(shown.scene, action, session.editSupport);
    },
  );
  on('keaPolicy/statement', null, ({ uri }, session) => {
    const shown = session.sceneOf(uri);
    return (shown && statementAnswer(shown.scene)) ?? null;
  });
  on('keaPolicy/statementText', null, ({ uri, language }, session) => {
    const shown = session.sceneOf(uri);
    return (shown && statementText(shown, language, session)) ?? null;
  });
  on('keaPolicy/due', [], ({ uri }, session) =>
    projectsOf(uri, session).flatMap(({ project, root }) =>
      dueDocuments(project, (path) => session.uris.uriOf(join(root, path))),
    ),
  );
  on(
    'keaPolicy/status',
    null,
    judged(({ uri }, session) => {
      const shown = session.sceneOf(uri);
      return shown ? status(shown.project, session) : null;
    }),
  );
  on(
    'keaPolicy/validate',
    { files: 0, counts: noCounts, excepted: 0, undecided: 0 },
    judged(({ uri }, session) => {
      const projects = projectsOf(uri, session);
      const findings = projects.flatMap(findingsOf);
      return {
        files: projects.reduce((sum, { project }) => sum + project.size + (project.config ? 1 : 0), 0),
        counts: countsOf(findings),
        excepted: findings.filter(({ excepted }) => excepted).length,
        undecided: projects.reduce((sum, project) => sum + undecidedIn(project), 0),
      };
    }),
  );
  on(
    'keaPolicy/fixAll',
    { edit: null, files: 0 },
    judged(({ uri }, session) => fixAll(projectsOf(uri, session), session)),
  );
  on('keaPolicy/template', { fileName: '', text: '', groups: [] }, (params, session) => {
    const folder = params.folder === undefined ? undefined : session.uris.pathOf(params.folder);
    const isTaken = (name: string): boolean =>
      folder !== undefined && session.workspace.files.exists(join(folder, name));
    const groups = new Set(
      projectsOf(params.folder, session).flatMap(({ project }) => knownNames(project).groups),
    );
    return {
      fileName: templateFileName(params, isTaken),
      text: templateText(params),
      groups: [...groups].sort(inNaturalOrder),
    };
  });
}

const noProject: TextAnswer = { ok: false, message: 'There is no project here.' };

/** The project of a file or folder; all of them where none is named. */
function projectsOf(uri: string | undefined, session: Session): readonly OpenProject[] {
  const { all } = session.workspace;
  if (uri === undefined) return all;
  const path = session.pathOf(uri);
  if (path === undefined) return [];
  // A folder is asked for as if by a file in it.
  const placed = session.workspace.placeOf(all.some(({ root }) => root === path) ? join(path, '.') : path);
  return placed ? [placed.project] : [];
}

function findingsOf(project: OpenProject): Finding[] {
  return [...project.reported].flatMap((path) => project.findings(path));
}

function undecidedIn({ project }: OpenProject): number {
  let count = 0;
  for (const document of project.documents) if (isUndecided(project, document)) count++;
  return count;
}

function treeProject(open: OpenProject, { uris }: Session): TreeProject {
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

function planFor({ uri, plugin, agents = [] }: PlanParams, session: Session): TextAnswer {
  const open = projectsOf(uri, session)[0];
  if (!open) return noProject;
  if (!plugin && agents.length === 0)
    return { ok: false, message: 'Nothing is to be updated: name a plug-in or an agent version.' };
  return {
    ok: true,
    text: asMarkdown(planBlocks(plan(open.project, { ...(plugin && { plugin }), agents }))),
  };
}

function report(projects: readonly OpenProject[], format: 'html' | 'json', session: Session): TextAnswer {
  if (projects.length === 0) return noProject;
  const now = session.runtime.now();
  const sections = projects.map((open) => ({
    title: open.root.slice(open.root.lastIndexOf('/') + 1),
    estate: estateOf({ project: open.project, findings: findingsOf(open) }, now),
    link: (path: string, pointer = ''): string => linkTo(open, path, pointer, session),
  }));
  if (format === 'json')
    return {
      ok: true,
      text: JSON.stringify(
        sections.map(({ estate }) => estate),
        null,
        2,
      ),
    };
  return { ok: true, text: estatePage(sections, { version: session.runtime.version }) };
}

/** By pointer: where each member stands is told when somebody goes there, for an estate has thousands of them. */
function linkTo(open: OpenProject, path: string, pointer: string, session: Session): string {
  const uri = session.uris.uriOf(join(open.root, path));
  if (!session.support.actions.commands.has('keaPolicy.openPlace')) return uri;
  const place: NamedPlace = { uri, pointer };
  return `command:keaPolicy.openPlace?${encodeURIComponent(JSON.stringify([place]))}`;
}

function runbook(shown: ShownFile | undefined): TextAnswer {
  const document = shown && documentOf(shown.scene);
  const made = document && runbookFor(shown.scene.project, document);
  if (!made)
    return { ok: false, message: 'This file is neither a policy nor a device whose settings can be read.' };
  return { ok: true, text: runbookMarkdown([made], 'the file as it is in the editor') };
}

/** The very bytes that the hash is of, as text. */
function statementText(
  { scene, project }: ShownFile,
  language: string,
  session: Session,
): StatementText | undefined {
  const document = documentOf(scene);
  const version = document && wellFormed(requiredStatement(scene.project, document));
  const file = version === undefined ? undefined : textFile(scene.project, version, language);
  if (version === undefined || file === undefined) return undefined;
  const path = catalogueTextPath(session.workspace.files, project.root, file);
  if (typeof path !== 'string') return undefined;
  const bytes = session.workspace.files.readSaved(path, maxText);
  if ('fault' in bytes) return undefined;
  return { version, language, sha256: digestBytes(bytes), text: new TextDecoder().decode(bytes) };
}

function status(open: OpenProject, session: Session): StatusAnswer {
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

/** Safe fixes of all files, each to a fixed point within the project as it is. */
function fixAll(projects: readonly OpenProject[], session: Session): FixAllAnswer {
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
