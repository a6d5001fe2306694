import { escaped } from '../engine/markdown';
import { wellFormed, type DocumentFacts } from '../model/facts';
import { isPolicy, type Document } from '../project/document';
import { isAccepted, requiredStatement } from '../project/effective';
import { Ambiguity, parentOf, type Project } from '../project/project';

/** Why a document can't be carried over as it is, Markdown. */
export function obstaclesTo(
  project: Project,
  document: Document & { readonly facts: DocumentFacts },
): string[] {
  const { ksn } = document.facts;
  const obstacles: string[] = [];
  if (document.problems.length > 0) {
    obstacles.push(
      'The file has problems of form; what can be read of it is carried over. Run `kea-policy validate` first.',
    );
  }
  const required = requiredStatement(project, document);
  if (ksn.enabled === true && !isAccepted(ksn)) {
    obstacles.push(
      'KSN is on, but the file records no acceptance of the KSN Statement: the console does not save it without.',
    );
  } else if (ksn.enabled === true && typeof required === 'string' && ksn.statement?.version !== required) {
    obstacles.push(
      `The file records an acceptance of Statement ${escaped(wellFormed(ksn.statement?.version) ?? '')}, and the plug-in carries ${escaped(required)}: it has to be accepted again.`,
    );
  }
  if (isPolicy(document)) {
    const parent = parentOf(project, document);
    if (parent && !(parent instanceof Ambiguity) && parent.facts.forceInChildren === true) {
      obstacles.push(
        `The parent policy ${escaped(wellFormed(parent.facts.name) ?? parent.path)} forces inheritance: what it enforces can't be changed here.`,
      );
    }
  }
  return obstacles;
}
