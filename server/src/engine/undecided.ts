import type { Document } from '../project/document';
import { isPolicy } from '../project/document';
import { effectiveGroup, requiredStatement } from '../project/effective';
import { agentsOf, statementOf } from '../project/outcome';
import type { Project } from '../project/project';

/**
 * Whether a policy turns KSN on and can't be judged against its plug-in or an agent that it reaches, since the
 * version of a Statement is not known. Such a policy may have no finding and still not be in order.
 */
export function isUndecided(project: Project, document: Document): boolean {
  if (!isPolicy(document)) return false;
  const { ksn, status } = document.facts;
  if (ksn.enabled !== true || status === 'inactive') return false;
  if (typeof requiredStatement(project, document) !== 'string') return true;
  // A Statement that is not accepted is found already, whatever the agents carry.
  if (ksn.statement?.accepted !== true) return false;
  // Whom a policy reaches takes longer to tell.
  const unknown = project
    .settings(document)
    .agents.some((agent) => typeof agent.statementVersion !== 'string');
  if (!unknown && !project.fleet.hasUnknownStatement) return false;
  const group = effectiveGroup(project, document);
  if (!group.known || !group.enforced || group.by !== document) return false;
  return agentsOf(project, document).some((agent) => typeof statementOf(agent) !== 'string');
}
