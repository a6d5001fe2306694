import { malformed, wellFormed, type Stated } from '../model/facts';
import { isPolicy, type PolicyDocument } from '../project/document';
import { requiredStatement } from '../project/effective';
import { acceptanceDue, hostsOf, outcomesOf, type Outcome } from '../project/outcome';
import { reachOf } from '../project/reach';
import type { Project } from '../project/project';
import { tokens, type Pointer } from '../syntax/pointer';
import { code, escaped } from '../engine/markdown';
import { plural } from './names';
import { counted, wordsOnAgents } from './outcome-words';
import type { Scene } from './scene';

/** How many policies the managing plug-in makes acceptance due for. */
export function explainManagingPlugin({ project }: Scene): string {
  const on = policies(project).filter((policy) => policy.facts.ksn.enabled === true);
  const due = on.filter((policy) => acceptanceDue(project, policy));
  const unknown = due.filter((policy) => requiredStatement(project, policy) === undefined);
  const lines = [
    `${plural(on.length, 'policy of this project has', 'policies of this project have')} KSN on; acceptance is due for ${due.length - unknown.length || 'none'}.`,
  ];
  if (unknown.length > 0) {
    lines.push(
      `For ${unknown.length} it can’t be told: \`statementVersion\` says which Statement the plug-in carries.`,
    );
  }
  return lines.join('\n\n');
}

/** Which policies reach the agents of an entry, and what becomes of KSN on them. */
export function explainAgentEntry({ project }: Scene, pointer: Pointer): string | undefined {
  const entry = project.config?.facts.agents?.[Number(tokens(pointer)[1])];
  if (!entry) return undefined;
  const agent = { entry };
  const outcomes = new Map<Outcome, number>();
  for (const policy of policies(project)) {
    if (policy.facts.status === 'inactive' || !reachOf(project, policy).entries.includes(entry)) continue;
    const outcome = outcomesOf(project, policy)(agent);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  }
  const hosts = hostsOf(agent);
  const who = counted({ hosts: hosts ?? 0, uncounted: hosts === undefined ? 1 : 0 });
  if (outcomes.size === 0) return `No policy of this project reaches these agents (${who}).`;
  const lines = [...outcomes].map(
    ([outcome, count]) => `- ${escaped(wordsOnAgents[outcome])}: ${plural(count, 'policy', 'policies')}`,
  );
  return `What becomes of KSN on these agents (${who}), by the policies that reach them:\n\n${lines.join('\n')}`;
}

/** Where a Statement of the catalogue is held, and where it is required. */
export function explainCatalogueEntry({ project }: Scene, pointer: Pointer): string | undefined {
  const version = wellFormed(project.config?.facts.statements[Number(tokens(pointer)[1])]?.version);
  if (version === undefined) return undefined;
  const all = policies(project);
  const holding = all.filter((policy) => policy.facts.ksn.statement?.version === version).length;
  const agents = (project.config?.facts.agents ?? []).filter((entry) =>
    is(entry.statementVersion, version),
  ).length;
  const required = all.map((policy) => requiredStatement(project, policy));
  const unknown = required.filter((each) => each === undefined || each === malformed).length;
  return [
    `Statement ${code(version)} is held by ${plural(holding, 'policy', 'policies')} and carried by ${plural(agents, 'entry', 'entries')} of agents.`,
    `It is required of ${plural(required.filter((each) => each === version).length, 'policy', 'policies')}${
      unknown > 0 ? `; of ${unknown} it is not known which Statement is` : ''
    }.`,
  ].join('\n\n');
}

const is = (stated: Stated<string>, version: string): boolean => stated === version;

function policies(project: Project): PolicyDocument[] {
  return [...project.documents].filter(isPolicy);
}
