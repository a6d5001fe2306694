import { wellFormed } from '../model/facts';
import type { DeviceDocument, Document, PolicyDocument } from '../project/document';
import { deviations, forcedBy, type Source } from '../project/effective';
import { Ambiguity, parentOf, policyInForce, type Project } from '../project/project';

/** A document that had a say in the answer. */
export interface Reason {
  readonly path: string;
  /** `decides`: its settings hold. `lost`: it says something else that has no effect. `context`: it explains why. */
  readonly role: 'decides' | 'lost' | 'context';
  /** A sentence. */
  readonly because: string;
}

/** Why the settings of a policy are what they are. @param source where they come from */
export function reasonsForPolicy(project: Project, policy: PolicyDocument, source: Source): Reason[] {
  const reasons: Reason[] = [];
  const name = quoted(policy);
  if (policy.facts.status === 'inactive') {
    reasons.push(
      context(
        policy,
        `${name} is inactive: it is applied nowhere, and what is said here would hold if it were active.`,
      ),
    );
  }
  if (policy.facts.status === 'outOfOffice') {
    reasons.push(
      context(
        policy,
        `${name} is an out-of-office policy: it has no parent, and its own settings hold while it is applied.`,
      ),
    );
  }
  if (!source.known) return [...reasons, ...unknownReasons(policy, source)];
  const parent = parentOf(project, policy);
  if (source.by === policy) {
    reasons.push(
      decides(
        policy,
        source.enforced
          ? `${name} enforces its own Kaspersky Security Network group.`
          : `The group of ${name} is Undefined: its values are saved, but not applied, and each device keeps its own.`,
      ),
    );
    if (parent === undefined && policy.facts.status !== 'outOfOffice') {
      reasons.push(context(policy, 'No group above has an active policy.'));
    } else if (parent && !(parent instanceof Ambiguity)) {
      reasons.push(
        lost(
          parent,
          policy.facts.inheritFromParent === false
            ? `${name} declines to inherit from its parent ${quoted(parent)}.`
            : `Nothing is enforced in the parent ${quoted(parent)}.`,
        ),
      );
    }
    return reasons;
  }
  reasons.push(
    decides(
      source.by,
      `${quoted(source.by)} enforces its Kaspersky Security Network group, and ${name} inherits it.`,
    ),
  );
  const forced = forcedBy(project, policy);
  if (policy.facts.inheritFromParent === false && typeof forced === 'object') {
    reasons.push(
      context(
        forced,
        `${quoted(forced)} forces inheritance, so that ${name} inherits although it declines to.`,
      ),
    );
  }
  reasons.push(lost(policy, overruled(policy, source.by)));
  return reasons;
}

/** Why the settings of a device are what they are. @param source where they come from */
export function reasonsForDevice(project: Project, device: DeviceDocument, source: Source): Reason[] {
  if (!source.known) return unknownReasons(device, source);
  const name = quoted(device);
  if (source.by !== device) {
    const by = source.by as PolicyDocument;
    const reasons = [
      decides(by, `${quoted(by)} enforces its Kaspersky Security Network group, which reaches ${name}.`),
    ];
    if (source.policy && source.policy !== by) {
      reasons.push(
        context(
          source.policy,
          `${quoted(source.policy)} is the policy in force in the device's group, and inherits it.`,
        ),
      );
    }
    return [...reasons, lost(device, overruled(device, by))];
  }
  const reasons = [decides(device, `The own settings of ${name} hold.`)];
  const policy = policyInForce(project.groupOf(device));
  if (policy === undefined) reasons.push(context(device, 'No active policy reaches it.'));
  else if (!(policy instanceof Ambiguity))
    reasons.push(
      lost(
        policy,
        `The effective group of ${quoted(policy)} is Undefined: its values are saved, but not applied.`,
      ),
    );
  return reasons;
}

function overruled(document: PolicyDocument | DeviceDocument, by: Document): string {
  const members = deviations(document.facts.ksn, by.facts!.ksn).map(
    ({ pointer, own, above }) =>
      `${pointer.slice('/ksn/'.length).replace('/', '.')} is ${JSON.stringify(own)} here and ${above === undefined ? 'absent' : JSON.stringify(above)} there`,
  );
  return members.length === 0
    ? `${quoted(document)} states nothing that differs.`
    : `What ${quoted(document)} states has no effect: ${members.join('; ')}.`;
}

function unknownReasons(
  document: PolicyDocument | DeviceDocument,
  source: Extract<Source, { known: false }>,
): Reason[] {
  const { because } = source;
  if (!(because instanceof Ambiguity)) {
    return [
      context(
        because,
        `A member of ${quoted(because)} that decides is malformed, so that it can't be told what holds for ${quoted(document)}.`,
      ),
    ];
  }
  const { policies } = because;
  return policies.map((policy) =>
    context(
      policy,
      policies.length === 1
        ? `Whether ${quoted(policy)} is active in the group ${because.group.path} can't be told: its status is malformed.`
        : `The group ${because.group.path} has no single active policy: ${quoted(policy)} is one of ${policies.length}.`,
    ),
  );
}

const decides = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'decides',
  because,
});
const lost = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'lost',
  because,
});
const context = (document: Document, because: string): Reason => ({
  path: document.path,
  role: 'context',
  because,
});

/** A document's name in quotes; its path where it has no well-formed one. */
function quoted(document: Document): string {
  const name = document.facts && wellFormed(document.facts.name);
  return `"${name ?? document.path}"`;
}
