import { documentOf, uriOfFile } from '../features/scene';
import { estateOf } from '../insight/estate';
import { estatePage } from '../insight/estate-page';
import { linked, linkedMarkdown, type UriOf } from '../insight/linked';
import { mostAgentUpdates, plan } from '../insight/plan';
import { planBlocks } from '../insight/plan-blocks';
import type { PlanRequest } from '../insight/plan-steps';
import { runbookFor, runbookMarkdown } from '../insight/runbook';
import { versionPattern } from '../model/version';
import { join } from '../project/discover';
import { shown } from '../syntax/shown';
import type { OpenProject } from './open-project';
import { findingsOf, projectsOf } from './project-answers';
import type { DiffParams, NamedPlace, PlanParams, TextAnswer } from './protocol';
import type { Session, ShownFile } from './session';

const noProject: TextAnswer = { ok: false, message: 'There is no project here.' };

/** What an update would do. */
export function planFor({ uri, plugin, agents = [] }: PlanParams, session: Session): TextAnswer {
  const open = projectsOf(uri, session)[0];
  if (!open) return noProject;
  if (!plugin && agents.length === 0)
    return { ok: false, message: 'Nothing is to be updated: name a plug-in or an agent version.' };
  const request = { ...(plugin && { plugin }), agents };
  const wrong = faultIn(request);
  if (wrong !== undefined) return { ok: false, message: wrong };
  const answer = plan(open.project, request);
  return { ok: true, text: linkedMarkdown((shown) => planBlocks(answer, shown), filesOf(open, session)) };
}

/** Why that can't be planned, in words: clients send what their users typed. */
function faultIn({ plugin, agents }: PlanRequest): string | undefined {
  if (agents.length > mostAgentUpdates)
    return `There can be at most ${mostAgentUpdates} updates of agents in one plan: every order of the steps is looked at.`;
  const versions = [...(plugin ? [plugin] : []), ...agents].flatMap((update) =>
    'from' in update ? [update.from, update.version] : [update.version],
  );
  const wrong = versions.map(String).find((version) => !versionPattern.test(version));
  return wrong === undefined
    ? undefined
    : `${shown(wrong)} is no version: it must be two to four numbers with dots.`;
}

/** The files of a project, for links to them. */
function filesOf({ project, root }: OpenProject, { uris }: Session): UriOf {
  return (path) => uriOfFile({ project, uriOf: (file) => uris.uriOf(join(root, file)) }, path);
}

/** The estate of projects, as a page or as data. */
export function report(
  projects: readonly OpenProject[],
  format: 'html' | 'json',
  session: Session,
): TextAnswer {
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
  const { version } = session.runtime;
  return { ok: true, text: estatePage(sections, { version, named: session.workspace.all.length > 1 }) };
}

/** By pointer: where each member stands is told when somebody goes there, for an estate has thousands of them. */
function linkTo(open: OpenProject, path: string, pointer: string, session: Session): string {
  const uri = session.uris.uriOf(join(open.root, path));
  if (!session.support.actions.commands.has('keaPolicy.openPlace')) return uri;
  const place: NamedPlace = { uri, pointer };
  return `command:keaPolicy.openPlace?${encodeURIComponent(JSON.stringify([place]))}`;
}

/** The steps that carry a policy or a device into the console. */
export function runbook(shown: ShownFile | undefined): TextAnswer {
  const document = shown && documentOf(shown.scene);
  const made = document && runbookFor(shown.scene.project, document);
  if (!made)
    return { ok: false, message: 'This file is neither a policy nor a device whose settings can be read.' };
  return {
    ok: true,
    text: runbookMarkdown([made], 'the file as it is in the editor', (path) =>
      linked(path, (file) => uriOfFile(shown.scene, file)),
    ),
  };
}

/** What a project's files mean in comparison with those of a revision. */
export async function compared({ uri, base }: DiffParams, session: Session): Promise<TextAnswer> {
  const project = projectsOf(uri, session)[0];
  if (!project) return noProject;
  if (!session.runtime.diff) return { ok: false, message: 'There is no git here to compare with.' };
  return session.runtime.diff(project.root, base, filesOf(project, session));
}
