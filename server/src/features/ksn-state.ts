import { wellFormed } from '../model/facts';
import type { DeviceDocument, PolicyDocument } from '../project/document';
import { sourceOf } from '../project/effective';
import { stateOf } from './outcome-words';
import type { Scene } from './scene';

/**
 * `KSN: on, Enforce`: what a policy states, or a device. What is in effect is added where that is something else: on the
 * host of the device, or by a policy above that enforces its group.
 */
export function ksnState(scene: Pick<Scene, 'project'>, document: PolicyDocument | DeviceDocument): string {
  const { facts } = document;
  const enabled = facts.ksn.enabled === undefined ? false : wellFormed(facts.ksn.enabled);
  const usage = enabled === undefined ? 'not to be told' : enabled ? 'on' : 'off';
  const { text } = stateOf(scene.project, document);
  if (facts.kind === 'device') {
    return text === usage ? `KSN: ${usage}` : `KSN: ${usage} here, in effect ${text}`;
  }
  const enforcement = facts.ksn.enforcement === undefined ? 'undefined' : wellFormed(facts.ksn.enforcement);
  const stated = `KSN: ${usage}, ${enforcement === 'enforce' ? 'Enforce' : enforcement === undefined ? 'enforcement not to be told' : 'Undefined'}`;
  const source = sourceOf(scene.project, document);
  const isOwn = source.known && source.by === document;
  const isSame = text === usage && enforcement === 'enforce';
  return isOwn || isSame ? stated : `${stated} here, in effect ${text}`;
}
