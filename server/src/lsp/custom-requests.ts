import type { Connection } from 'vscode-languageserver';
import { digestBytes } from '../engine/fingerprint';
import { textFile } from '../features/catalogue-texts';
import { editFor } from '../features/edit-action';
import { placeOf } from '../features/fix-actions';
import { knownNames } from '../features/known-names';
import { inNaturalOrder } from '../features/natural-order';
import { rowsOf } from '../features/rows';
import { documentOf } from '../features/scene';
import { dueDocuments, statementAnswer } from '../features/statement-answer';
import { templateFileName, templateText } from '../features/template';
import { wellFormed } from '../model/facts';
import { catalogueTextPath, maxText } from '../project/catalogue';
import { folderOf, join } from '../project/discover';
import { requiredStatement } from '../project/effective';
import type { Answering } from './answering';
import type { DiagnosticReports } from './diagnostic-reports';
import { effectiveFor } from './effective-text';
import { compared, planFor, report, runbook } from './insight-answers';
import { fixAll, projectsOf, status, treeProject, validated } from './project-answers';
import type { OpenProject } from './open-project';
import type { Counts, Requests, StatementText } from './protocol';
import type { Session, ShownFile } from './session';

type Method = keyof Requests;
type Run<M extends Method> = (
  params: Requests[M]['params'],
  session: Session,
) => Requests[M]['result'] | Promise<Requests[M]['result']>;

const noCounts: Counts = { error: 0, warning: 0, info: 0 };
const failed = { ok: false as const, message: 'It could not be done; the output of the server says why.' };

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
  on('keaPolicy/plan', failed, planFor);
  on(
    'keaPolicy/report',
    failed,
    judged(({ uri, format }, session) => report(projectsOf(uri, session), format, session)),
  );
  on('keaPolicy/runbook', failed, ({ uri }, session) => runbook(session.sceneOf(uri)));
  on('keaPolicy/diff', failed, compared);
  on('keaPolicy/edit', failed, ({ uri, action }, session) => {
    const shown = session.sceneOf(uri);
    return shown
      ? editFor(shown.scene, action, session.editSupport)
      : { ok: false, message: 'This file is in no project: it is ignored, or no policy file.' };
  });
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
    judged(({ uri }, session) => validated(projectsOf(uri, session))),
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
    const projects = projectsOf(params.folder, session);
    const groups = projects.flatMap(({ project }) => knownNames(project).groups).sort(inNaturalOrder);
    return {
      fileName: templateFileName(params, isTaken),
      text: templateText(params),
      // What is made beside others mostly belongs to them, and whoever takes the first one should not be surprised.
      groups: [...new Set([...groupsIn(folder, projects), ...groups])],
    };
  });
}

/** The administration groups of the documents of a folder, those of most of them first. */
function groupsIn(folder: string | undefined, projects: readonly OpenProject[]): string[] {
  const counts = new Map<string, number>();
  for (const { root, project } of projects) {
    for (const { path, facts } of project.documents) {
      const group = facts && wellFormed(facts.administrationGroup);
      if (group === undefined || folderOf(join(root, path)) !== folder) continue;
      counts.set(group, (counts.get(group) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || inNaturalOrder(a, b)).map(([group]) => group);
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
